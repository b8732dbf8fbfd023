import Foundation
import TestSupport
import Testing

/// What is stated of published tables, against pycanon and against a recount of their cells.
@Suite struct PublishedClassesTests {
  private static let quasi = ["age", "sexe", "quartier", "diplome"]
  private static let files =
    "{age: ages.csv, sexe: sexes.csv, quartier: quartiers.csv, diplome: diplomes.csv}"

  /// A field as pycanon judges it.
  private struct Judged: Decodable {
    let l: Int
    let entropy: Double
    let t_equal: Double
    let t_ordered: Double?
    let beta: Double
    let delta: Double
  }

  private struct Judgement: Decodable {
    let k: Int
    let metier: Judged
    let revenu: Judged
  }

  private func judgement(_ file: String, _ quasi: [String]) throws -> Judgement {
    guard let python = Program.python else {
      throw ProjectError(text: "no Python with the oracles: run `make test`")
    }
    let script = Repository.root.appending(path: "Tests/EndToEndTests/oracles/classes.py")
    let result = try Program.run(
      python, [script.path, file, quasi.joined(separator: ","), "metier,revenu"],
      in: Repository.root)
    try #require(result.status == 0, "\(result.errors)")
    return try JSONDecoder().decode(Judgement.self, from: Data(result.output.utf8))
  }

  /// With and without rows left out, at one level a field, at several, and in ranges.
  @Test(arguments: [
    "{k: 5, person: row, quasi: \(files), sensitive: {metier: {distinct: 3, closeness: 0.4}, "
      + "revenu: {distinct: 2, closeness: 0.25, ground: ordered}}}",
    "{k: 8, person: row, quasi: \(files), suppress_at_most: 5%, objective: discernibility, "
      + "sensitive: {metier: {distinct: 4}, revenu: {entropy: 2.5}}}",
    "{k: 5, person: row, quasi: \(files), local_recoding: 8, objective: entropy, "
      + "sensitive: {metier: {distinct: 2, likeness: {beta: 4}}, revenu: {disclosure: 3}}}",
    "{k: 6, person: row, quasi: {age: ranges, diplome: ranges}, "
      + "sensitive: {metier: {distinct: 3, closeness: 0.3}, revenu: {distinct: 2}}}",
  ])
  func pycanonFindsWhatIsStated(_ stage: String) throws {
    let project = try CensusProject(rows: 4000, stage: stage)
    let isRanged = stage.contains("ranges")
    if isRanged { try project.dropping(["sexe", "quartier"]) }
    let run = try project.octroi(["run", "census.yml"])
    #expect(run.status == 0, "\(run.errors)")
    let file = project.folder.url.appending(path: CensusProject.published)
    let quasi = isRanged ? ["age", "diplome"] : Self.quasi
    let judged = try judgement(file.path, quasi)
    let counted = try PublishedClasses(file, quasi)
    #expect(judged.k == counted.k)
    #expect(judged.k >= (stage.contains("k: 8") ? 8 : stage.contains("k: 6") ? 6 : 5))
    for (name, field) in [("metier", judged.metier), ("revenu", judged.revenu)] {
      let spread = counted.spread(name)
      #expect(field.l == spread.distinct)
      #expect(abs(field.t_equal - spread.equal) < 1e-9)
      #expect(abs(field.beta - spread.beta) < 1e-9)
      if let ordered = field.t_ordered { #expect(abs(ordered - spread.ordered) < 1e-9) }
    }
    let (job, pay) = (judged.metier, judged.revenu)
    if stage.contains("closeness: 0.4") {
      #expect(job.l >= 3 && job.t_equal <= 0.4 && pay.l >= 2 && (pay.t_ordered ?? 1) <= 0.25)
    } else if stage.contains("k: 8") {
      // Rows left out change the whole, but not what classes have of it.
      #expect(job.l >= 4 && pay.entropy >= 2)
    } else if stage.contains("beta: 4") {
      #expect(job.l >= 2 && job.beta <= 4 && pay.delta < 3)
    } else {
      #expect(job.l >= 3 && job.t_equal <= 0.3 && pay.l >= 2)
    }
  }

  /// Each class is alike to enough inhabitants, and half of them at most are in the table.
  @Test func aPopulationIsCounted() throws {
    let project = try CensusProject(
      rows: 1500,
      stage: "{k: 5, person: row, quasi: {age: ages.csv, quartier: quartiers.csv}, "
        + "suppress_at_most: 5%, population: {table: population, count: habitants, k_map: 60, "
        + "presence_at_most: 0.5}}")
    try project.dropping(["sexe", "diplome", "metier", "revenu"])
    try project.addPopulation()
    let run = try project.octroi(["run", "census.yml"])
    #expect(run.status == 0, "\(run.errors)")
    let solved = try #require(project.text(CensusProject.published))
    var classes: [Substring: Int] = [:]
    for line in solved.split(whereSeparator: \.isNewline).dropFirst() {
      classes[line, default: 0] += 1
    }
    // Published ages are of one level, and so are districts.
    let population = try #require(project.text("population.csv")).split(separator: "\n").dropFirst()
      .map { $0.split(separator: ",") }
    func tree(_ file: String) -> [Substring: Set<Substring>] {
      var tree: [Substring: Set<Substring>] = [:]
      for line in (project.text(file) ?? "").split(separator: "\n") {
        let cells = line.split(separator: ";")
        for cell in cells { tree[cell, default: []].insert(cells[0]) }
      }
      return tree
    }
    let (ages, districts) = (tree("ages.csv"), tree("quartiers.csv"))
    #expect(classes.count > 3)
    for (line, rows) in classes {
      let cells = line.split(separator: ",")
      let alike = population.filter {
        ages[cells[0]]?.contains($0[0]) == true && districts[cells[1]]?.contains($0[1]) == true
      }.compactMap { Int($0[2]) }.reduce(0, +)
      #expect(rows >= 5 && alike >= 60 && rows * 2 <= alike)
    }
  }

  /// The city's requests, whose persons have several rows each.
  @Test func theSampleCitysRequestsAreHidden() throws {
    let project = try Project()
    try project.folder.write(
      """
      octroi: 1
      pipeline: classes
      purpose: recherche
      charter: charte.yml
      parameters:
        jour: {type: date, default: yesterday}
      sources:
        demandes:
          path: ../SampleData/demandes/demandes-*.csv.gz
          schema: ../SampleData/demandes/schema.json
          dialect: {encoding: windows-1252, delimiter: ";"}
          reject: {at_most: 20%}
          governance: demandes
      steps:
        cachees:
          from: demandes
          stages:
            - filter: courriel is not null and naissance is not null and ouverture <= :jour
            - derive: {courriel: lower(courriel), quartier: upper(trim(quartier))}
            - filter: quartier <> 'Q99'
            - pseudonymise: {fields: [courriel], scope: recherche-2026}
            - select: [courriel, naissance, quartier, categorie]
            - k_anonymise:
                k: 5
                person: courriel
                quasi:
                  naissance: ../seeds/hierarchies/dates.csv
                  quartier: ../seeds/hierarchies/quartiers.csv
                suppress_at_most: 5%
                local_recoding: 3
                sensitive: {categorie: {distinct: 2}}
      outputs:
        cachees: {from: cachees, audience: research, path: ../out/recherche/cachees.csv}

      """, to: "Pipelines/classes.yml")
    let lock = try project.octroi("check", "Pipelines/classes.yml", "--lock")
    #expect(lock.status == 0, "\(lock.errors)")
    _ = try project.run("Pipelines/classes.yml")
    let file = project.folder.url.appending(path: "out/recherche/cachees.csv")
    let counted = try PublishedClasses(file, ["naissance", "quartier"], person: "courriel")
    #expect(counted.k >= 5 && counted.classes > 1)
    #expect(counted.spread("categorie").distinct >= 2)
  }
}

/// Classes of a published file, counted from its cells: slow and obvious.
struct PublishedClasses {
  private let header: [String]
  private let rows: [[String]]
  private let groups: [[Int]]
  /// Persons of the smallest class, or rows.
  let k: Int
  var classes: Int { groups.count }

