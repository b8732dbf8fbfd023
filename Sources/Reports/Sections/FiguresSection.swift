import Tabular

/// The figures that a reader wants first. Of a table by period: the last whole period's, with the
/// change since the one before and a line of all. Of a table of units: how they are spread.
struct FiguresSection {
  let table: ReportTable
  let roles: BoundRoles
  let context: ReportContext

  /// No page begins with more.
  private static let most = 6

  var nodes: [HtmlNode] {
    if roles.period != nil, isOneRowAPeriod { return overTime }
    if table.rows == 1 { return [cards(roles.values.map { single($0) })] }
    return [cards(roles.values.prefix(Self.most).map { spread($0) })]
  }

  private func cards(_ cards: [HtmlNode]) -> HtmlNode {
    .element(.ul, [.style(.cards)], cards.prefix(Self.most).map { .of(.li, [.style(.card)], $0) })
  }

  private var isOneRowAPeriod: Bool {
    guard let period = roles.period else { return false }
    let texts = (0..<table.rows).map { table.text(period, $0, .en) ?? "" }
    return Set(texts).count == texts.count
  }

  private func figure(_ column: Int, _ value: String) -> [HtmlNode] {
    [
      .of(.span, [.style(.name)], context.title(table, column)),
      .of(.span, [.style(.value)], value),
    ]
  }

  private func single(_ column: Int) -> HtmlNode {
    let value = table.text(column, 0, context.language, withUnit: true) ?? "–"
    return .element(.div, [], figure(column, value) + quality(of: column, in: [0]))
  }

  /// How good the data of a figure are that is made of some rows.
  private func quality(of column: Int, in rows: [Int]) -> [HtmlNode] {
    let known = rows.count { table.cells[column][$0] != .null }
    return FigureQuality(table, known: known, of: rows.count, context.facts)?.nodes(context) ?? []
  }

  // MARK: - Over time

  /// The last whole period, by its row, and the one before.
  var shown: (row: Int, before: Int?, period: String)? {
    guard let period = roles.period else { return nil }
    let whole = inOrder(period).filter { isOver($0, period) }
    guard let last = whole.last ?? inOrder(period).last else { return nil }
    return (last, whole.dropLast().last, table.text(period, last, context.language) ?? "")
  }

  private func inOrder(_ period: Int) -> [Int] {
    (0..<table.rows).sorted { start($0, period) < start($1, period) }
  }

  private var overTime: [HtmlNode] {
    guard let period = roles.period, let shown else { return [] }
    let order = inOrder(period)
    let whole = order.filter { isOver($0, period) }
    var nodes: [HtmlNode] = []
    if let open = order.last, open != shown.row,
      let name = table.text(period, open, context.language)
    {
      let isOver = table.isOver(open, period, by: context.asOf)
      nodes.append(
        .of(
          .p, [.style(.note)],
          context.say(
            isOver
              ? ReportWords.notComplete(name, shown.period)
              : ReportWords.notOver(name, shown.period))))
    } else {
      nodes.append(.of(.p, [.style(.quiet)], Self.capitalised(shown.period)))
    }
    nodes.append(
      cards(
        roles.values.map { column in
          let value = table.text(column, shown.row, context.language, withUnit: true) ?? "–"
          var parts = figure(column, value)
          if let before = shown.before {
            parts.append(change(column, from: before, to: shown.row, period))
          }
          parts.append(Charts.spark(whole.map { table.number(column, $0) }))
          parts += quality(of: column, in: whole)
          return .element(.div, [], parts)
        }))
    return nodes
  }

  private func start(_ row: Int, _ period: Int) -> Int64 {
    switch table.cells[period][row] {
    case .date(let day): Int64(day)
    case .integer(let year): year
    default: 0
    }
  }

  private func isOver(_ row: Int, _ period: Int) -> Bool {
    table.isOver(row, period, by: context.lastDay(of: table))
  }

  /// How a value changed: a share's in points, any other's per cent.
  private func difference(_ column: Int, from before: Int, to last: Int) -> Double? {
    guard let old = table.number(column, before), let new = table.number(column, last) else {
      return nil
    }
    if table.fields[column].unit == "%" { return new - old }
    // Of nothing, no share can be told.
    return old == 0 ? nil : (new - old) / abs(old) * 100
  }

  /// The change as it is read; nil where there is no base.
  func changeText(_ column: Int, from before: Int, to last: Int) -> String? {
    difference(column, from: before, to: last).map { change in
      let digits = Typography.signed(change, decimals: 1, context.language)
      if table.fields[column].unit == "%" {
        let isOne = context.language == .fr && abs(change) < 2
        return digits + "\u{a0}" + (isOne ? "point" : "points")
      }
      return Typography.measured(digits, "%", context.language)
    }
  }

  private func change(_ column: Int, from before: Int, to last: Int, _ period: Int) -> HtmlNode {
    guard let change = difference(column, from: before, to: last),
      let text = changeText(column, from: before, to: last)
    else { return .of(.span, [.style(.change, .flat)], context.say(ReportWords.noBase)) }
    let against = context.say(
      ReportWords.against(table.text(period, before, context.language) ?? ""))
    // What is rounded away is no change.
    let isFlat = abs(change) < 0.05
    let sign = isFlat ? "=" : change > 0 ? "▲" : "▼"
    let style: HtmlAttribute.Style = isFlat ? .flat : change > 0 ? .up : .down
    return .of(
      .span, [.style(.change, style)], .of(.span, [.isDecoration], sign + " "),
      .of(.strong, [], text), .text(" " + against))
  }

  // MARK: - Units

  /// The middle of the units, the ends, and where all of them lie.
  private func spread(_ column: Int) -> HtmlNode {
    let sorted = table.numbers(column).sorted()
    let median = Distribution.quantile(sorted, 0.5)
    let told = (0..<table.rows).filter { table.number(column, $0) != nil }
    var parts = figure(
      column,
      sorted.isEmpty ? "–" : table.text(median, like: column, context.language))
    guard let low = told.min(by: { value($0, column) < value($1, column) }),
      let high = told.max(by: { value($0, column) < value($1, column) }), low != high
    else { return .element(.div, [], parts + quality(of: column, in: Array(0..<table.rows))) }
    parts.append(
      .of(
        .span, [.style(.change, .flat)],
        .text(
          context.say(ReportWords.median) + ", "
            + context.say(ReportWords.from(end(low, column), to: end(high, column))))))
    parts.append(Charts.box(sorted, ChartScale(sorted, fromZero: false)))
    return .element(.div, [], parts + quality(of: column, in: Array(0..<table.rows)))
  }

  private func value(_ row: Int, _ column: Int) -> Double { table.number(column, row) ?? 0 }

  private func end(_ row: Int, _ column: Int) -> String {
    let text = table.text(column, row, context.language) ?? "–"
    return roles.unit == nil ? text : text + " (\(roles.name(table, row, context.language)))"
  }

  static func capitalised(_ text: String) -> String {
    text.prefix(1).uppercased() + text.dropFirst()
  }
}
