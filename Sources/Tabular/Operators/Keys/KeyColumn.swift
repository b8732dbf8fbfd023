/// Numbers the different values of one key column densely from 0, in the order in which they first
/// come. All nulls are one value. Equal decimals of different scales are one value.
///
/// Numbers depend on the order in which rows are seen; whoever gives out results orders them by
/// `ranks`.
struct KeyColumn: Sendable {
  let type: DataType
  /// Texts; of decimals, those that are no words.
  private var bytes: ByteTable
  /// Everything else: decimals by `DecimalKey`, others as ordered words.
  private var words: WordTable
  /// The number of null, or −1.
  private(set) var null: Int32 = -1
  /// The largest scale of the decimals that came.
  private var scale = 0

  init(_ type: DataType, _ seed: HashSeed) {
    self.type = type
    bytes = ByteTable(seed)
    words = WordTable(seed)
  }

  /// The number of different values.
  var count: Int { type == .text ? bytes.count : words.words.count }

  /// Fills `ids` with the number of each row's value, new or known.
  mutating func assign(_ column: Column, into ids: inout [Int32]) throws {
    guard column.type == type else { throw OperatorMessages.wrongColumn }
    let rows = column.count
    guard count + rows < Int(Int32.max) else { throw OperatorMessages.tooManyKeys }
    KeyColumn.resize(&ids, rows)
    switch column.values {
    case .text(let values): assign(values, column.validity, &ids)
    case .decimal(let values): assign(values, column.validity, &ids)
    case .absent: throw OperatorMessages.absentColumn
    case .boolean, .integer, .double, .date, .datetime:
      guard let values = OrderedWords.of(column) else { throw OperatorMessages.wrongColumn }
      assign(values, column.validity, &ids)
    }
    guard let flags = column.validity.flags else { return }
    let null = numberOfNull()
    for row in 0..<rows where !flags[row] { ids[row] = null }
  }

  /// Fills `ids` with the number of each row's value; −1 for values unknown.
  /// - Parameter nulls: whether nulls are found too, where one came; they are −1 otherwise.
  func find(_ column: Column, nulls: Bool = false, into ids: inout [Int32]) throws {
    guard column.type == type else { throw OperatorMessages.wrongColumn }
    KeyColumn.resize(&ids, column.count)
    switch column.values {
    case .text(let values): find(values, &ids)
    case .decimal(let values):
      for row in 0..<values.count {
        let word = DecimalKey.word(values[row], values.scale) { number($0) }
        ids[row] = word.map { words.find($0) } ?? -1
      }
    case .absent: throw OperatorMessages.absentColumn
    case .boolean, .integer, .double, .date, .datetime:
      guard let values = OrderedWords.of(column) else { throw OperatorMessages.wrongColumn }
      for row in 0..<values.count { ids[row] = words.find(UInt64(bitPattern: values[row])) }
    }
    guard let flags = column.validity.flags else { return }
    for row in flags.indices where !flags[row] { ids[row] = nulls ? null : -1 }
  }

  /// Takes in another column's values.
  /// - Parameter only: which of them; all where nil.
  /// - Returns: for each of the other's numbers, this column's; −1 for those not taken.
  mutating func absorb(_ other: KeyColumn, only: [Bool]? = nil) throws -> [Int32] {
    guard count + other.count < Int(Int32.max) else { throw OperatorMessages.tooManyKeys }
    scale = Swift.max(scale, other.scale)
    var map = [Int32](repeating: -1, count: other.count)
    switch type {
    case .text:
      unsafe other.bytes.pool.withUnsafeBytes { pool in
        for id in 0..<other.bytes.count where id != Int(other.null) && only?[id] ?? true {
          let range = other.bytes.range(id)
          map[id] = unsafe bytes.id(pool, range.lowerBound, range.count)
        }
      }
    case .decimal:
      for (id, word) in other.words.words.enumerated()
      where id != Int(other.null) && only?[id] ?? true {
        guard let number = DecimalKey.number(word) else {
          map[id] = words.id(word)
          continue
        }
        let mine = addNumber(Array(other.bytes.pool[other.bytes.range(number)]))
        map[id] = words.id(DecimalKey.numbered(mine))
      }
    case .boolean, .integer, .double, .date, .datetime:
      for (id, word) in other.words.words.enumerated()
      where id != Int(other.null) && only?[id] ?? true {
        map[id] = words.id(word)
      }
    }
    if other.null >= 0 { map[Int(other.null)] = numberOfNull() }
    return map
  }

