/// One rejected record, as the reject file tells it.
struct Reject: Sendable {
  let kind: RejectKind
  /// Index of the field in the file, from 0; nil when the whole record is meant.
  let column: Int?
  let columnName: String?
  /// The rule of the schema that was broken, such as `minimum 0` or `%d/%m/%Y`.
  let rule: String
  /// Physical lines between the block's start and the record's.
  let line: Int
  /// Bytes (of the decompressed file) between the block's start and the record's.
  let lineBytes: Int
  /// …and the field's, or what is wrong.
  let bytes: Int
  /// The record in UTF-8, cut at a limit.
  let text: [UInt8]
  /// Its place among the block's well-formed records, if it is one.
  var row: Int?
}
