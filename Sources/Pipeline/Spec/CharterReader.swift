import StageKit
import Tabular

/// Reads the city's charter.
struct CharterReader {
  let files: SpecFiles
  let diagnostics: Diagnostics

  /// - Returns: nil after diagnostics.
  func read(_ node: SpecNode) -> Charter? {
    guard let path = files.resolve(node), let text = files.text(path, at: node.position)
    else { return nil }
    let shown = SpecFiles.shown(path)
    var reader = YAMLReader(file: shown, diagnostics: diagnostics)
    guard let root = reader.read(text) else { return nil }
    var charter = decode(root, file: shown)
    charter?.budgets = BudgetGrant.grants(of: root, diagnostics)
    charter?.path = path
    return charter
  }

  private func decode(_ root: SpecNode, file: String) -> Charter? {
    let decoder = OptionDecoder(diagnostics)
    guard
      let values = decoder.record(
        CharterDeclarations.charter, root.entries ?? [], owner: "charter", at: root.position)
    else { return nil }
    var audiences: [String: Charter.Audience] = [:]
    for entry in values["audiences"]?.entries ?? [] {
      audiences[entry.key] = audience(entry)
    }
    var governance: [String: Charter.Governance] = [:]
    for entry in values["governance"]?.entries ?? [] {
      governance[entry.key] = Charter.Governance(
        id: entry.key, purposes: entry.value["purposes"]?.items?.compactMap(\.text),
        fields: (entry.value.entries ?? []).map { ($0.key, Self.plainText($0.value)) },
        position: entry.keyPosition)
    }
    guard let rejects = values["rejects"]?["folder"], let folder = files.resolve(rejects)
    else { return nil }
    return Charter(
      file: file, city: values["city"]?.text ?? "",
      timeZone: values["time_zone"]?.text ?? "UTC",
      language: Language(rawValue: values["language"]?.text ?? "") ?? .fr, audiences: audiences,
      governance: governance, internalFolder: folder)
  }

  private func audience(_ entry: SpecNode.Entry) -> Charter.Audience {
    var allows: Set<PrivacyClass> = []
    for node in entry.value["allows"]?.items ?? [] {
      if let privacyClass = PrivacyClass(rawValue: node.text ?? "") {
        allows.insert(privacyClass)
      } else {
        diagnostics.error(
          "unknown-class", at: node.position, SpecMessages.unknownClass(node.text ?? ""))
      }
    }
    let mode = entry.value["mode"]?.text.flatMap { UInt16($0, radix: 8) } ?? 0o600
    return Charter.Audience(
      name: entry.key, allows: allows, minCount: entry.value["min_count"]?.integer,
      k: entry.value["k"]?.integer, folder: entry.value["folder"].flatMap { files.resolve($0) },
      mode: mode & 0o777, group: entry.value["group"]?.text)
  }

  /// A value as one line of text, for registers and catalogues.
  private static func plainText(_ node: SpecNode) -> String {
    switch node.content {
    case .scalar(let text, _): text
    case .sequence(let items): items.map(plainText).joined(separator: ", ")
    case .mapping(let entries):
      entries.map { "\($0.key): \(plainText($0.value))" }.joined(separator: "; ")
    }
  }
}
