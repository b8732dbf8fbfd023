import Ingest
import Tabular

/// Files that make one source of a new project, with what was found in them.
struct StarterSource {
  let name: String
  let files: [FileProfile]
  /// As the pipeline writes them: paths or one pattern.
  let paths: [String]
  let table: TableProfile
  /// What the pipeline has to declare for the files to be read as they were looked at.
  let dialect: DialectOptions
  /// What becomes of the records when the schema is applied.
  var counts = RecordCounts()

  /// Classes that somebody must answer for.
  var personalFields: Int { table.columns.count { $0.field.privacy != "plain" } }

  /// The source as a run would read it.
  func description(_ findings: Findings = Findings()) -> SourceDescription {
    var description = SourceDescription(
      name: name, files: files.map(\.file), schema: table.schema)
    description.dialect = dialect
    description.policy = table.hasDrift ? .union : nil
    description.rejectLimit = .share(Decimal(digits: 1, scale: 0))
    description.wanted = []
    description.findings = findings
    return description
  }

  /// Reads all files by the proposed schema, as a run will, and counts.
  /// - Throws: `IngestError`: what would stop a run.
  mutating func verify(_ resources: Resources) throws {
    var findings = Findings()
    while true {
      do {
        let scan = try SourceScan.open(description(findings), resources)
        while try scan.next() != nil {}
        counts = scan.report?.counts ?? RecordCounts()
        return
      } catch let disproved as GuessDisproved where disproved.findings != findings {
        findings = disproved.findings
      }
    }
  }

  /// The percentage of rejects that the run is to bear: about twice what was found.
  var rejectPercent: Int {
    let records = counts.passed + counts.rejected
    guard counts.rejected > 0, records > 0 else { return 1 }
    let steps = [1, 2, 3, 5, 8, 10, 15, 20, 25, 30, 40, 50, 75]
    return steps.first { $0 * records >= 200 * counts.rejected } ?? 100
  }

  /// The column to count by for everybody: plain, with few values that recur.
  var category: FileProfile.Column? {
    var best: (column: FileProfile.Column, score: Int)?
    for column in table.columns {
      guard let score = StarterSource.score(column), score > best?.score ?? 0 else { continue }
      best = (column, score)
    }
    return best?.column
  }

  private static func score(_ column: FileProfile.Column) -> Int? {
    guard column.field.privacy == "plain", let kinds = column.kinds, (2...60).contains(kinds),
      column.frequentKinds > 0
    else { return nil }
    var score = 10
    switch column.field.dataType {
    case .text: score += 20
    case .boolean: score += 5
    case .integer: break
    case .decimal, .double, .date, .datetime: return nil
    }
    let folded = NearMiss.folded(column.name)
    if preferred.contains(where: folded.contains) { score += 10 }
    if (3...30).contains(kinds) { score += 5 }
    if column.missing * 10 <= column.values { score += 3 }
    // A column that nobody has named says little.
    if folded.hasPrefix("column") { score -= 9 }
    return score
  }

  private static let preferred = [
    "categorie", "category", "type", "nature", "motif", "theme", "domaine", "quartier", "district",
    "secteur", "service", "arrondissement", "commune", "statut", "status", "zone",
  ]

  /// A date to count by month where there is no category.
  var date: FileProfile.Column? {
    table.columns.first {
      $0.field.privacy == "plain" && $0.field.dataType == .date && $0.values >= 11
    }
  }
}

/// Sorts files into sources: those of one family whose columns are mostly the same are one.
enum SourceGrouping {
  /// - Parameters:
  ///   - profiles: with the paths that the pipeline will write, relative to its folder.
  ///   - matching: the relative paths of all files that a pattern stands for.
  ///   - fallback: the name of a source whose files have only numbers for names.
  static func sources(
    _ profiles: [(profile: FileProfile, path: String)], fallback: String,
    matching: (String) -> [String]
  ) -> [StarterSource] {
    var groups: [[(profile: FileProfile, path: String)]] = []
    var families: [FileFamily] = []
    let sorted = profiles.sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
    for item in sorted {
      let family = FileFamily(item.path)
      let place = groups.indices.first { index in
        families[index] == family && areAlike(groups[index][0].profile, item.profile)
      }
      if let place {
        groups[place].append(item)
      } else {
        groups.append([item])
        families.append(family)
      }
    }
    let names = SafeName.names(
      families.map { $0.name(fallback: fallback) }, fallback: fallback)
    return zip(names, groups).map { name, group in
      let given = group.map(\.path)
      var paths = given
      if let pattern = FileFamily.pattern(given), matching(pattern) == given { paths = [pattern] }
      return StarterSource(
        name: name, files: group.map(\.profile), paths: paths,
        table: TableProfile.merged(group.map(\.profile)), dialect: dialect(group.map(\.profile)))
    }
  }

  /// Whether most columns of either are columns of the other, and both have a header or none.
  private static func areAlike(_ left: FileProfile, _ right: FileProfile) -> Bool {
    let (a, b) = (Set(left.columns.map(\.name)), Set(right.columns.map(\.name)))
    guard left.dialect.hasHeader == right.dialect.hasHeader else { return false }
    guard left.dialect.hasHeader else { return a == b }
    return a.intersection(b).count * 5 >= max(a.count, b.count) * 3
  }

  /// What all files have in common and a later look at one of them might see otherwise. UTF-8 is
  /// proven byte by byte each time, and better left to that.
  private static func dialect(_ files: [FileProfile]) -> DialectOptions {
    var options = DialectOptions()
    guard let first = files.first?.dialect else { return options }
    func agree<Value: Equatable>(_ part: KeyPath<Dialect, Value>) -> Bool {
      files.allSatisfy { $0.dialect[keyPath: part] == first[keyPath: part] }
    }
    if agree(\.encoding), first.encoding != .utf8 { options.encoding = first.encoding }
    if agree(\.delimiter) { options.delimiter = first.delimiter }
    if agree(\.quote) { options.quote = .some(first.quote) }
    if agree(\.escape) { options.escape = .some(first.escape) }
    if !first.hasHeader { options.hasHeader = false }
    return options
  }
}
