import Tabular

/// What there is to know of each unit: its values, its rank, and where it lies among the others.
struct ProfilesSection {
  let table: ReportTable
  let roles: BoundRoles
  let context: ReportContext

  /// Lines that all profiles together may have.
  private static let most = 1500

  var nodes: [HtmlNode] {
    guard roles.unit != nil, !roles.values.isEmpty else { return [] }
    guard table.rows * roles.values.count <= Self.most else {
      return [.of(.p, [.style(.note)], context.say(ReportWords.tooMany(context.count(table.rows))))]
    }
    let measures = roles.values.map { Measure(table, $0) }
    return [
      .element(
        .div, [.style(.profiles)], (0..<table.rows).map { profile($0, measures) })
    ]
  }

  /// A column with what all profiles need of it.
  private struct Measure {
    let column: Int
    let sorted: [Double]
    let scale: ChartScale
    let median: Double

    init(_ table: ReportTable, _ column: Int) {
      self.column = column
      sorted = table.numbers(column).sorted()
      scale = ChartScale(sorted, fromZero: false)
      median = Distribution.quantile(sorted, 0.5)
    }

    /// Positions that a value has, from the best; more than one when others have the same.
    func rank(_ value: Double, lessIsBetter: Bool) -> String {
      let better = sorted.count { lessIsBetter ? $0 < value : $0 > value }
      let same = sorted.count { $0 == value }
      return same > 1 ? "\(better + 1)\u{2013}\(better + same)" : String(better + 1)
    }
  }

  private func profile(_ row: Int, _ measures: [Measure]) -> HtmlNode {
    let name = roles.name(table, row, context.language)
    let rows = measures.map { measure -> [HtmlNode] in
      let field = table.fields[measure.column]
      guard let value = table.number(measure.column, row) else {
        return [
          .text(context.heading(table, measure.column)), context.cell(table, measure.column, row),
          .text("–"), .text(""),
        ]
      }
      let rank = measure.rank(value, lessIsBetter: field.lessIsBetter ?? false)
      return [
        .text(context.heading(table, measure.column)), context.cell(table, measure.column, row),
        .text(context.say(ReportWords.rankOf(rank, context.count(measure.sorted.count)))),
        Charts.dot(value, low: nil, high: nil, median: measure.median, measure.scale),
      ]
    }
    let lines = HtmlPage.report(
      table: context.id("profile-\(row)"), caption: name,
      columns: [
        context.say(ReportWords.indicator), context.say(ReportWords.value),
        context.say(ReportWords.rank), context.say(ReportWords.position),
      ], texts: [0, 3], header: 0, style: .profile, rows: rows)
    return .of(.details, [.style(.profile)], .of(.summary, [], name), lines)
  }
}
