/// One value per group, of any type.
struct CellStore {
  let type: DataType
  /// Which groups have a value.
  private(set) var filled: [Bool] = []
  /// Of every type but text and decimal: ordered words.
  var words: [Int64] = []
  /// Decimals at `scale`; those that do not fit there are the largest or smallest 128-bit number.
  var digits: [Int128] = []
  private(set) var scale = 0
  private(set) var texts: [[UInt8]] = []
  private var textBytes = 0

  init(_ type: DataType) { self.type = type }

  mutating func grow(to groups: Int) {
    let missing = groups - filled.count
    if missing <= 0 { return }
    filled.append(contentsOf: repeatElement(false, count: missing))
    switch type {
    case .text: texts.append(contentsOf: repeatElement([], count: missing))
    case .decimal: digits.append(contentsOf: repeatElement(0, count: missing))
    case .boolean, .integer, .double, .date, .datetime:
      words.append(contentsOf: repeatElement(0, count: missing))
    }
  }

  /// A column's values, ready to be stored or compared with those stored.
  enum Source {
    case words([Int64])
    case digits([Int128])
    case texts(TextValues)
  }

  /// - Throws: `OperatorError` for an absent column and one of another type.
  mutating func source(_ column: Column) throws -> Source {
    if column.isAbsent { throw OperatorMessages.absentColumn }
    guard column.type == type else { throw OperatorMessages.wrongColumn }
    if let texts = column.texts { return .texts(texts) }
    if let decimals = column.decimals { return .digits(aligned(decimals)) }
    guard let words = OrderedWords.of(column) else { throw OperatorMessages.wrongColumn }
    return .words(words)
  }

  @inline(__always)
  mutating func set(_ group: Int, _ word: Int64) {
    filled[group] = true
    words[group] = word
  }

  @inline(__always)
  mutating func set(_ group: Int, _ digits: Int128) {
    filled[group] = true
    self.digits[group] = digits
  }

  mutating func set(_ group: Int, _ text: ArraySlice<UInt8>) {
    filled[group] = true
    textBytes += text.count - texts[group].count
    texts[group] = Array(text)
  }

  /// Roughly the bytes that the values take: each text is an array of its own.
  var heldBytes: Int {
    filled.capacity + 8 * words.capacity + 16 * digits.capacity + 48 * texts.capacity + textBytes
  }

  /// Raises the scale to that of another store, or the other's to this one's.
  mutating func align(with other: inout CellStore) {
    rescale(to: other.scale)
    other.rescale(to: scale)
  }

  /// The values by group, null where there is none.
  func column() throws -> FlatColumn {
    let validity = Validity(flags: filled)
    switch type {
    case .text:
      var pool = ByteTable(.run)
      pool.reserve(strings: texts.count, bytes: texts.reduce(0) { $0 + $1.count })
      let entries = texts.map { pool.addUnfindable($0[...]) }
      return FlatColumn(FlatText(pool: pool, entries: entries), validity)
    case .decimal:
      for group in filled.indices
      where filled[group] && (digits[group] == .max || digits[group] == .min) {
        throw OperatorMessages.decimalTooLarge
      }
      let values = DecimalValues(scale: scale, digits: .wide(digits)).narrowed
      return try FlatColumn(Column(.decimal(values), validity: validity))
    case .boolean, .integer, .double, .date, .datetime:
      guard let column = OrderedWords.column(words, type, validity) else {
        throw OperatorMessages.wrongColumn
      }
      return try FlatColumn(column)
    }
  }

  /// A batch's decimals at the store's scale, which rises to the batch's where that is larger.
  private mutating func aligned(_ decimals: DecimalValues) -> [Int128] {
    rescale(to: decimals.scale)
    if decimals.scale == scale { return decimals.widened }
    return decimals.widened.map { CellStore.scaled($0, by: scale - decimals.scale) }
  }

  private mutating func rescale(to newScale: Int) {
    guard newScale > scale else { return }
    for group in digits.indices where filled[group] {
      digits[group] = CellStore.scaled(digits[group], by: newScale - scale)
    }
    scale = newScale
  }

  /// Times 10^power, as near as 128 bits get: order is kept, and an end of the range says 'lost'.
  private static func scaled(_ digits: Int128, by power: Int) -> Int128 {
    let (product, overflow) = digits.multipliedReportingOverflow(by: Decimal.powersOfTen[power])
    if overflow { return digits < 0 ? .min : .max }
    return product
  }
}