  /// Roughly the bytes that the values take.
  var heldBytes: Int { bytes.heldBytes + words.heldBytes }

  /// The place of each number's value among all values in ascending order, null last.
  func ranks() -> [Int32] {
    var ranks: [Int32]
    switch type {
    case .text: ranks = bytes.ranks()
    case .decimal:
      let values = (0..<count).map { decimal($0) }
      ranks = Array(repeating: 0, count: count)
      let order = values.indices.sorted { values[$0] < values[$1] }
      for (rank, id) in order.enumerated() { ranks[id] = Int32(truncatingIfNeeded: rank) }
    case .boolean, .integer, .double, .date, .datetime:
      let keys = words.words.map { $0 ^ 1 << 63 }
      ranks = Array(repeating: 0, count: keys.count)
      for (rank, id) in RowOrder.sorted([keys], count: keys.count).enumerated() {
        ranks[Int(id)] = Int32(truncatingIfNeeded: rank)
      }
    }
    if null >= 0 { ranks[Int(null)] = Int32(truncatingIfNeeded: count) }
    return ranks
  }

  /// The values behind the numbers.
  func column(_ ids: [Int32]) throws -> FlatColumn {
    var flags: [Bool]?
    if null >= 0, ids.contains(null) { flags = ids.map { $0 != null } }
    let validity = Validity(flags: flags)
    switch type {
    case .text: return FlatColumn(FlatText(pool: bytes, entries: ids), validity)
    case .decimal:
      var digits: [Int128] = []
      digits.reserveCapacity(ids.count)
      for id in ids {
        let value = id == null ? Decimal(digits: 0, scale: 0) : decimal(Int(id))
        guard let scaled = value.rescaled(to: scale) else {
          throw OperatorMessages.decimalTooLarge
        }
        digits.append(scaled.digits)
      }
      let values = DecimalValues(scale: scale, digits: .wide(digits)).narrowed
      return try FlatColumn(Column(.decimal(values), validity: validity))
    case .boolean, .integer, .double, .date, .datetime:
      let picked = ids.map { Int64(bitPattern: words.words[Int($0)]) }
      guard let column = OrderedWords.column(picked, type, validity) else {
        throw OperatorMessages.wrongColumn
      }
      return try FlatColumn(column)
    }
  }

  /// A value's hash that is the same in every run, for choices that results depend on.
  func stableHash(_ id: Int32) -> UInt64 {
    if id == null { return 0x6E75_6C6C }
    let entry: Int
    if type == .text {
      entry = Int(id)
    } else if type == .decimal, let number = DecimalKey.number(words.words[Int(id)]) {
      entry = number
    } else {
      return Sample.hash(seed: 1, ordinal: Int64(bitPattern: words.words[Int(id)]))
    }
    var state: UInt64 = 0xCBF2_9CE4_8422_2325  // FNV-1a
    for at in bytes.range(entry) {
      state = (state ^ UInt64(bytes.pool[at])) &* 0x0000_0100_0000_01B3
    }
    return Sample.hash(seed: 2, ordinal: Int64(bitPattern: state))
  }

  private func decimal(_ id: Int) -> Decimal {
    let word = words.words[id]
    guard let number = DecimalKey.number(word) else { return DecimalKey.decimal(word) }
    return DecimalKey.decimal(bytes.pool[bytes.range(number)])
  }

  /// The number of a large decimal's bytes, if it has one.
  private func number(_ key: [UInt8]) -> Int32? {
    let id = unsafe key.withUnsafeBytes { unsafe bytes.find($0, 0, key.count) }
    return id < 0 ? nil : id
  }

