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
    let ranks = hasRanges ? groups(lines) : positions(lines)
    let rows = zip(lines, ranks).map { line, rank -> [HtmlNode] in
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
    let ends = context.ends(of: rows, table)
    let notes =
      ends == nil ? [] : [HtmlNode.of(.p, [.style(.quiet)], context.say(ReportWords.bothEnds))]
    return notes + (hasRanges ? [.of(.p, [.style(.quiet)], context.say(ReportWords.ties))] : []) + [
      HtmlPage.report(
        table: context.id("ranking"), caption: caption, columns: columns, texts: [0, 1, 2],
        header: 1, style: .bars, rows: (ends ?? rows) + missing)
    ]
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
      positions.append(isTied ? positions[index - 1] : String(index + 1))
    }
    return positions
  }

  /// A run of lines, each of which overlaps with the one before, is one group of positions.
  private func groups(_ lines: [Line]) -> [String] {
    var starts = [0]
    for index in lines.indices.dropFirst() {
      starts.append(overlaps(lines[index - 1], lines[index]) ? starts[index - 1] : index)
    }
    return lines.indices.map { index in
      let start = starts[index]
      let end = starts.lastIndex(of: start) ?? index
      return start == end ? String(start + 1) : "\(start + 1)\u{2013}\(end + 1)"
    }
  }

  private func overlaps(_ one: Line, _ other: Line) -> Bool {
    guard let low = one.low, let high = one.high, let low2 = other.low, let high2 = other.high
    else { return one.value == other.value }
    return low <= high2 && low2 <= high
  }
}
