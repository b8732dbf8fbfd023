/// Computes columns. Derivations run in order, each over the columns as the ones before it left
/// them: appended columns get the next positions, replaced ones keep theirs.
public struct Derive: RowOperator {
  /// One computed column and its place.
  public struct Derivation: Sendable {
    public let expression: BoundExpression
    /// The position that it takes over, or nil to append it.
    public let replacing: Int?

    public init(_ expression: BoundExpression, replacing: Int? = nil) {
      self.expression = expression
      self.replacing = replacing
    }
  }

  private let derivations: [Derivation]

  public init(_ derivations: [Derivation]) { self.derivations = derivations }

  public func makeWorker() -> any RowWorker { Worker(derivations) }

  private final class Worker: RowWorker {
    private let derivations: [Derivation]
    private(set) var tally = Tally()

    init(_ derivations: [Derivation]) { self.derivations = derivations }

    func process(_ batch: Batch) throws -> Batch {
      tally.rowsIn += batch.rowCount
      tally.rowsOut += batch.rowCount
      var batch = batch
      for derivation in derivations {
        // What is computed of columns that nobody needs is not needed either.
        let isNeeded = derivation.expression.fields.allSatisfy { position in
          batch.columns.indices.contains(position) && !batch.columns[position].isAbsent
        }
        let column =
          isNeeded
          ? try derivation.expression.evaluate(batch)
          : Column(.absent(derivation.expression.type, count: batch.rowCount))
        if let position = derivation.replacing {
          guard batch.columns.indices.contains(position) else {
            throw OperatorMessages.wrongColumn
          }
          batch.columns[position] = column
        } else {
          batch.columns.append(column)
        }
      }
      return batch
    }
  }
}
