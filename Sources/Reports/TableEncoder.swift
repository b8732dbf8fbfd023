import Tabular

/// Turns batches into the bytes of a file: something before, the rows of each batch, something
/// after. Works on one batch at a time, so that workers can encode side by side.
public protocol TableEncoder: Sendable {
  /// What stands before the first row.
  func opening() -> [UInt8]
  /// The rows of a batch.
  /// - Parameter isFirst: whether no row stands before them.
  func rows(_ batch: Batch) -> [UInt8]
  /// Between the rows of two batches that both have some.
  var separator: [UInt8] { get }
  /// What stands after the last row.
  func closing() -> [UInt8]
}
