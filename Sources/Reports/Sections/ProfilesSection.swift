import Tabular

/// What there is to know of each unit: its values, its rank, and where it lies among the others.
struct ProfilesSection {
  let table: ReportTable
  let roles: BoundRoles
  /// Where ranks lie, where they are in doubt.
  let ranks: RankIntervals?
  let context: ReportContext

  /// Lines that all profiles together may have.
  private static let most = 1500

  var nodes: [HtmlNode] {
    guard roles.unit != nil, !roles.values.isEmpty else { return [] }
    guard table.rows * roles.values.count <= Self.most else {
      return [.of(.p, [.style(.note)], context.say(ReportWords.tooMany(context.count(table.rows))))]
    }
    let measures = roles.values.map { Measure(table, $0) }.filter { !$0.sorted.isEmpty }
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

    /// Where a value stands: 0 for the best, 1 for the last.
    func place(_ value: Double, lessIsBetter: Bool) -> Double {
      let better = sorted.count { lessIsBetter ? $0 < value : $0 > value }
      let same = sorted.count { $0 == value }
      return (Double(better) + Double(same - 1) / 2) / Double(max(sorted.count - 1, 1))
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
    let told = (ranks?.text(roles.key(table, row), context)).map {
      [HtmlNode.of(.p, [.style(.standing)], $0)]
    }
    return .element(
      .details, [.style(.profile)],
      [.of(.summary, [], name)] + (told ?? []) + standing(row, measures) + [lines])
  }

  /// Units of which fewer are no ranking, measures that are told at each end, and the share of
  /// units that is near an end.
  private static let (fewest, mostTold, end) = (4, 3, 0.25)

  /// Where the unit is among the best and the last quarter, in measures of which is known which end
  /// is the better one.
  private func standing(_ row: Int, _ measures: [Measure]) -> [HtmlNode] {
    var places: [(place: Double, text: String)] = []
    var seen: Set<[Value]> = []
    for measure in measures where measure.sorted.count >= Self.fewest {
      // What is made of one part alone says what the part says.
      guard seen.insert(table.cells[measure.column]).inserted else { continue }
      let field = table.fields[measure.column]
      guard let less = field.lessIsBetter, let value = table.number(measure.column, row),
        !RankIntervals.isOfAll(field.name), measure.sorted.first != measure.sorted.last
      else { continue }
      let rank = ReportWords.rankOf(
        measure.rank(value, lessIsBetter: less), context.count(measure.sorted.count))
      let standing = ReportWords.standing(context.title(table, measure.column), context.say(rank))
      places.append((measure.place(value, lessIsBetter: less), context.say(standing)))
    }
    let strong = places.filter { $0.place <= Self.end }.sorted { $0.place < $1.place }
    let weak = places.filter { $0.place >= 1 - Self.end }.sorted { $0.place > $1.place }
    return [(ReportWords.strengths, strong), (ReportWords.weaknesses, weak)].compactMap {
      title, found in
      guard !found.isEmpty else { return nil }
      let colon = context.language == .fr ? "\u{a0}: " : ": "
      return .of(
        .p, [.style(.standing)], .of(.strong, [], context.say(title) + colon),
        .text(found.prefix(Self.mostTold).map(\.text).joined(separator: ", ")))
    }
  }
}
