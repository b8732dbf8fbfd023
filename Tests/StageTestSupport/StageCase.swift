import Foundation
import Octroi
import StageKit
import Tabular
import TestSupport

/// A golden case of one stage (or a short chain of them): `case.yml` in a folder of its own.
///
/// `stages` as in a pipeline (left out: the stage's own example); `input` and `tables` as
/// `TestTable` reads them; `parameters` with `type` and `value`.
public struct StageCase: Sendable {
  public let stage: String
  public let name: String
  /// Relative to the repository's root.
  public let folder: String
  public let input: TestTable
  public let tables: [String: TestTable]
  public let parameters: [String: ParameterValue]
  /// Name and body of each stage, with the position of its name.
  public let stages: [SpecNode.Entry]
  /// Whether the stage's own example is run.
  public let isExample: Bool

  static let root = "Tests/GoldenTests/cases/stages"

  /// All cases, by stage, then name.
  public static func all() throws -> [StageCase] {
    try Repository.files(in: root, extension: "yml").map { try StageCase($0) }
  }

  init(_ file: SourceFile) throws {
    let parts = file.path.split(separator: "/").map(String.init)
    guard parts.count == 7, parts[6] == "case.yml" else {
      throw TestTextError("\(file.path): cases lie in \(Self.root)/<stage>/<case>/case.yml")
    }
    (stage, name) = (parts[4], parts[5])
    folder = parts.dropLast().joined(separator: "/")
    let node = try YamlText.node(file.text, file: "case.yml")
    let known = ["stages", "input", "tables", "parameters"]
    if let odd = node.entries?.first(where: { !known.contains($0.key) }) {
      throw TestTextError("\(file.path): unknown key \(odd.key)")
    }
    input = try TestTable(
      node["input"] ?? SpecNode(.mapping([]), at: node.position), source: "entree")
    tables = try Dictionary(
      (node["tables"]?.entries ?? []).map { ($0.key, try TestTable($0.value, source: $0.key)) },
      uniquingKeysWith: { $1 })
    parameters = try Self.parameters(node["parameters"])
    isExample = node["stages"] == nil
    stages = try isExample ? Self.example(stage) : (node["stages"]?.items ?? []).map(Self.entry)
  }

  private static func example(_ stage: String) throws -> [SpecNode.Entry] {
    guard let type = StageCatalog.all.first(where: { $0.declaration.name == stage }) else {
      throw TestTextError("no stage is called \(stage)")
    }
    return [try entry(YamlText.node(type.declaration.example, file: "example"))]
  }

  private static func entry(_ node: SpecNode) throws -> SpecNode.Entry {
    if let entry = node.entries?.first, node.entries?.count == 1 { return entry }
    throw TestTextError("a stage is a mapping of one key: its name")
  }

  private static func parameters(_ node: SpecNode?) throws -> [String: ParameterValue] {
    var found: [String: ParameterValue] = [:]
    for entry in node?.entries ?? [] {
      let types: [DataType] = [.text, .integer, .decimal, .date]
      guard let type = types.first(where: { $0.name == entry.value["type"]?.text }),
        let value = entry.value["value"]?.text.flatMap({ CellText.value($0, type) })
      else { throw TestTextError("parameter \(entry.key) needs type and value") }
      found[entry.key] = ParameterValue(type: type, value: value)
    }
    return found
  }

  // MARK: Binding

  /// The stages bound one after the other, up to the first that is rejected.
  public struct Bound {
    public let stages: [any Stage]
    public let diagnostics: Diagnostics
    /// Whether all stages were bound without errors.
    public let isSound: Bool
  }

  public func bind() -> Bound {
    let diagnostics = Diagnostics()
    var facts = input.facts
    var bound: [any Stage] = []
    for entry in stages {
      guard let stage = bind(entry, facts, diagnostics) else { break }
      bound.append(stage)
      facts = stage.output
    }
    let isSound = bound.count == stages.count && !diagnostics.hasErrors
    return Bound(stages: bound, diagnostics: diagnostics, isSound: isSound)
  }

