import Tabular

/// Values over time: lines where they are few, else a small curve for each unit.
struct SeriesSection {
  let table: ReportTable
  let roles: BoundRoles
  let context: ReportContext

  private struct Series {
    let name: String
    let values: [Double?]
    /// The row of each period.
    let rows: [Int?]
  }

  /// More lines than this cannot be told apart.
  private static let most = 6

  var nodes: [HtmlNode] {
    guard let period = roles.period, let column = roles.values.first else { return [] }
    let periods = self.periods(period, column)
    let all = series(column, period, periods)
    guard periods.count > 1, !all.isEmpty else { return [] }
    let labels = periods.map { label($0, period) }
    let from = longLabel(periods[0], period)
    let to = longLabel(periods[periods.count - 1], period)
    let notes = open(period, column).map { name in
      HtmlNode.of(.p, [.style(.note)], context.say(ReportWords.notShown(name)))
    }
    if all.count > Self.most { return notes + [curves(all, column, from, to)] }
    let title = context.title(table, column)
    let text = ChartText(
      id: context.id("lines"), title: title,
      description: context.say(
        ReportWords.lines(
          title, series: described(all, column), from: from, to: to)))
    let picture = Charts.lines(
      all.map { ($0.name, $0.values) }, labels: labels, text
    ) { Typography.number($0, decimals: $0 == $0.rounded() ? 0 : 1, context.language) }
    var legend: [HtmlNode] = []
    if all.count > 1 {
      legend.append(
        .element(
          .ul, [.style(.legend)],
          all.enumerated().map { .of(.li, [], Charts.lineKey($0), .text($1.name)) }))
    }
    let caption = HtmlNode.element(
      .figcaption, [], [.of(.p, [], context.heading(table, column))] + legend)
    return notes + [
      .of(.figure, [.style(.figure)], caption, picture),
      .of(
        .details, [.style(.data)], .of(.summary, [], context.say(ReportWords.allValues)),
        values(all, periods, period, column)),
    ]
  }

  private func described(_ all: [Series], _ column: Int) -> String {
    let parts = all.map { one -> String in
      let known = one.values.compactMap { $0 }
      guard let first = known.first, let last = known.last else { return one.name }
      let text = { table.text($0, like: column, context.language) }
      return context.say(ReportWords.trend(one.name, text(first), text(last)))
    }
    return parts.joined(separator: context.language == .fr ? "\u{a0}; " : "; ")
  }

  /// From the first that has a value to the last.
  private func periods(_ period: Int, _ column: Int) -> [Int64] {
    let known = (0..<table.rows).filter { table.number(column, $0) != nil && isWhole($0, period) }
    let starts = known.compactMap { start($0, period) }
    guard let first = starts.min(), let last = starts.max() else { return [] }
    return Set((0..<table.rows).compactMap { start($0, period) })
      .filter { (first...last).contains($0) }.sorted()
  }

  /// Whether all data of a row's period are there: a line that ends in half a month tells a fall
  /// that has not been.
  private func isWhole(_ row: Int, _ period: Int) -> Bool {
    table.isOver(row, period, by: context.lastDay(of: table))
  }

  /// What the first period is called that has a value and is not whole.
  private func open(_ period: Int, _ column: Int) -> [String] {
    let rows = (0..<table.rows).filter {
      table.number(column, $0) != nil && !isWhole($0, period)
    }
    return rows.compactMap { start($0, period) }.min().map { [longLabel($0, period)] } ?? []
  }

  private func start(_ row: Int, _ period: Int) -> Int64? {
    switch table.cells[period][row] {
    case .date(let day): Int64(day)
    case .integer(let year): year
    default: nil
    }
  }

  private func label(_ start: Int64, _ period: Int) -> String {
    guard table.fields[period].type == .date else { return String(start) }
    return table.grains[period].shortText(Int(start), context.language)
  }

  private func longLabel(_ start: Int64, _ period: Int) -> String {
    guard table.fields[period].type == .date else { return String(start) }
    return table.grains[period].text(Int(start), context.language)
  }

  /// A series a unit; without units one of all.
  private func series(_ column: Int, _ period: Int, _ periods: [Int64]) -> [Series] {
    let places = Dictionary(uniqueKeysWithValues: periods.enumerated().map { ($1, $0) })
    var order: [String] = []
    var rows: [String: [Int?]] = [:]
    for row in 0..<table.rows {
      guard let start = start(row, period), let place = places[start] else { continue }
      let key = roles.key(table, row)
      if rows[key] == nil {
        order.append(key)
        rows[key] = Array(repeating: nil, count: periods.count)
      }
      rows[key]?[place] = row
    }
    return order.map { key in
      let rows = rows[key] ?? []
      let name = rows.compactMap { $0 }.first.map { roles.name(table, $0, context.language) }
      return Series(
        name: roles.unit == nil ? context.title(table, column) : name ?? key,
        values: rows.map { $0.flatMap { table.number(column, $0) } }, rows: rows)
    }
  }

  private func values(
    _ all: [Series], _ periods: [Int64], _ period: Int, _ column: Int
  ) -> HtmlNode {
    let rows = periods.enumerated().map { place, start -> [HtmlNode] in
      [.text(FiguresSection.capitalised(longLabel(start, period)))]
        + all.map { one in
          one.rows[place].map { context.cell(table, column, $0) } ?? .text("–")
        }
    }
    return context.table(
      "values", caption: context.heading(table, column),
      columns: [context.title(table, period)] + all.map(\.name), texts: [0], rows: rows)
  }

  /// A line of the table for each unit: curve, first, last, change.
  private func curves(_ all: [Series], _ column: Int, _ from: String, _ to: String) -> HtmlNode {
    let rows = all.map { one -> [HtmlNode] in
      let known = one.values.compactMap { $0 }
      let text = { (value: Double?) -> String in
        value.map { table.text($0, like: column, context.language, withUnit: false) } ?? "–"
      }
      var change = "–"
      if let first = known.first, let last = known.last, first != 0 {
        change = Typography.measured(
          Typography.signed((last - first) / abs(first) * 100, decimals: 1, context.language), "%",
          context.language)
      }
      return [
        .text(one.name), Charts.spark(one.values), .text(text(known.first)),
        .text(text(known.last)), .text(change),
      ]
    }
    let unit = roles.label.map { context.title(table, $0) } ?? context.say(ReportWords.unit)
    return HtmlPage.report(
      table: context.id("curves"),
      caption: context.say(ReportWords.trend(context.heading(table, column), from, to)),
      columns: [
        unit, context.say(ReportWords.curve), context.say(ReportWords.first),
        context.say(ReportWords.last), context.say(ReportWords.change),
      ], texts: [0, 1], header: 0, style: .bars, rows: rows)
  }
}
