/// UTF-8 texts of a column: one pool of bytes with offsets, and codes into it when the text is
/// dictionary-coded. Without codes, row *i* is entry *i*.
public struct TextValues: Sendable {
  /// All entries' bytes, one after the other.
  public var bytes: [UInt8]
  /// Where each entry starts; one more offset than entries; at most 2 GiB a batch.
  public var offsets: [Int32]
  /// For a dictionary-coded column, the entry of each row.
  public var codes: [Int32]?

  /// - Parameter offsets: entry starts, `offsets[0] == 0`, ascending, last equal to `bytes.count`.
  public init(bytes: [UInt8] = [], offsets: [Int32] = [0], codes: [Int32]? = nil) {
    self.bytes = bytes
    self.offsets = offsets
    self.codes = codes
  }

  /// Texts from strings; for constants and tests, not for hot paths.
  public init(_ strings: [String]) {
    self.init()
    for string in strings { append(Array(string.utf8)[...]) }
  }

  /// The number of rows.
  @inlinable public var count: Int { codes?.count ?? entryCount }

  /// The number of entries in the pool.
  @inlinable public var entryCount: Int { offsets.count - 1 }

  /// Where the text of a row lies in `bytes`.
  @inlinable
  public func range(_ row: Int) -> Range<Int> {
    let entry = if let codes { Int(codes[row]) } else { row }
    return Int(offsets[entry])..<Int(offsets[entry + 1])
  }

  /// The text of a row as a string; for messages and tests, not for hot paths.
  public func string(_ row: Int) -> String {
    String(decoding: bytes[range(row)], as: UTF8.self)
  }

  /// Adds an entry (and, without codes, so a row).
  @inlinable
  public mutating func append(_ text: ArraySlice<UInt8>) {
    bytes.append(contentsOf: text)
    offsets.append(Int32(clamping: bytes.count))
  }

  /// Whether the pool outgrew its 32-bit offsets; whoever builds large texts checks this once a
  /// batch and fails.
  public var overflowed: Bool { bytes.count > Int(Int32.max) }

  /// The texts at `rows`, in that order; a dictionary keeps its pool.
  public func gathered(_ rows: [Int32]) -> TextValues {
    if let codes {
      return TextValues(bytes: bytes, offsets: offsets, codes: rows.map { codes[Int($0)] })
    }
    if let packed = TextValues.packed(rows.count, from: bytes, { range(Int(rows[$0])) }) {
      return packed
    }
    // Beyond 2 GiB: `overflowed` tells.
    var result = TextValues()
    result.offsets.reserveCapacity(rows.count + 1)
    for row in rows { result.append(bytes[range(Int(row))]) }
    return result
  }
}
