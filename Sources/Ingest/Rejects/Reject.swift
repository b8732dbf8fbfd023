/// One rejected record, as numbers: nothing of it lies on the heap.
struct Reject: Sendable {
  let kind: RejectKind
  /// The place of its reason among the block's, when it is a well-formed record.
  let reason: Int?
  /// Index of the field in the file, from 0; nil when the whole record is meant.
  let column: Int?
  /// The number of fields that a record of a wrong width has.
  let fields: Int?
  /// Physical lines between the block's start and the record's.
  let line: Int
  /// Bytes (of the decompressed file) between the block's start and the record's.
  let lineBytes: Int
  /// …and the field's, or what is wrong.
  let bytes: Int
  /// The record's bytes in the block, cut at a limit.
  let text: Range<Int>
  /// Its place among the block's well-formed records, if it is one.
  let row: Int?
}
