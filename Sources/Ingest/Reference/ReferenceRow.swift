/// One record as the reference reader sees it: bytes of the fields, unquoted, one after the other.
public struct ReferenceRow: Sendable, Hashable {
  var bytes: [UInt8] = []
  /// Where each field ends in `bytes`.
  var ends: [Int] = []
  /// Whether each field was written without quotes and empty: how nulls are written.
  var bare: [Bool] = []

  public init() {}

  /// The number of fields; 0 for a blank line.
  public var count: Int { ends.count }

  /// The bytes of a field, as they stand in the file.
  public subscript(field: Int) -> ArraySlice<UInt8> {
    bytes[(field == 0 ? 0 : ends[field - 1])..<ends[field]]
  }

  /// Bytes of a field.
  public func length(of field: Int) -> Int { ends[field] - (field == 0 ? 0 : ends[field - 1]) }

  /// Appends the bytes of a field, which costs no count of references.
  public func append(_ field: Int, to text: inout [UInt8]) {
    let range = (field == 0 ? 0 : ends[field - 1])..<ends[field]
    bytes.withUnsafeBufferPointer {
      text.append(contentsOf: UnsafeBufferPointer(rebasing: $0[range]))
    }
  }

  /// Whether a field is empty and without quotes (`""` is an empty text, not a null).
  public func isNull(_ field: Int) -> Bool { bare[field] }

  /// The fields as texts; for tests and messages.
  public var strings: [String] {
    (0..<count).map { String(decoding: self[$0], as: UTF8.self) }
  }

  mutating func clear() {
    bytes.removeAll(keepingCapacity: true)
    ends.removeAll(keepingCapacity: true)
    bare.removeAll(keepingCapacity: true)
  }
}
