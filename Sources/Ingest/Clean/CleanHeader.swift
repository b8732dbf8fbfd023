/// Several rows that name the columns, kept until the last of them has been read: names that stand
/// below each other are joined by a blank.
struct CleanHeader {
  /// Bytes of all names at most.
  static let most = 1 << 23

  private var bytes: [UInt8] = []
  /// Where each cell ends.
  private var ends: [Int] = []
  /// The cells of each row.
  private var rows: [Range<Int>] = []

  var isEmpty: Bool { rows.isEmpty }
  /// Cells of the widest row.
  var width: Int { rows.map(\.count).max() ?? 0 }
  var isTooLong: Bool { bytes.count > CleanHeader.most || ends.count > CleanHeader.most / 8 }

  mutating func add(
    _ cells: [LooseCell], _ text: UnsafeBufferPointer<UInt8>, _ dialect: CleanDialect
  ) {
    let first = ends.count
    for cell in cells where !isTooLong {
      cell.each(text, dialect) { bytes.append($0) }
      ends.append(bytes.count)
    }
    rows.append(first..<ends.count)
  }

  /// The name of a column.
  func name(_ column: Int) -> [UInt8] {
    var name: [UInt8] = []
    for row in rows where column < row.count {
      let cell = row.lowerBound + column
      let part = bytes[(cell == 0 ? 0 : ends[cell - 1])..<ends[cell]]
      if !name.isEmpty, !part.isEmpty { name.append(32) }
      name += part
    }
    return name
  }
}
