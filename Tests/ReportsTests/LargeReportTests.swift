import Foundation
import Tabular
import Testing

import Reports

/// A region of 1,500 communes with 50 indicators each, and its map.
@Suite struct LargeReportTests {
  typealias Place = (x: Double, y: Double)

  static let across = 50
  static let down = 30

  static let table: ReportTable = {
    let units = across * down
    var fields = [
      ReportTable.Field("code", .text, title: Message(en: "Code", fr: "Code")),
      ReportTable.Field("nom", .text, title: Message(en: "Commune", fr: "Commune")),
    ]
    var cells: [[Value]] = [
      (0..<units).map { .text("C\(10_000 + $0)") },
      (0..<units).map { .text("Commune de Saint-Exemple \($0)") },
    ]
    for place in 0..<50 {
      let name = Message(en: "Indicator \(place)", fr: "Indicateur \(place)")
      fields.append(ReportTable.Field("i\(place)", .decimal, title: name))
      cells.append(
        (0..<units).map { (unit: Int) -> Value in
          let number = unit * 7919 + place * 104_729
          let digits = number % 99_991
          return digits % 97 == 0 ? .null : .decimal(Decimal(digits: Int128(digits), scale: 1))
        })
    }
    return ReportTable(
      name: "communes", title: Message(en: "Communes", fr: "Communes"), fields: fields, cells: cells
    )
  }()

  /// Borders of a dozen points, alike for both sides of them.
  static let shapes: MapShapes = {
    func wiggle(_ x: Int, _ y: Int, _ step: Int) -> Double {
      let number = x * 31 + y * 17 + step * 7
      return Double(number % 13) / 300
    }
    func along(_ x: Int, _ y: Int) -> [Place] {
      (1..<12).map { (step: Int) -> Place in
        let share = Double(step) / 12
        return (x: Double(x) + share, y: Double(y) + wiggle(x, y, step))
      }
    }
    func up(_ x: Int, _ y: Int) -> [Place] {
      (1..<12).map { (step: Int) -> Place in
        let share = Double(step) / 12
        return (x: Double(x) + wiggle(x, y, step), y: Double(y) + share)
      }
    }
    func corner(_ x: Int, _ y: Int) -> Place { (x: Double(x), y: Double(y)) }
    let areas = (0..<across * down).map { unit -> MapShapes.Area in
      let (x, y) = (unit % across, unit / across)
      var ring: [Place] = [corner(x, y)]
      ring += along(x, y)
      ring.append(corner(x + 1, y))
      ring += up(x + 1, y)
      ring.append(corner(x + 1, y + 1))
      ring += along(x, y + 1).reversed()
      ring.append(corner(x, y + 1))
      ring += up(x, y).reversed()
      ring.append(corner(x, y))
      return MapShapes.Area(properties: ["insee": "C\(10_000 + unit)"], rings: [ring])
    }
    return MapShapes(areas)
  }()

  @Test func staysWithinItsSize() {
    var facts = ReportFacts(audience: Message(en: "Everyone", fr: "Tout le monde"))
    facts.asOf = 20_000
    let page = ReportPage(
      ReportDesign(title: Message(en: "Region", fr: "Région"), city: "Essai"),
      tables: [Self.table], sections: nil, shapes: Self.shapes, facts: facts, .fr
    ).markup
    #expect(page.utf8.count <= 1_500_000, "\(page.utf8.count) bytes")
    #expect(page.components(separatedBy: "<path ").count - 1 == 1500)
    #expect(page.contains("Commune de Saint-Exemple 1499"))
    // Every value stands in the page, in one table at least.
    #expect(page.components(separatedBy: "<td>").count > 1500 * 49)
  }

  /// The same with the ranking of an index: bars of both ends, and a list of all.
  @Test func aRankingOfManyShowsItsEndsAndListsAll() {
    let units = Self.across * Self.down
    let scores = (0..<units).map { Double($0 * 7919 % 9973) / 100 }
    let ranks = ReportTable(
      name: "ranks", title: Message(en: "Index", fr: "Indice"),
      fields: [
        .init("code", .text, title: Message(en: "Code", fr: "Code")),
        .init("nom", .text, title: Message(en: "Commune", fr: "Commune")),
        .init("index", .double, title: Message(en: "Index", fr: "Indice"), decimals: 1),
        .init("index_5", .double, title: Message(en: "Low", fr: "Bas"), decimals: 1),
        .init("index_95", .double, title: Message(en: "High", fr: "Haut"), decimals: 1),
      ],
      cells: Array(Self.table.cells.prefix(2)) + [
        scores.map { .double($0) }, scores.map { .double($0 - 2) }, scores.map { .double($0 + 2) },
      ])
    let kinds: [(ReportSection.Kind, String)] = [
      (.figures, "ranks"), (.map, "ranks"), (.ranking, "ranks"), (.table, "communes"),
    ]
    let sections = kinds.map { kind, table in
      var section = ReportSection(kind)
      section.table = table
      return section
    }
    let page = ReportPage(
      ReportDesign(title: Message(en: "Region", fr: "Région"), city: "Essai"),
      tables: [ranks, Self.table], sections: sections, shapes: Self.shapes,
      facts: ReportFacts(audience: Message(en: "Everyone", fr: "Tout le monde")), .fr
    ).markup
    #expect(page.utf8.count <= 1_500_000, "\(page.utf8.count) bytes")
    let ranking =
      page.components(separatedBy: "<section ").first { $0.contains("ranking-all") } ?? ""
    #expect(ranking.components(separatedBy: "class=\"mark\"").count - 1 == 100)
    // The head of each of the two tables, 100 bars, and everybody in the list.
    #expect(ranking.components(separatedBy: "<tr>").count - 1 == 2 + 100 + units)
    #expect(ranking.contains("les a toutes") && page.contains("les autres sont dans le classement"))
  }

  @Test func bordersBecomeFewPoints() {
    let drawing = MapDrawing(Self.shapes)
    let before = Self.shapes.areas.reduce(0) { $0 + $1.rings[0].count }
    #expect(drawing.vertices * 3 < before, "\(drawing.vertices) of \(before)")
    #expect(drawing.areas.allSatisfy { $0.path.hasPrefix("M") && $0.path.hasSuffix("z") })
  }
}
