/// Rows picked from several batches, to be put into one.
struct RowPicks {
  /// A row of one of the batches.
  struct Pick {
    let source: Int32
    let row: Int32
  }

  /// All with the same columns.
  let sources: [Batch]
  let picks: [Pick]

  /// The picked rows' ordinals in the order of the picks.
  /// - Parameter keys: of all rows of each source.
  func ordinals(_ keys: [SortBytes]) -> [Int64] {
    picks.map { keys[Int($0.source)].ordinal(Int($0.row)) }
  }

  /// The rows in the order of the picks.
  func batch(sequence: Int) throws -> Batch {
    let width = sources.first?.columns.count ?? 0
    guard sources.allSatisfy({ $0.columns.count == width }) else {
      throw OperatorMessages.wrongColumn
    }
    return Batch(
      columns: try (0..<width).map { place in try column(sources.map { $0.columns[place] }) },
      rowCount: picks.count, sequence: sequence)
  }

  private func column(_ pieces: [Column]) throws -> Column {
    guard let type = pieces.first?.type else { throw OperatorMessages.wrongColumn }
    if pieces.contains(where: \.isAbsent) { return Column(.absent(type, count: picks.count)) }
    var flags: [Bool]?
    if pieces.contains(where: { $0.validity.flags != nil }) {
      let validities = pieces.map(\.validity)
      flags = picks.map { validities[Int($0.source)][Int($0.row)] }
    }
    return Column(try values(pieces, type), validity: Validity(flags: flags))
  }

  private func values(_ pieces: [Column], _ type: DataType) throws -> Column.Values {
    switch type {
    case .text: return .text(try texts(pieces.compactMap(\.texts)))
    case .decimal: return .decimal(try decimals(pieces.compactMap(\.decimals)))
    case .boolean:
      return .boolean(picked(pieces) { if case .boolean(let v) = $0 { v } else { [] } })
    case .integer:
      return .integer(picked(pieces) { if case .integer(let v) = $0 { v } else { [] } })
    case .double: return .double(picked(pieces) { if case .double(let v) = $0 { v } else { [] } })
    case .date: return .date(picked(pieces) { if case .date(let v) = $0 { v } else { [] } })
    case .datetime(let zoned):
      let values = picked(pieces) { if case .datetime(let v, _) = $0 { v } else { [] } }
      return .datetime(values, zoned: zoned)
    }
  }

  private func picked<T>(_ pieces: [Column], _ take: (Column.Values) -> [T]) -> [T] {
    let arrays = pieces.map { take($0.values) }
    return picks.map { arrays[Int($0.source)][Int($0.row)] }
  }

  private func decimals(_ pieces: [DecimalValues]) throws -> DecimalValues {
    let scale = pieces[0].scale
    let narrow = pieces.compactMap { piece -> [Int64]? in
      if case .narrow(let digits) = piece.digits, piece.scale == scale { digits } else { nil }
    }
    if narrow.count == pieces.count {
      return DecimalValues(
        scale: scale, digits: .narrow(picks.map { narrow[Int($0.source)][Int($0.row)] }))
    }
    // Different scales: only the rows that are picked have to fit at the largest.
    var rows = [[Int32]](repeating: [], count: pieces.count)
    var places: [(source: Int, place: Int)] = []
    for pick in picks {
      places.append((Int(pick.source), rows[Int(pick.source)].count))
      rows[Int(pick.source)].append(pick.row)
    }
    let joined = try DecimalValues(joining: zip(pieces, rows).map { $0.gathered($1) })
    var starts: [Int] = []
    var total = 0
    for some in rows {
      starts.append(total)
      total += some.count
    }
    return joined.gathered(
      places.map { Int32(truncatingIfNeeded: starts[$0.source] + $0.place) })
  }

  private func texts(_ pieces: [TextValues]) throws -> TextValues {
    var offsets: [Int32] = [0]
    offsets.reserveCapacity(picks.count + 1)
    var bytes: [UInt8] = []
    var isTooLarge = false
    unsafe PinnedTexts.hold(pieces) { held in
      var total = 0
      for pick in picks {
        total += unsafe held[Int(pick.source)].range(Int(pick.row)).length
        offsets.append(Int32(clamping: total))
      }
      isTooLarge = total > Int(Int32.max)
      if isTooLarge { return }
      unsafe bytes = [UInt8](unsafeUninitializedCapacity: total) { target, count in
        guard let target = target.baseAddress else { return }
        for pick in picks {
          let texts = unsafe held[Int(pick.source)]
          let (start, length) = unsafe texts.range(Int(pick.row))
          guard length > 0, let base = unsafe texts.bytes.baseAddress else { continue }
          unsafe (target + count).update(from: base + start, count: length)
          count += length
        }
      }
    }
    if isTooLarge { throw OperatorMessages.textTooLarge }
    return TextValues(bytes: bytes, offsets: offsets)
  }
}
