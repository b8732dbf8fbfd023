/// Writes benchmark rows to a file, plain or gzip, a megabyte at a time.
struct BenchmarkFile {
  let path: String
  let gzip: Bool

  /// - Returns: how many rows are broken, and how many bytes were written before compression.
  func write(_ count: Int, _ rows: inout BenchmarkRows) throws -> (broken: Int, bytes: Int) {
    let file = try OutputFile(path: path)
    let gzipWriter = gzip ? try GzipWriter() : nil
    let full = 1 << 20
    var bytes = 0
    var buffer: [UInt8] = []
    buffer.reserveCapacity(full + 4_096)
    var compressed: [UInt8] = []
    rows.appendHeader(to: &buffer)
    for number in 0...count {
      let isEnd = number == count
      if !isEnd { rows.appendRow(number, to: &buffer) }
      guard isEnd || buffer.count >= full else { continue }
      bytes += buffer.count
      if let gzipWriter {
        try gzipWriter.write(buffer[...], finish: isEnd, into: &compressed)
        try file.write(compressed[...])
        compressed.removeAll(keepingCapacity: true)
      } else {
        try file.write(buffer[...])
      }
      buffer.removeAll(keepingCapacity: true)
    }
    try file.close()
    return (rows.broken, bytes)
  }
}
