/// One criterion of an order: texts by bytes, false before true, NaN after all numbers.
public struct SortKey: Sendable, Hashable {
  /// The position of the column.
  public let column: Int
  public let descending: Bool
  /// Nulls come last, whatever the direction, unless asked to be first.
  public let nullsFirst: Bool

  public init(column: Int, descending: Bool = false, nullsFirst: Bool = false) {
    self.column = column
    self.descending = descending
    self.nullsFirst = nullsFirst
  }

  /// Words for each row whose unsigned order, one array after the other, is this order.
  func words(_ column: FlatColumn) throws -> [[UInt64]] {
    var words = try valueWords(column)
    if descending { words = words.map { $0.map { ~$0 } } }
    guard let flags = column.validity.flags else { return words }
    for index in words.indices {
      for row in flags.indices where !flags[row] { words[index][row] = 0 }
    }
    let (value, null): (UInt64, UInt64) = nullsFirst ? (1, 0) : (0, 1)
    return [flags.map { $0 ? value : null }] + words
  }

  private func valueWords(_ column: FlatColumn) throws -> [[UInt64]] {
    if let text = column.text {
      let ranks = text.ranks()
      return [text.entries.map { UInt64(truncatingIfNeeded: ranks[Int($0)]) }]
    }
    guard let plain = column.plain, !plain.isAbsent else { throw OperatorMessages.absentColumn }
    if let decimals = plain.decimals {
      switch decimals.digits {
      case .narrow(let values): return [values.map(SortKey.unsigned)]
      case .wide(let values):
        return [
          values.map { SortKey.unsigned(Int64(truncatingIfNeeded: $0 >> 64)) },
          values.map { UInt64(truncatingIfNeeded: $0) },
        ]
      }
    }
    guard let words = OrderedWords.of(plain) else { throw OperatorMessages.wrongColumn }
    return [words.map(SortKey.unsigned)]
  }

  /// Signed order as unsigned order.
  @inline(__always)
  private static func unsigned(_ word: Int64) -> UInt64 { UInt64(bitPattern: word) ^ 1 << 63 }

  /// The words of several keys over a table, most significant first.
  static func words(_ keys: [SortKey], _ table: FlatTable) throws -> [[UInt64]] {
    try keys.flatMap { try $0.words(try table.column($0.column)) }
  }
}
