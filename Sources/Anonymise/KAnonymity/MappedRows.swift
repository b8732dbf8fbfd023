import Tabular

/// The second pass: rows with their quasi-identifiers at the levels that were chosen, without
/// those of suppressed classes.
struct MappedRows: BatchSource {
  private struct Texts: Sendable {
    let column: Int
    let domain: QuasiDomain
    /// By leaf: the entry in the pool, −1 for none.
    let entries: [Int32]
    let pool: TextValues
  }

  private let rows: any BatchSource
  private let texts: [Texts]
  private let map: KeyMap
  private let suppressed: TupleTable

  /// - Parameters:
  ///   - rows: with a last column of tuples' keys.
  ///   - columns: of the quasi-identifiers.
  ///   - suppressed: keys of classes.
  init(
    _ rows: any BatchSource, _ columns: [Int], _ domains: [QuasiDomain], _ levels: [Int],
    _ map: KeyMap, suppressed: [UInt64]
  ) {
    (self.rows, self.map) = (rows, map)
    var table = TupleTable(expecting: suppressed.count)
    for key in suppressed { _ = table.number(key) }
    self.suppressed = table
    texts = columns.indices.map { index in
      let names = domains[index].texts[levels[index]]
      var (known, pool): ([String: Int32], [String]) = ([:], [])
      let entries = names.map { name -> Int32 in
        if name.isEmpty { return -1 }
        if let entry = known[name] { return entry }
        known[name] = Int32(truncatingIfNeeded: pool.count)
        pool.append(name)
        return Int32(truncatingIfNeeded: pool.count - 1)
      }
      return Texts(
        column: columns[index], domain: domains[index], entries: entries,
        pool: TextValues(pool.isEmpty ? [""] : pool))
    }
  }

  func next() throws -> Batch? {
    guard var batch = try rows.next() else { return nil }
    guard case .integer(let keys) = batch.columns.popLast()?.values else {
      throw AnonymisingBreaker.wrongColumn
    }
    var kept = keys.map { UInt64(bitPattern: $0) }
    if suppressed.count > 0 {
      let stays = kept.indices.filter { suppressed.find(map.key(kept[$0])) == nil }
      if stays.count < kept.count {
        batch = batch.gathered(stays.map { Int32(truncatingIfNeeded: $0) })
        kept = stays.map { kept[$0] }
      }
    }
    for text in texts {
      let codes = kept.map { text.entries[text.domain.leaf($0)] }
      let flags = codes.contains(-1) ? codes.map { $0 >= 0 } : nil
      let values = TextValues(
        bytes: text.pool.bytes, offsets: text.pool.offsets,
        codes: flags == nil ? codes : codes.map { max($0, 0) })
      batch.columns[text.column] = Column(.text(values), validity: Validity(flags: flags))
    }
    return batch
  }
}
