/// Keeps the rows whose condition is true. False and unknown leave by different ways, since an
/// author who writes `status <> 'x'` seldom means to drop the empty ones.
public struct RowFilter: RowOperator {
  private enum Condition: Sendable {
    case expression(BoundExpression)
    case column(Int)
  }

  private let condition: Condition

  /// - Parameter condition: of type boolean.
  public init(_ condition: BoundExpression) { self.condition = .expression(condition) }

  /// - Parameter column: the position of a boolean column.
  public init(column: Int) { condition = .column(column) }

  public func makeWorker() -> any RowWorker { Worker(condition) }

  private final class Worker: RowWorker {
    private let condition: Condition
    private(set) var tally = Tally()

    init(_ condition: Condition) { self.condition = condition }

    func process(_ batch: Batch) throws -> Batch {
      let column =
        switch condition {
        case .expression(let expression): try expression.evaluate(batch)
        case .column(let position): try batch.column(position)
        }
      guard case .boolean(let flags) = column.values, flags.count == batch.rowCount else {
        throw OperatorMessages.wrongColumn
      }
      var kept: [Int32] = []
      kept.reserveCapacity(flags.count)
      var unknown = 0
      if let valid = column.validity.flags {
        for row in 0..<flags.count {
          if !valid[row] { unknown += 1 } else if flags[row] { kept.append(Int32(row)) }
        }
      } else {
        for row in 0..<flags.count where flags[row] { kept.append(Int32(row)) }
      }
      tally.rowsIn += flags.count
      tally.rowsOut += kept.count
      tally.left[RowWay.filteredUnknown, default: 0] += unknown
      tally.left[RowWay.filteredFalse, default: 0] += flags.count - kept.count - unknown
      return kept.count == flags.count ? batch : batch.gathered(kept)
    }
  }
}

extension Batch {
  /// The column at a position, to be read.
  /// - Throws: `OperatorError` when there is none or the plan left it out.
  func column(_ position: Int) throws -> Column {
    guard columns.indices.contains(position) else { throw OperatorMessages.wrongColumn }
    let column = columns[position]
    if column.isAbsent { throw OperatorMessages.absentColumn }
    return column
  }

  /// The columns at the positions, to be read.
  func columns(_ positions: [Int]) throws -> [Column] { try positions.map { try column($0) } }
}
