import Tabular

/// A table whose cells are shaded by where their values lie among the others': units by measures,
/// or, of one measure, units by groups. The number stands in every cell.
struct HeatSection {
  let table: ReportTable
  let roles: BoundRoles
  let context: ReportContext

  var nodes: [HtmlNode] {
    guard roles.unit != nil, !roles.values.isEmpty else { return [] }
    return roles.isOneRowAUnit(table) || roles.group == nil ? byMeasure : byGroup
  }

  private var unitTitle: String {
    roles.label.map { context.title(table, $0) } ?? context.say(ReportWords.unit)
  }

  private var byMeasure: [HtmlNode] {
    let shown = roles.values.filter { !table.numbers($0).isEmpty }
    let empty = roles.values.filter { table.numbers($0).isEmpty }
    let shades = shown.map { ChoroplethClasses(table.numbers($0), .quantile(5)) }
    let rows = (0..<table.rows).map { row -> [HtmlRow.Cell] in
      [.init(.text(roles.name(table, row, context.language)), nil)]
        + zip(shown, shades).map { column, bounds in
          HtmlRow.Cell(
            context.cell(table, column, row),
            table.number(column, row).map { bounds.style(bounds.place(of: $0)) })
        }
    }
    let lead = Message(
      en:
        "The stronger the shade, the higher the value in its column; five shades of as many units.",
      fr: "Plus la teinte est marquée, plus la valeur est élevée dans sa colonne ; cinq teintes, "
        + "autant d’unités dans chacune.")
    let absent = empty.map { context.title(table, $0) }.joined(separator: ", ")
    return [
      .of(
        .p, [.style(.quiet)],
        context.say(lead)
          + (empty.isEmpty ? "" : " " + context.say(ReportWords.without(absent)))),
      HtmlPage.heat(
        table: context.id("heat"), caption: context.say(table.title),
        columns: [unitTitle] + shown.map { context.heading(table, $0) }, rows: rows),
    ]
  }

  private var byGroup: [HtmlNode] {
    guard let group = roles.group, let column = roles.values.first else { return [] }
    var (units, groups): ([String], [String]) = ([], [])
    var names: [String: String] = [:]
    var places: [String: [String: Int]] = [:]
    for row in 0..<table.rows {
      let (unit, kind) = (roles.key(table, row), table.text(group, row, context.language) ?? "–")
      if places[unit] == nil { units.append(unit) }
      if !groups.contains(kind) { groups.append(kind) }
      names[unit] = roles.name(table, row, context.language)
      places[unit, default: [:]][kind] = row
    }
    let bounds = ChoroplethClasses(table.numbers(column), .quantile(5))
    let rows = units.map { unit -> [HtmlRow.Cell] in
      [.init(.text(names[unit] ?? unit), nil)]
        + groups.map { kind in
          guard let row = places[unit]?[kind] else { return .init(.text("–"), nil) }
          return .init(
            context.cell(table, column, row),
            table.number(column, row).map { bounds.style(bounds.place(of: $0)) })
        }
    }
    return [
      HtmlPage.heat(
        table: context.id("heat"),
        caption: context.heading(table, column) + ", " + context.say(table.title),
        columns: [unitTitle] + groups, rows: rows)
    ]
  }
}

/// A row of cells that are shaded.
enum HtmlRow {
  struct Cell {
    let node: HtmlNode
    let shade: HtmlAttribute.Style?

    init(_ node: HtmlNode, _ shade: HtmlAttribute.Style?) {
      (self.node, self.shade) = (node, shade)
    }
  }
}
