/// Numbers the different values of one key column densely from 0, in the order in which they first
/// come. All nulls are one value. Equal decimals of different scales are one value.
///
/// Numbers depend on the order in which rows are seen; whoever gives out results orders them by
/// `ranks`.
struct KeyColumn: Sendable {
  let type: DataType
  /// Texts and decimals.
  private var bytes: ByteTable
  /// Everything else, as ordered words.
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
  var count: Int { Swift.max(bytes.count, words.words.count) }

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

  /// Fills `ids` with the number of each row's value; −1 for values unknown and for nulls.
  func find(_ column: Column, into ids: inout [Int32]) throws {
    guard column.type == type else { throw OperatorMessages.wrongColumn }
    KeyColumn.resize(&ids, column.count)
    switch column.values {
    case .text(let values): find(values, &ids)
    case .decimal(let values):
      var buffer = [UInt8](repeating: 0, count: DecimalKey.length)
      for row in 0..<values.count {
        DecimalKey.write(values[row], values.scale, &buffer)
        ids[row] = unsafe buffer.withUnsafeBytes { unsafe bytes.find($0, 0, DecimalKey.length) }
      }
    case .absent: throw OperatorMessages.absentColumn
    case .boolean, .integer, .double, .date, .datetime:
      guard let values = OrderedWords.of(column) else { throw OperatorMessages.wrongColumn }
      for row in 0..<values.count { ids[row] = words.find(UInt64(bitPattern: values[row])) }
    }
    guard let flags = column.validity.flags else { return }
    for row in flags.indices where !flags[row] { ids[row] = -1 }
  }

  /// Takes in another column's values.
  /// - Returns: for each of the other's numbers, this column's.
  mutating func absorb(_ other: KeyColumn) throws -> [Int32] {
    guard count + other.count < Int(Int32.max) else { throw OperatorMessages.tooManyKeys }
    scale = Swift.max(scale, other.scale)
    var map: [Int32] = []
    map.reserveCapacity(other.count)
    if OrderedWords.cover(type) {
      for (id, word) in other.words.words.enumerated() {
        map.append(id == Int(other.null) ? -1 : words.id(word))
      }
    } else {
      unsafe other.bytes.pool.withUnsafeBytes { pool in
        for id in 0..<other.bytes.count {
          if id == Int(other.null) {
            map.append(-1)
            continue
          }
          let range = other.bytes.range(id)
          map.append(unsafe bytes.id(pool, range.lowerBound, range.count))
        }
      }
    }
    if other.null >= 0 { map[Int(other.null)] = numberOfNull() }
    return map
  }

  /// The place of each number's value among all values in ascending order, null last.
  func ranks() -> [Int32] {
    var ranks: [Int32]
    switch type {
    case .text: ranks = bytes.ranks()
    case .decimal:
      let values = (0..<bytes.count).map { decimal($0) }
      ranks = KeyColumn.ranks(values.count) { values[$0] < values[$1] }
    case .boolean, .integer, .double, .date, .datetime:
      let values = words.words.map { Int64(bitPattern: $0) }
      ranks = KeyColumn.ranks(values.count) { values[$0] < values[$1] }
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
    if OrderedWords.cover(type) {
      return Sample.hash(seed: 1, ordinal: Int64(bitPattern: words.words[Int(id)]))
    }
    var state: UInt64 = 0xCBF2_9CE4_8422_2325
    for at in bytes.range(Int(id)) {
      state = (state ^ UInt64(bytes.pool[at])) &* 0x0000_0100_0000_01B3
    }
    return Sample.hash(seed: 2, ordinal: Int64(bitPattern: state))
  }

  private func decimal(_ id: Int) -> Decimal { DecimalKey.read(bytes.pool[bytes.range(id)]) }

  private mutating func numberOfNull() -> Int32 {
    if null < 0 {
      null = OrderedWords.cover(type) ? words.addUnfindable() : bytes.addUnfindable([])
    }
    return null
  }

  private static func ranks(_ count: Int, _ precedes: (Int, Int) -> Bool) -> [Int32] {
    var ranks = [Int32](repeating: 0, count: count)
    for (rank, id) in (0..<count).sorted(by: precedes).enumerated() {
      ranks[id] = Int32(truncatingIfNeeded: rank)
    }
    return ranks
  }

  static func resize(_ ids: inout [Int32], _ count: Int) {
    if ids.count != count { ids = Array(repeating: 0, count: count) }
  }
}

extension KeyColumn {
  private mutating func assign(
    _ values: TextValues, _ validity: Validity, _ ids: inout [Int32]
  ) {
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
      for row in 0..<codes.count where validity[row] {
        let entry = Int(codes[row])
        var id = known[entry]
        if id < 0 {
          let start = Int(values.offsets[entry])
          id = unsafe bytes.id(pool, start, Int(values.offsets[entry + 1]) - start)
          known[entry] = id
        }
        ids[row] = id
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
    var buffer = [UInt8](repeating: 0, count: DecimalKey.length)
    for row in 0..<values.count where validity[row] {
      DecimalKey.write(values[row], values.scale, &buffer)
      ids[row] = unsafe buffer.withUnsafeBytes { unsafe bytes.id($0, 0, DecimalKey.length) }
    }
  }

  private mutating func assign(_ values: [Int64], _ validity: Validity, _ ids: inout [Int32]) {
    for row in 0..<values.count where validity[row] {
      ids[row] = words.id(UInt64(bitPattern: values[row]))
    }
  }
}