  private mutating func addNumber(_ key: [UInt8]) -> Int32 {
    unsafe key.withUnsafeBytes { unsafe bytes.id($0, 0, key.count) }
  }

  private mutating func numberOfNull() -> Int32 {
    if null < 0 {
      null = type == .text ? bytes.addUnfindable([]) : words.addUnfindable()
    }
    return null
  }

  static func resize(_ ids: inout [Int32], _ count: Int) {
    if ids.count != count { ids = Array(repeating: 0, count: count) }
  }
}

extension KeyColumn {
  private mutating func assign(
    _ values: TextValues, _ validity: Validity, _ ids: inout [Int32]
  ) {
    if values.codes == nil, validity.flags == nil {
      bytes.assign(values, into: &ids)
      return
    }
    unsafe values.bytes.withUnsafeBytes { pool in
      guard let codes = values.codes, values.entryCount <= 2 * codes.count else {
        for row in 0..<values.count where validity[row] {
          let range = values.range(row)
          ids[row] = unsafe bytes.id(pool, range.lowerBound, range.count)
        }
        return
      }
      // Each entry that occurs is looked up once.
      var known = [Int32](repeating: -1, count: values.entryCount)
      var row = 0
      while row < codes.count {
        row = KeyColumn.knownRun(codes, known, validity, &ids, from: row)
        guard row < codes.count else { break }
        let entry = Int(codes[row])
        let start = Int(values.offsets[entry])
        known[entry] = unsafe bytes.id(pool, start, Int(values.offsets[entry + 1]) - start)
      }
    }
  }

  /// - Returns: the first row that is not null and whose code is not known.
  private static func knownRun(
    _ codes: [Int32], _ known: [Int32], _ validity: Validity, _ ids: inout [Int32],
    from start: Int
  ) -> Int {
    unsafe codes.withUnsafeBufferPointer { codes in
      unsafe known.withUnsafeBufferPointer { known in
        unsafe ids.withUnsafeMutableBufferPointer { ids in
          for row in start..<codes.count {
            if !validity[row] { continue }
            let id = unsafe known[Int(codes[row])]
            if id < 0 { return row }
            unsafe ids[row] = id
          }
          return codes.count
        }
      }
    }
  }

  private func find(_ values: TextValues, _ ids: inout [Int32]) {
    unsafe values.bytes.withUnsafeBytes { pool in
      guard let codes = values.codes, values.entryCount <= 2 * codes.count else {
        for row in 0..<values.count {
          let range = values.range(row)
          ids[row] = unsafe bytes.find(pool, range.lowerBound, range.count)
        }
        return
      }
      var known = [Int32](repeating: -2, count: values.entryCount)
      for row in 0..<codes.count {
        let entry = Int(codes[row])
        if known[entry] == -2 {
          let start = Int(values.offsets[entry])
          known[entry] = unsafe bytes.find(pool, start, Int(values.offsets[entry + 1]) - start)
        }
        ids[row] = known[entry]
      }
    }
  }

  private mutating func assign(
    _ values: DecimalValues, _ validity: Validity, _ ids: inout [Int32]
  ) {
    scale = Swift.max(scale, values.scale)
    for row in 0..<values.count where validity[row] {
      let word =
        switch values.digits {
        case .narrow(let digits): DecimalKey.word(digits[row], values.scale) { addNumber($0) }
        case .wide(let digits): DecimalKey.word(digits[row], values.scale) { addNumber($0) }
        }
      if let word { ids[row] = words.id(word) }
    }
  }

  private mutating func assign(_ values: [Int64], _ validity: Validity, _ ids: inout [Int32]) {
    if validity.flags == nil {
      unsafe values.withUnsafeBufferPointer { values in
        words.assign(into: &ids) { row in unsafe UInt64(bitPattern: values[row]) }
      }
      return
    }
    for row in 0..<values.count where validity[row] {
      ids[row] = words.id(UInt64(bitPattern: values[row]))
    }
  }
}
