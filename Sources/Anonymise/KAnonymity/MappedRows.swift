import Tabular

/// The second pass: rows with their quasi-identifiers at the levels that were chosen, without
/// those of suppressed classes.
struct MappedRows: BatchSource {
  private struct Texts: Sendable {
    let column: Int
    let domain: QuasiDomain
    /// By round and leaf: the entry in the pool, −1 for none.
    let entries: [[Int32]]
    let pool: TextValues

    init(_ column: Int, _ domain: QuasiDomain, _ levels: [Int]) {
      (self.column, self.domain) = (column, domain)
      var (known, pool): ([String: Int32], [String]) = ([:], [])
      entries = levels.map { level in
        domain.texts[level].map { name -> Int32 in
          if name.isEmpty { return -1 }
          if let entry = known[name] { return entry }
          known[name] = Int32(truncatingIfNeeded: pool.count)
          pool.append(name)
          return Int32(truncatingIfNeeded: pool.count - 1)
        }
      }
      self.pool = TextValues(pool.isEmpty ? [""] : pool)
    }
  }

  private struct Round: Sendable {
    let map: KeyMap
    let failing: TupleTable
  }

  private let rows: any BatchSource
  private let texts: [Texts]
  private let rounds: [Round]

  /// - Parameters:
  ///   - rows: with a last column of tuples' keys.
  ///   - columns: of the quasi-identifiers.
  init(
    _ rows: any BatchSource, _ columns: [Int], _ domains: [QuasiDomain], _ recoding: Recoding
  ) {
    self.rows = rows
    rounds = recoding.rounds.map { round in
      var failing = TupleTable(expecting: round.verdict.failing.count)
      for index in round.verdict.failing { _ = failing.number(round.classes.keys[index]) }
      return Round(map: round.map, failing: failing)
    }
    texts = columns.indices.map { index in
      Texts(columns[index], domains[index], recoding.rounds.map { $0.levels[index] })
    }
  }

  /// The round in which a tuple stays; nil for none.
  @inline(__always)
  func round(of key: UInt64) -> Int? {
    for (index, round) in rounds.enumerated() {
      if round.failing.count == 0 || round.failing.find(round.map.key(key)) == nil { return index }
    }
    return nil
  }

  func next() throws -> Batch? {
    guard var batch = try rows.next() else { return nil }
    guard case .integer(let keys) = batch.columns.popLast()?.values else {
      throw AnonymisingBreaker.wrongColumn
    }
    var kept: [UInt64] = []
    var places: [Int] = []
    var stays: [Int32] = []
    for (row, key) in keys.enumerated() {
      let key = UInt64(bitPattern: key)
      guard let place = round(of: key) else { continue }
      kept.append(key)
      places.append(place)
      stays.append(Int32(truncatingIfNeeded: row))
    }
    if stays.count < keys.count { batch = batch.gathered(stays) }
    for text in texts {
      let codes = zip(kept, places).map { text.entries[$1][text.domain.leaf($0)] }
      let flags = codes.contains(-1) ? codes.map { $0 >= 0 } : nil
      let values = TextValues(
        bytes: text.pool.bytes, offsets: text.pool.offsets,
        codes: flags == nil ? codes : codes.map { max($0, 0) })
      batch.columns[text.column] = Column(.text(values), validity: Validity(flags: flags))
    }
    return batch
  }
}
