/// Numbers in place of a column's values: equal where these are, and of no use to whoever would
/// like to know them, since the secret that they rest on is drawn anew each time and kept nowhere.
public struct HiddenNumbers: Sendable {
  /// SipHash, whose key Swift draws once a process; the secret is in it in any case.
  private let base: Hasher

  public init() {
    var (base, random) = (Hasher(), SystemRandomNumberGenerator())
    for _ in 0..<4 { base.combine(random.next() as UInt64) }
    self.base = base
  }

  /// Nulls stay null.
  public func column(_ column: Column) -> Column {
    let numbers: [Int64] =
      switch column.values {
      case .text(let texts): self.numbers(texts)
      case .integer(let values): values.map { number($0) }
      case .absent(_, let count): [Int64](repeating: 0, count: count)
      case .boolean, .decimal, .double, .date, .datetime:
        (0..<column.count).map { number(column.value($0)) }
      }
    return Column(.integer(numbers), validity: column.validity)
  }

  private func numbers(_ texts: TextValues) -> [Int64] {
    let entries = TextValues(bytes: texts.bytes, offsets: texts.offsets)
    guard let codes = texts.codes, entries.count <= codes.count else {
      return (0..<texts.count).map { number(texts.bytes[texts.range($0)]) }
    }
    let known = (0..<entries.count).map { number(entries.bytes[entries.range($0)]) }
    return codes.map { known[Int($0)] }
  }

  private func number(_ bytes: ArraySlice<UInt8>) -> Int64 {
    var hasher = base
    unsafe bytes.withUnsafeBytes { unsafe hasher.combine(bytes: $0) }
    return Self.positive(hasher)
  }

  private func number(_ value: some Hashable) -> Int64 {
    var hasher = base
    hasher.combine(value)
    return Self.positive(hasher)
  }

  private static func positive(_ hasher: Hasher) -> Int64 {
    Int64(truncatingIfNeeded: hasher.finalize()) & .max
  }
}
