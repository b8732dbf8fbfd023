import Crypto
import Foundation
import Reports
import StageKit
import Tabular

/// Makes the register of processing activities of a project: an activity for each purpose that
/// pipelines serve with personal data, from what the charter says and what their plans do.
struct RegisterReader {
  let project: ProjectPlans
  let diagnostics: Diagnostics

  private var charter: Charter { project.charter }
  private var places: RegisterPlace { RegisterPlace(root: project.root) }

  /// - Returns: nil after errors.
  func register() -> ProcessingRegister? {
    for plan in project.plans where plan.charter.path != charter.path {
      diagnostics.error(
        "other-charter", at: SpecPosition(file: plan.file, line: 1, column: 1),
        RegisterMessages.otherCharter(plan.pipeline), remedy: RegisterMessages.pin)
    }
    guard !diagnostics.hasErrors else {
      if !charter.isMissing {
        diagnostics.error(
          "register", at: SpecPosition(file: charter.file, line: 1, column: 1),
          RegisterMessages.refused, remedy: RegisterMessages.repair)
      }
      return nil
    }
    var register = ProcessingRegister(
      title: CharterText.line(charter.node?["register"]?["title"]) ?? Self.title,
      city: charter.city, charter: places.file(charter.path), version: version)
    let (withPersons, without) = parted
    for purpose in purposes(withPersons) {
      let reader = ActivityReader(
        charter: charter, places: places, purpose: purpose,
        plans: withPersons.filter { $0.purpose == purpose }, diagnostics: diagnostics)
      register.activities.append(reader.activity())
    }
    register.withoutPersons = without.map { $0.told(places) }
    tellWhole(&register)
    tellRest(&register, withPersons)
    return register
  }

  private static let title = Message(
    en: "Register of processing activities", fr: "Registre des activités de traitement")

  /// Pipelines in which something is about persons, and the others.
  private var parted: (with: [Plan], without: [Plan]) {
    let isAboutPersons = { (plan: Plan) in GovernedSource.all([plan]).contains(where: \.isPersonal)
    }
    return (project.plans.filter(isAboutPersons), project.plans.filter { !isAboutPersons($0) })
  }

  /// In the charter's order, others by name, none last.
  private func purposes(_ plans: [Plan]) -> [String?] {
    let used = Set(plans.map(\.purpose))
    let listed = (charter.node?["purposes"]?.entries ?? []).map(\.key)
    let others = used.compactMap { $0 }.filter { !listed.contains($0) }.sorted()
    let named: [String?] = (listed + others).filter { used.contains($0) }
    return named + (used.contains(nil) ? [nil] : [])
  }

  /// Over the paths and hashes of all files that the plans were made of.
  private var version: String {
    let lines = Set(project.plans.flatMap(\.files).map { "\($0.path)\n\($0.sha256)\n" })
    let text = lines.sorted().joined()
    return SHA256.hash(data: Data(text.utf8)).map(StateFolder.hex).joined()
  }

  private func tellWhole(_ register: inout ProcessingRegister) {
    let gaps = RegisterGaps(charter, places, diagnostics)
    let shared = charter.node?["register"]
    for item in RegisterItem.allCases {
      let lines = CharterText.lines(shared?[item.rawValue])
      if !lines.isEmpty {
        register.statements[item] = lines.map {
          ProcessingRegister.Statement(CharterText.worded($0, item.rawValue))
        }
      }
    }
    let isSaid = register.activities.allSatisfy { !($0.statements[.law] ?? []).isEmpty }
    if !isSaid {
      gaps.add(
        .law, RegisterItem.law.label, of: Message(en: charter.city, fr: charter.city),
        at: gaps.position("register"), "register: applicable_law")
    }
    register.gaps = gaps.all
  }

  private func tellRest(_ register: inout ProcessingRegister, _ plans: [Plan]) {
    register.uncovered = project.left.map(places.file)
    for file in project.left {
      diagnostics.warning(
        "not-covered", at: SpecPosition(file: file, line: 1, column: 1),
        RegisterMessages.notCovered(file), remedy: RegisterMessages.nameAll)
    }
    let served = Set(project.plans.map(\.purpose))
    register.unserved = (charter.node?["purposes"]?.entries ?? []).map(\.key)
      .filter { !served.contains($0) }
      .map { ProcessingRegister.Named($0, charter.purposeTitles[$0]) }
    let read = Set(GovernedSource.all(project.plans).map(\.id))
    register.unread = (charter.node?["governance"]?.entries ?? []).filter {
      !read.contains($0.key) && $0.value["personal_data"]?.boolean == true
    }.map { ProcessingRegister.Named($0.key, CharterText.line($0.value["title"])) }
    let used = Set(register.activities.flatMap(\.decisions).flatMap(\.entries))
    register.unused = charter.declassifications.map(\.told).filter { !used.contains($0) }
    warnOfKeys(register)
  }

  /// Governance entries may say anything; what is written nearly as something that is read is told.
  private func warnOfKeys(_ register: ProcessingRegister) {
    let known = GovernanceDeclarations.entry.map(\.name)
    let read = Set(register.activities.flatMap(\.sources).map(\.id))
    for entry in charter.node?["governance"]?.entries ?? [] where read.contains(entry.key) {
      for field in entry.value.entries ?? [] where !known.contains(field.key) {
        guard let near = Suggestion.nearest(to: field.key, among: known) else { continue }
        diagnostics.warning(
          "unknown-key", at: field.keyPosition, RegisterMessages.nearKey(field.key, near))
      }
    }
  }
}

extension Plan {
  /// The pipeline as a register names it.
  func told(_ places: RegisterPlace) -> ProcessingRegister.Pipeline {
    let path = SpecFiles.absolute(file)
    let own = SpecFiles.shown(path, from: root, name: path)
    return ProcessingRegister.Pipeline(
      name: pipeline, title: title, file: places.file(file),
      sha256: files.first { $0.path == own }?.sha256 ?? "")
  }
}

extension Charter.Declassification {
  var told: ProcessingRegister.Decision.Entry {
    ProcessingRegister.Decision.Entry(
      id: id, because: because, decidedBy: decidedBy, until: until.map(Day.text))
  }
}
