/// The keys of rows as byte strings whose order, byte by byte, is the rows' order; ties are broken
/// by ordinals, so that no two are equal.
struct SortBytes: Sendable {
  private(set) var bytes: [UInt8] = []
  private(set) var ends: [Int] = []

  var count: Int { ends.count }

  func range(_ row: Int) -> Range<Int> { (row == 0 ? 0 : ends[row - 1])..<ends[row] }

  /// The first sixteen bytes, most significant first, zeros behind: most comparisons end here.
  func head(_ row: Int) -> (UInt64, UInt64) {
    let range = range(row)
    return (word(range, 0), word(range, 8))
  }

  private func word(_ range: Range<Int>, _ from: Int) -> UInt64 {
    var word: UInt64 = 0
    for offset in from..<(from + 8) {
      let place = range.lowerBound + offset
      word = word << 8 | (place < range.upperBound ? UInt64(bytes[place]) : 0)
    }
    return word
  }

  /// Whether a key comes before another's that has the same head.
  func precedes(_ row: Int, _ other: SortBytes, _ otherRow: Int) -> Bool {
    let (mine, theirs) = (range(row), other.range(otherRow))
    let common = Swift.min(mine.count, theirs.count)
    for offset in (common < 16 ? 0 : 16)..<common {
      let (a, b) = (bytes[mine.lowerBound + offset], other.bytes[theirs.lowerBound + offset])
      if a != b { return a < b }
    }
    return mine.count < theirs.count
  }

  init() {}

  /// The keys as bytes: lengths of four bytes each, then the keys; their number first.
  var written: [UInt8] {
    var out: [UInt8] = []
    out.reserveCapacity(8 + 4 * count + bytes.count)
    func put(_ value: Int) {
      for shift in [0, 8, 16, 24] { out.append(UInt8(truncatingIfNeeded: value >> shift)) }
    }
    put(count)
    for row in 0..<count { put(range(row).count) }
    return out + bytes
  }

  /// Keys read back; nil for bytes that are none.
  init?(written: [UInt8]) {
    func value(_ place: Int) -> Int {
      (0..<4).reduce(0) { $0 | Int(written[place + $1]) << (8 * $1) }
    }
    guard written.count >= 4, value(0) <= (written.count - 4) / 4 else { return nil }
    let count = value(0)
    var end = 0
    for row in 0..<count {
      end += value(4 + 4 * row)
      ends.append(end)
    }
    guard 4 + 4 * count + end == written.count else { return nil }
    bytes = Array(written[(4 + 4 * count)...])
  }

  /// The keys of a batch's rows.
  init(_ keys: [SortKey], _ batch: Batch) throws {
    let columns = try keys.map { ($0, try KeyValues(try batch.column($0.column))) }
    ends.reserveCapacity(batch.rowCount)
    for row in 0..<batch.rowCount {
      for (key, values) in columns { append(key, values, row) }
      append(UInt64(bitPattern: batch.ordinal(row)), flipped: 0)
      ends.append(bytes.count)
    }
  }

  /// Takes over another's key.
  mutating func append(_ other: SortBytes, _ row: Int) {
    bytes.append(contentsOf: other.bytes[other.range(row)])
    ends.append(bytes.count)
  }

  private mutating func append(_ key: SortKey, _ values: KeyValues, _ row: Int) {
    guard values.validity[row] else {
      bytes.append(key.nullsFirst ? 0 : 0xFF)
      return
    }
    bytes.append(1)
    let flip: UInt8 = key.descending ? 0xFF : 0
    switch values.kind {
    case .words(let words):
      append(UInt64(bitPattern: words[row]) ^ 1 << 63, flipped: flip)
    case .texts(let texts):
      for place in texts.range(row) {
        let byte = texts.bytes[place]
        bytes.append(byte ^ flip)
        // A NUL is told from the end by what follows it.
        if byte == 0 { bytes.append(0xFF ^ flip) }
      }
      bytes.append(flip)
      bytes.append(flip)
    case .decimals(let decimals): append(decimals[row], scale: decimals.scale, flipped: flip)
    }
  }

  /// The whole part and eighteen digits behind the point: the same for equal values of different
  /// scales.
  private mutating func append(_ digits: Int128, scale: Int, flipped flip: UInt8) {
    let divisor = Decimal.powersOfTen[scale]
    var (whole, rest) = digits.quotientAndRemainder(dividingBy: divisor)
    if rest < 0 {
      whole -= 1
      rest += divisor
    }
    let fraction = rest * Decimal.powersOfTen[DecimalValues.maximumScale - scale]
    append(UInt64(truncatingIfNeeded: whole >> 64) ^ 1 << 63, flipped: flip)
    append(UInt64(truncatingIfNeeded: whole), flipped: flip)
    append(UInt64(truncatingIfNeeded: fraction), flipped: flip)
  }

  private mutating func append(_ word: UInt64, flipped flip: UInt8) {
    for shift in stride(from: UInt64(56), through: 0, by: -8) {
      bytes.append(UInt8(truncatingIfNeeded: word >> shift) ^ flip)
    }
  }
}

/// A key column, ready to be written row by row.
private struct KeyValues {
  enum Kind {
    case words([Int64])
    case texts(TextValues)
    case decimals(DecimalValues)
  }

  let kind: Kind
  let validity: Validity

  init(_ column: Column) throws {
    validity = column.validity
    switch column.values {
    case .text(let texts): kind = .texts(texts)
    case .decimal(let decimals): kind = .decimals(decimals)
    case .absent: throw OperatorMessages.absentColumn
    case .boolean, .integer, .double, .date, .datetime:
      guard let words = OrderedWords.of(column) else { throw OperatorMessages.wrongColumn }
      kind = .words(words)
    }
  }
}
