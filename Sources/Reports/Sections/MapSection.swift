import Tabular

/// A map whose areas are coloured by class, its legend, and the same values as a table.
struct MapSection {
  let table: ReportTable
  let roles: BoundRoles
  let classes: MapClasses
  let shapes: MapShapes
  let drawing: MapDrawing
  let context: ReportContext

  var nodes: [HtmlNode] {
    guard let column = roles.values.first, roles.unit != nil else { return [] }
    var rows: [String: Int] = [:]
    for row in 0..<table.rows { rows[roles.key(table, row)] = row }
    guard let property = shapes.property(naming: Set(rows.keys)) else {
      return [.of(.p, [.style(.warning)], context.say(ReportWords.noMap))]
    }
    let values = table.numbers(column)
    let bounds = ChoroplethClasses(values, classes)
    var areas: [HtmlNode] = []
    var numbers: [HtmlNode] = []
    let isNumbered = shapes.areas.count <= 80
    for (index, area) in shapes.areas.enumerated() {
      let drawn = drawing.areas[index]
      guard !drawn.path.isEmpty else { continue }
      let row = area.properties[property].flatMap { rows[$0] }
      let value = row.flatMap { table.number(column, $0) }
      let name =
        row.map { roles.name(table, $0, context.language) } ?? area.properties[property] ?? ""
      let text = row.flatMap { table.text(column, $0, context.language, withUnit: true) }
      let place = value.map(bounds.place)
      areas.append(
        .of(
          .path, [.style(place.map(bounds.style) ?? .missing), .svg(.d, drawn.path)],
          .of(
            .title, [],
            name + (context.language == .fr ? "\u{a0}: " : ": ")
              + (text ?? context.say(ReportWords.noData)))))
      guard isNumbered, let place, drawn.extent > 44 else { continue }
      numbers.append(
        .of(
          .text,
          [
            .style(bounds.style(place), .mapNumber), .svg(.x, Double(drawn.centre.x)),
            .svg(.y, Double(drawn.centre.y) + 9), .svg(.anchor, "middle"),
          ], String(place + 1)))
    }
    let text = self.text(column, bounds)
    let picture = HtmlNode.element(
      .svg,
      [.style(.map), .svg(.viewBox, "0 0 \(drawing.width) \(drawing.height)")]
        + HtmlAttribute.picture(text.id),
      text.nodes + [.element(.g, [], areas), .element(.g, [.isDecoration], numbers)])
    return [
      .of(
        .div, [.style(.split)],
        .of(.figure, [.style(.figure)], picture, legend(column, bounds, isNumbered)),
        .of(.div, [.style(.side)], valueTable(column, bounds)))
    ]
  }

  /// Units that are named at each end.
  private static let ends = 3

  private func text(_ column: Int, _ bounds: ChoroplethClasses) -> ChartText {
    let told = (0..<table.rows).compactMap { row in table.number(column, row).map { (row, $0) } }
      .sorted { ($1.1, $0.0) < ($0.1, $1.0) }.map(\.0)
    func named(_ rows: some Sequence<Int>) -> String {
      let names = rows.map { row in
        let text = table.text(column, row, context.language, withUnit: true) ?? "–"
        return roles.name(table, row, context.language) + " (\(text))"
      }
      return Typography.list(names, context.language)
    }
    let count = min(Self.ends, max(told.count / 2, 1))
    let median = Distribution.quantile(table.numbers(column).sorted(), 0.5)
    var sentences = [
      ReportWords.mapDescription(
        units: context.count(told.count), classes: context.count(bounds.count),
        high: named(told.prefix(count)), low: named(told.suffix(count).reversed()),
        median: table.text(median, like: column, context.language))
    ]
    let missing = table.rows - told.count
    if missing > 0 { sentences.append(ReportWords.mapMissing(context.count(missing))) }
    sentences.append(ReportWords.mapTable)
    return ChartText(
      id: context.id("map"), title: context.say(ReportWords.mapTitle(context.title(table, column))),
      description: sentences.map(context.say).joined(separator: " "))
  }

  private func legend(_ column: Int, _ bounds: ChoroplethClasses, _ isNumbered: Bool) -> HtmlNode {
    var counts = [Int](repeating: 0, count: bounds.count)
    for value in table.numbers(column) { counts[bounds.place(of: value)] += 1 }
    var entries = (0..<bounds.count).map { place -> HtmlNode in
      let (from, to) = bounds.range(place)
      let number = { table.text($0, like: column, context.language, withUnit: false) }
      let range = context.say(ReportWords.from(number(from), to: number(to)))
      return .of(
        .li, [],
        .of(.span, [.style(.swatch, bounds.style(place))], isNumbered ? String(place + 1) : ""),
        .text(range + " "), .of(.span, [.style(.quiet)], "(\(context.count(counts[place])))"))
    }
    let missing = table.rows - table.numbers(column).count
    if missing > 0 {
      entries.append(
        .of(
          .li, [], .of(.span, [.style(.swatch, .missing)], "–"),
          .text(context.say(ReportWords.noData) + " "),
          .of(.span, [.style(.quiet)], "(\(context.count(missing)))")))
    }
    return .of(
      .figcaption, [],
      .of(.p, [], context.heading(table, column)),
      .element(.ul, [.style(.legend)], entries))
  }

  /// The map's values, the highest first.
  private func valueTable(_ column: Int, _ bounds: ChoroplethClasses) -> HtmlNode {
    let order = (0..<table.rows).sorted { left, right in
      let (a, b) = (table.number(column, left), table.number(column, right))
      return (a ?? -.infinity, right) > (b ?? -.infinity, left)
    }
    let isInData = context.tablesShown.contains(table.name)
    let isRanked = context.listed.contains(.init(table: table.name, column: column))
    let ends = isInData || isRanked ? context.ends(of: order) : nil
    let told = isInData ? ReportWords.bothEnds : ReportWords.bothEndsRanked
    let rows = (ends ?? order).map { row -> [HtmlNode] in
      let place = table.number(column, row).map { String(bounds.place(of: $0) + 1) }
      return [
        .text(roles.name(table, row, context.language)), context.cell(table, column, row),
        .text(place ?? "–"),
      ]
    }
    let unit = roles.label.map { context.title(table, $0) } ?? context.say(ReportWords.unit)
    return context.table(
      "map-values",
      caption: context.say(ends == nil ? ReportWords.allValues : told),
      columns: [
        unit, context.heading(table, column), context.say(Message(en: "Class", fr: "Classe")),
      ], texts: [0], rows: rows)
  }
}
