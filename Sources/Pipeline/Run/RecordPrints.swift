import Codecs
import Foundation

/// The records of a table of text, as far as saving it anew leaves them alike: whatever its
/// delimiter, quotes, encoding, byte order mark, order of rows and columns, packed or not.
struct RecordPrints {
  /// Of records of two cells or more.
  private(set) var prints: Set<UInt64> = []

  /// - Parameter bytes: of the file's content. A record cut off at the end is another record.
  init(_ bytes: some Sequence<UInt8>) {
    var (record, cell): (UInt64, UInt64) = (0, Self.start)
    var (cells, length) = (0, 0)
    func endCell() {
      guard length > 0 else { return }
      // Added, so that the order of columns does not matter.
      record &+= (cell ^ cell >> 29) &* 0xBF58_476D_1CE4_E5B9
      (cells, cell, length) = (cells + 1, Self.start, 0)
    }
    for byte in bytes {
      switch byte {
      case UInt8(ascii: "\n"), UInt8(ascii: "\r"):
        endCell()
        if cells > 1 { prints.insert(record) }
        (record, cells) = (0, 0)
      case UInt8(ascii: ";"), UInt8(ascii: ","), UInt8(ascii: "\t"), UInt8(ascii: "|"): endCell()
      // Blanks and quotes come and go, and letters beyond ASCII are written in many ways.
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "-"), UInt8(ascii: "@"),
        UInt8(ascii: "."), UInt8(ascii: "*"):
        cell = (cell ^ UInt64(byte)) &* 0x100_0000_01B3
        length += 1
      default: break
      }
    }
    endCell()
    if cells > 1 { prints.insert(record) }
  }

  private static let start: UInt64 = 0xCBF2_9CE4_8422_2325

  /// Whether these are records of another table: so many as no two tables share by chance, or half
  /// of the few that there are.
  func areRecords(of other: RecordPrints) -> Bool {
    let shared = prints.intersection(other.prints).count
    return shared >= max(2, min(10, (prints.count + 1) / 2))
  }

  /// The prints of a file's first records; nil for what cannot be read.
  /// - Parameter most: bytes of content that are looked at.
  init?(beginningOf path: String, bytes most: Int) {
    guard let file = try? FileDigest.source(path) else { return nil }
    var source: any ByteSource = file
    if path.hasSuffix(".gz") {
      guard let inflater = try? ZlibInflater() else { return nil }
      source = GzipReader(file, file: path, inflater: inflater)
    }
    var content: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while content.count < most {
      guard let count = try? source.read(into: &buffer, from: 0) else { return nil }
      if count == 0 { break }
      content += buffer[..<count]
    }
    self.init(content)
  }
}
