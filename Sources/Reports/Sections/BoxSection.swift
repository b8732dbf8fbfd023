import Tabular

/// How values are spread: a box a group, or a box a measure, with the numbers beside it.
struct BoxSection {
  let table: ReportTable
  let roles: BoundRoles
  let context: ReportContext

  var nodes: [HtmlNode] {
    guard let column = roles.values.first else { return [] }
    guard let group = roles.group else {
      return [
        boxes(
          roles.values.map { (context.heading(table, $0), table.numbers($0), $0) }, shared: false,
          context.say(ReportWords.indicator), context.say(table.title))
      ]
    }
    var order: [String] = []
    var values: [String: [Double]] = [:]
    for row in 0..<table.rows {
      guard let number = table.number(column, row) else { continue }
      let kind = table.text(group, row, context.language) ?? "–"
      if values[kind] == nil { order.append(kind) }
      values[kind, default: []].append(number)
    }
    return [
      boxes(
        order.sorted().map { ($0, values[$0] ?? [], column) }, shared: true,
        context.title(table, group), context.heading(table, column))
    ]
  }

  private func boxes(
    _ boxes: [(name: String, values: [Double], column: Int)], shared: Bool, _ head: String,
    _ caption: String
  ) -> HtmlNode {
    let common = ChartScale(boxes.flatMap(\.values), fromZero: false)
    let rows = boxes.map { box -> [HtmlNode] in
      let sorted = box.values.sorted()
      let scale = shared ? common : ChartScale(sorted, fromZero: false)
      let numbers = [0, 0.25, 0.5, 0.75, 1].map { share -> HtmlNode in
        .text(
          sorted.isEmpty
            ? "–"
            : table.text(
              Distribution.quantile(sorted, share), like: box.column, context.language,
              withUnit: false))
      }
      let picture = sorted.isEmpty ? HtmlNode.text("–") : Charts.box(sorted, scale)
      return [.text(box.name), picture, .text(context.count(sorted.count))] + numbers
    }
    return HtmlPage.report(
      table: context.id("box"), caption: caption,
      columns: [
        head, "", context.say(Message(en: "Number", fr: "Nombre")),
        context.say(Message(en: "Least", fr: "Minimum")),
        context.say(Message(en: "1st quartile", fr: "1er quartile")),
        context.say(ReportWords.median),
        context.say(Message(en: "3rd quartile", fr: "3e quartile")),
        context.say(Message(en: "Greatest", fr: "Maximum")),
      ], texts: [0, 1], header: 0, style: .bars, rows: rows)
  }
}
