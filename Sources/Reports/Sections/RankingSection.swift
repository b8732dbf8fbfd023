import Tabular

/// Units from the most to the least, each with a bar and the bounds of its uncertainty. Units that
/// the bounds do not tell apart share a group instead of having positions.
struct RankingSection {
  let table: ReportTable
  let roles: BoundRoles
  let context: ReportContext

  private struct Line {
    let row: Int
    let value: Double
    let low: Double?
    let high: Double?
  }

  var nodes: [HtmlNode] {
    guard let column = roles.values.first else { return [] }
    let lines = sorted(column)
    let hasRanges = lines.contains { $0.low != nil && $0.high != nil }
    let scale = ChartScale(
      lines.map(\.value) + lines.compactMap(\.low) + lines.compactMap(\.high), fromZero: true)
    let ranked = lines.filter { isRanked($0.row) }
    let places = hasRanges ? groups(ranked) : positions(ranked)
    let rest = lines.filter { !isRanked($0.row) }
    let ranks = places + Array(repeating: "–", count: rest.count)
    let rows = zip(ranked + rest, ranks).map { line, rank -> [HtmlNode] in
      var cells: [HtmlNode] = [
        .text(rank), .text(roles.name(table, line.row, context.language)),
        Charts.bar(line.value, low: line.low, high: line.high, scale),
        .text(table.text(line.value, like: column, context.language, withUnit: false)),
      ]
      if hasRanges { cells.append(.text(interval(line, column))) }
      return cells
    }
    let missing = (0..<table.rows).filter { table.number(column, $0) == nil }
      .map { row -> [HtmlNode] in
        [
          .text("–"), .text(roles.name(table, row, context.language)), .text(""),
          context.cell(table, column, row),
        ] + (hasRanges ? [.text("")] : [])
      }
    let unit = roles.label.map { context.title(table, $0) } ?? context.say(ReportWords.unit)
    var columns = [context.say(ReportWords.rank), unit, "", context.heading(table, column)]
    if hasRanges { columns.append(context.say(ReportWords.interval)) }
    let caption = context.title(table, column) + ", " + context.say(table.title)
    let ends = context.ends(of: rows)
    let isInData = context.tablesShown.contains(table.name)
    var notes: [String] = []
    if ends != nil {
      notes.append(context.say(isInData ? ReportWords.bothEnds : ReportWords.bothEndsListed))
    }
    if hasRanges { notes.append(told) }
    if !rest.isEmpty { notes.append(context.say(ReportWords.unranked)) }
    let isListed = ends != nil && !isInData
    let picture = HtmlPage.report(
      table: context.id("ranking"), caption: caption, columns: columns, texts: [0, 1, 2],
      header: 1, style: .bars, rows: (ends ?? rows) + (isListed ? [] : missing))
    return notes.map { .of(.p, [.style(.quiet)], $0) } + [picture]
      + (isListed ? [list(rows + missing, columns, caption)] : [])
  }

  /// All lines without their bars, folded away.
  private func list(_ rows: [[HtmlNode]], _ columns: [String], _ caption: String) -> HtmlNode {
    let bar = 2
    func without<Part>(_ parts: [Part]) -> [Part] {
      parts.enumerated().filter { $0.offset != bar }.map(\.element)
    }
    let all = context.say(ReportWords.allValues)
    let colon = context.language == .fr ? "\u{a0}: " : ": "
    return .of(
      .details, [.style(.data)], .of(.summary, [], all),
      HtmlPage.report(
        table: context.id("ranking-all"), caption: all + colon + caption,
        columns: without(columns), texts: [1], header: 1, rows: rows.map(without)))
  }

  /// What intervals are, and what groups are.
  private var told: String {
    var text = context.say(ReportWords.ties)
    if let low = roles.low, let high = roles.high {
      let frame = ReportWords.frame(from: context.title(table, low), to: context.title(table, high))
      text = context.say(frame) + " " + text
    }
    return text
  }

  /// Whether a unit has a place: in tables of an index's ranking those with too few data have none.
  private func isRanked(_ row: Int) -> Bool {
    guard let rank = table.index("rank"), table.index("data_share") != nil else { return true }
    return table.cells[rank][row] != .null
  }

  private func interval(_ line: Line, _ column: Int) -> String {
    guard let low = line.low, let high = line.high else { return "–" }
    let text = { table.text($0, like: column, context.language, withUnit: false) }
    return text(low) + "\u{a0}– " + text(high)
  }

  private func sorted(_ column: Int) -> [Line] {
    let isAscending = table.fields[column].lessIsBetter ?? false
    let lines = (0..<table.rows).compactMap { row -> Line? in
      guard let value = table.number(column, row) else { return nil }
      return Line(
        row: row, value: value, low: roles.low.flatMap { table.number($0, row) },
        high: roles.high.flatMap { table.number($0, row) })
    }
    return lines.sorted { left, right in
      left.value == right.value
        ? left.row < right.row
        : isAscending ? left.value < right.value : left.value > right.value
    }
  }

  /// Equal values share a position.
  private func positions(_ lines: [Line]) -> [String] {
    var positions: [String] = []
    for (index, line) in lines.enumerated() {
      let isTied = index > 0 && lines[index - 1].value == line.value
      positions.append(isTied ? positions[index - 1] : context.count(index + 1))
    }
    return positions
  }

  /// Lines that overlap with the first of a group have its positions. Were it enough to overlap
  /// with the one before, chains of neighbours would put everybody into one group.
  private func groups(_ lines: [Line]) -> [String] {
    var positions: [String] = []
    while positions.count < lines.count {
      let start = positions.count
      let end = lines[start...].dropFirst().prefix { overlaps(lines[start], $0) }.endIndex
      let first = context.count(start + 1)
      let told = end == start + 1 ? first : first + "\u{2013}" + context.count(end)
      positions += Array(repeating: told, count: end - start)
    }
    return positions
  }

  private func overlaps(_ one: Line, _ other: Line) -> Bool {
    guard let low = one.low, let high = one.high, let low2 = other.low, let high2 = other.high
    else { return one.value == other.value }
    return low <= high2 && low2 <= high
  }
}
