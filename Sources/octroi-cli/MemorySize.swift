import ArgumentParser

/// A number of bytes as people write it: `512M`, `2G`, `64MiB`.
///
/// K, M, G and T are powers of 1024, as `KiB`, `MiB`, `GiB` and `TiB` are; a bare number counts
/// bytes.
struct MemorySize: ExpressibleByArgument {
  /// At least 1 MiB: less holds no batch of rows.
  let bytes: Int

  init?(argument: String) {
    let digits = argument.prefix { $0.isASCII && $0.isNumber }
    guard let count = Int(digits) else { return nil }
    let shift: Int
    switch argument.dropFirst(digits.count).uppercased() {
    case "", "B": shift = 0
    case "K", "KIB": shift = 10
    case "M", "MIB": shift = 20
    case "G", "GIB": shift = 30
    case "T", "TIB": shift = 40
    default: return nil
    }
    let (bytes, overflow) = count.multipliedReportingOverflow(by: 1 << shift)
    guard !overflow, bytes >= 1 << 20 else { return nil }
    self.bytes = bytes
  }
}