  private func bind(
    _ entry: SpecNode.Entry, _ facts: Facts, _ diagnostics: Diagnostics
  ) -> (any Stage)? {
    guard let type = StageCatalog.all.first(where: { $0.declaration.isCalled(entry.key) }),
      let options = OptionDecoder(diagnostics).options(
        of: type.declaration, body: entry.value, at: entry.keyPosition)
    else { return nil }
    let folder = Repository.root.appending(path: folder).path
    let binding = Binding(
      input: facts, tables: tables.mapValues(\.facts), parameters: parameters,
      diagnostics: diagnostics,
      resolveFile: { $0.text.map { folder + "/" + $0 } })
    return try? type.init(options, binding)
  }

  // MARK: Running

  /// What a run of all stages gave.
  public struct Outcome {
    public let facts: Facts
    public let rows: [[Value]]
    /// Each stage's counts.
    public let tallies: [Tally]
    /// What the stages told the author.
    public let remarks: [Message]
    /// Columns that the last stage gave as absent.
    public let absent: Set<String>
  }

  /// - Parameters:
  ///   - wanted: names of the last stage's fields; what is not needed for them is left out of the
  ///     input. Nil for all.
  public func run(
    _ bound: [any Stage], rowsEach: Int, workers: Int, wanted: Set<String>? = nil
  ) throws -> Outcome {
    // What each stage is asked for, last first.
    var asked: [Set<String>] = []
    var needed = wanted ?? []
    for stage in bound.reversed() {
      asked.append(wanted == nil ? Set(stage.output.names) : needed)
      needed = stage.needs(needed)
    }
    let left = wanted == nil ? [] : Set(input.facts.names).subtracting(needed)
    var batches = try input.batches(rowsEach: rowsEach, absent: left)
    var tallies: [Tally] = []
    let remarks = Remarks()
    for (stage, wanted) in zip(bound, asked.reversed()) {
      var sides: [String: HeldBatches] = [:]
      for side in stage.sides(wanted) {
        guard let table = tables[side.table] else { continue }
        let unread = Set(table.facts.names).subtracting(side.fields)
        sides[side.table] = HeldBatches(
          try table.batches(rowsEach: rowsEach, absent: unread))
      }
      let context = StageContext(
        wanted: wanted, sides: sides, keys: TestKeys(), resources: StageRun.resources,
        vault: TestVault(),
        remark: { remarks.add($0) })
      let result = try StageRun.run(
        try stage.operation(context), batches, workers: workers)
      batches = result.batches
      tallies.append(result.tally)
    }
    let facts = bound.last?.output ?? input.facts
    var rows: [[Value]] = []
    var absent: Set<String> = []
    for batch in batches {
      try check(batch, facts)
      for (field, column) in zip(facts.fields, batch.columns) where column.isAbsent {
        absent.insert(field.name)
      }
      for row in 0..<batch.rowCount { rows.append(batch.columns.map { $0.value(row) }) }
    }
    return Outcome(facts: facts, rows: rows, tallies: tallies, remarks: remarks.all, absent: absent)
  }

  private func check(_ batch: Batch, _ facts: Facts) throws {
    guard batch.columns.count == facts.fields.count else {
      throw TestTextError("\(stage)/\(name): \(batch.columns.count) columns, \(facts.names)")
    }
    for (field, column) in zip(facts.fields, batch.columns) {
      guard column.type == field.type, column.count == batch.rowCount else {
        throw TestTextError(
          "\(stage)/\(name): field \(field.name) is \(column.count) \(column.type.name)")
      }
      let hasNull = !column.isAbsent && (0..<batch.rowCount).contains { column.value($0) == .null }
      if hasNull, !field.nullable {
        throw TestTextError("\(stage)/\(name): field \(field.name) is said to have no nulls")
      }
    }
  }
}
