/// A file that a stage reads by itself, and one of a source about persons, that may be the same.
struct PossibleCopy: Sendable {
  /// Absolute.
  let file: String
  let source: String
  /// The pipeline that has the source; nil for the one that is planned.
  let pipeline: String?
  /// Absolute.
  let path: String
}