  init(_ file: URL, _ quasi: [String], person: String? = nil) throws {
    // No cell of these tables needs quotes.
    let lines = try String(contentsOf: file, encoding: .utf8).split(whereSeparator: \.isNewline)
      .map { $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init) }
    let header = lines.first ?? []
    let rows = Array(lines.dropFirst())
    let columns = quasi.compactMap { header.firstIndex(of: $0) }
    var classes: [[String]: [Int]] = [:]
    for (index, row) in rows.enumerated() {
      classes[columns.map { row[$0] }, default: []].append(index)
    }
    (self.header, self.rows, groups) = (header, rows, Array(classes.values))
    let told = person.flatMap { header.firstIndex(of: $0) }
    let sizes = classes.values.map { own in
      guard let told else { return own.count }
      return Set(own.map { rows[$0][told] }).count
    }
    k = sizes.min() ?? 0
  }

  /// What the worst class has of a field.
  func spread(_ name: String) -> (distinct: Int, equal: Double, ordered: Double, beta: Double) {
    let column = header.firstIndex(of: name) ?? 0
    let cells = rows.map { $0[column] }
    let values = Set(cells).sorted { (Int($0) ?? 0, $0) < (Int($1) ?? 0, $1) }
    func frequencies(_ rows: [Int]) -> [Double] {
      var counts: [String: Int] = [:]
      for row in rows { counts[cells[row], default: 0] += 1 }
      return values.map { Double(counts[$0] ?? 0) / Double(rows.count) }
    }
    let whole = frequencies(Array(cells.indices))
    var worst = (distinct: Int.max, equal: 0.0, ordered: 0.0, beta: 0.0)
    for own in groups {
      let here = frequencies(own)
      worst.distinct = min(worst.distinct, here.count { $0 > 0 })
      let differences = zip(here, whole).map { $0 - $1 }
      worst.equal = max(worst.equal, differences.map { abs($0) }.reduce(0, +) / 2)
      var (carried, moved) = (0.0, 0.0)
      for difference in differences {
        carried += difference
        moved += abs(carried)
      }
      worst.ordered = max(worst.ordered, moved / Double(max(values.count - 1, 1)))
      worst.beta = max(worst.beta, zip(differences, whole).map { $0 / $1 }.max() ?? 0)
    }
    return worst
  }
}
