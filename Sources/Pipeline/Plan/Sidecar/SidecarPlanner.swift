import StageKit
import Tabular

/// Finds out what the bytes of a table alone do not prove of it, and where the plan still has what
/// would: the person who tells rows apart, the contributions that make up a cell.
struct SidecarPlanner {
  let nodes: [PlanNode]
  let charter: Charter
  let pipeline: String
  let diagnostics: Diagnostics

  func sidecars(_ leaving: [PlannedOutput]) -> [PlannedSidecar] {
    leaving.indices.flatMap { table in
      let output = leaving[table]
      let promises = nodes[output.node].facts.guarantees.sorted { $0.told("=") < $1.told("=") }
      var number = 0
      var found: [PlannedSidecar?] = []
      for promise in promises {
        let path = Self.path(
          charter.internalFolder, pipeline, output.name, number + 1, output.format)
        switch promise {
        case .anonymity(let anonymity) where isHidden(anonymity, output):
          found.append(persons(anonymity, promise, table, output, path))
        case .protected(let protection):
          found.append(cells(protection, promise, table, output, path))
        case .anonymity, .minCount, .rounded, .perturbed, .differential: continue
        }
        number += 1
      }
      return found.compactMap { $0 }
    }
  }

  /// Where the sidecars of a table lie, numbered in the order of what they prove.
  static func path(
    _ folder: String, _ pipeline: String, _ output: String, _ number: Int,
    _ format: PlannedOutput.Format
  ) -> String {
    "\(folder)/\(pipeline)-\(output)-\(number)\(ending).\(Self.format(format).rawValue)"
  }

  /// By which they are known.
  static let ending = ".sidecar"

  /// Read by the same code as its table, so that a value of both is written alike.
  static func format(_ format: PlannedOutput.Format) -> PlannedOutput.Format {
    switch format {
    case .csv, .csvGzip: .csvGzip
    case .json, .jsonLines: .jsonLines
    }
  }

  // MARK: Persons

  /// Whether the table lacks the field that tells persons apart, and rows are not persons.
  private func isHidden(_ anonymity: Anonymity, _ output: PlannedOutput) -> Bool {
    anonymity.person.map { nodes[output.node].facts.index(of: $0) == nil } ?? false
  }

  /// Nil where the plan does not have that field either.
  private func persons(
    _ anonymity: Anonymity, _ promise: Guarantee, _ table: Int, _ output: PlannedOutput,
    _ path: String
  ) -> PlannedSidecar? {
    let facts = nodes[output.node].facts
    var way = Way(promise, at: nodes[output.node])
    while case .anonymity(let here) = way.promise, let person = here.person {
      if way.node.facts.field(person) != nil {
        let keys = facts.names.filter(anonymity.quasi.contains).map { ($0, way.former($0)) }
        guard keys.allSatisfy({ here.quasi.contains($0.1) }) else { return nil }
        return PlannedSidecar(
          table: table, node: way.node.id, keys: keys, evidence: [person],
          promise: .persons(k: here.k), path: path)
      }
      guard way.goBack(nodes) else { return nil }
    }
    return nil
  }

  // MARK: Cells

  /// Nil where the table has all that its promise rests on.
  private func cells(
    _ protection: TableProtection, _ promise: Guarantee, _ table: Int, _ output: PlannedOutput,
    _ path: String
  ) -> PlannedSidecar? {
    let facts = nodes[output.node].facts
    var way = Way(promise, at: nodes[output.node])
    repeat {
      guard case .stage(_, let stage, let input, _) = way.node.work,
        let protecting = stage as? any TableProtecting,
        !nodes[input].facts.guarantees.contains(way.promise)
      else { continue }
      let rules = protecting.cellRules
      if rules.isEmpty, facts.fields.contains(where: { $0.counts != nil }) { return nil }
      guard let cells = protection.cells, cells.keys.allSatisfy({ facts.index(of: $0) != nil })
      else { break }
      let evidence = [protecting.contributorCount] + rules.flatMap(\.fields)
      return PlannedSidecar(
        table: table, node: input, keys: cells.keys.map { ($0, way.former($0)) },
        evidence: evidence.enumerated().filter { evidence.firstIndex(of: $1) == $0 }.map(\.element),
        promise: .cells(
          PlannedSidecar.CellPromise(
            minCount: protection.minCount, rules: rules,
            measures: facts.names.filter(cells.measures.contains))), path: path)
    } while way.goBack(nodes)
    warn(output)
    return nil
  }

  private func warn(_ output: PlannedOutput) {
    guard !CharterCheck.isFullyTrusted(output.audience) else { return }
    diagnostics.warning(
      "uncounted-cells", at: output.position, SidecarMessages.uncounted(output.name),
      remedy: SidecarMessages.keepKeys)
  }
}

/// The way back from a table that leaves to where its promise was made.
private struct Way {
  private(set) var promise: Guarantee
  private(set) var node: PlanNode
  /// By name in the table that leaves, what has been called otherwise.
  private var formers: [String: String] = [:]

  init(_ promise: Guarantee, at node: PlanNode) { (self.promise, self.node) = (promise, node) }

  /// What a field of the table that leaves is called here.
  func former(_ name: String) -> String { formers[name] ?? name }

  /// - Returns: false where the promise was made here.
  mutating func goBack(_ nodes: [PlanNode]) -> Bool {
    guard case .stage(_, let stage, let input, _) = node.work else { return false }
    let known = nodes[input].facts.guarantees
    if let renaming = stage as? any FieldRenaming {
      let newNames = Dictionary(
        renaming.oldNames.map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
      guard let own = known.first(where: { $0.renamed { newNames[$0] ?? $0 } == promise }) else {
        return false
      }
      promise = own
      formers = formers.mapValues { renaming.oldNames[$0] ?? $0 }
        .merging(renaming.oldNames) { known, _ in known }
    } else if !known.contains(promise) {
      return false
    }
    node = nodes[input]
    return true
  }
}

/// What planning says of sidecars.
enum SidecarMessages {
  static func uncounted(_ output: String) -> Message {
    Message(
      en: "the gate cannot count again what protects the cells of '\(output)': the fields that "
        + "tell them apart have left it or were changed after `protect_table`",
      fr: "la porte ne peut pas recompter ce qui protège les cases de « \(output) » : les champs "
        + "qui les distinguent en sont sortis ou ont été modifiés après `protect_table`")
  }

  static let keepKeys = Message(
    en: "protect the table last, or keep its dimensions as they are",
    fr: "protégez le tableau en dernier, ou gardez ses dimensions telles quelles")
}
