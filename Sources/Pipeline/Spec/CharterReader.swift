import StageKit
import Tabular

/// Reads the city's charter.
struct CharterReader {
  let files: SpecFiles
  let diagnostics: Diagnostics

  /// - Returns: nil after diagnostics.
  func read(_ path: String, at position: SpecPosition) -> Charter? {
    guard let text = files.text(path, at: position) else { return nil }
    let shown = SpecFiles.shown(path)
    var reader = YAMLReader(file: shown, diagnostics: diagnostics)
    guard let root = reader.read(text) else { return nil }
    var charter = decode(root, file: shown)
    charter?.budgets = BudgetGrant.grants(of: root, diagnostics)
    let rules = DetectorRules(of: root)
    for name in charter?.audiences.keys.sorted() ?? []
    where charter?.audiences[name]?.allows.contains(.direct) == false {
      charter?.audiences[name]?.detectors = rules
    }
    charter?.path = path
    charter?.node = root
    for entry in root["purposes"]?.entries ?? [] {
      charter?.purposeTitles[entry.key] = entry.value.message
    }
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
      audiences[entry.key]?.title = entry.value["title"]?.message
    }
    var governance: [String: Charter.Governance] = [:]
    for entry in values["governance"]?.entries ?? [] {
      governance[entry.key] = Charter.Governance(
        id: entry.key, purposes: entry.value["purposes"]?.items?.compactMap(\.text),
        keptUntil: entry.value["kept_until"].flatMap(day),
        fields: (entry.value.entries ?? []).map { ($0.key, Self.plainText($0.value)) },
        node: entry.value, position: entry.keyPosition)
      governance[entry.key]?.title = entry.value["title"]?.message
    }
    guard let rejects = values["rejects"]?["folder"], let folder = files.resolve(rejects)
    else { return nil }
    var charter = Charter(
      file: file, city: values["city"]?.text ?? "",
      timeZone: values["time_zone"]?.text ?? "UTC",
      language: Language(rawValue: values["language"]?.text ?? "") ?? .fr, audiences: audiences,
      governance: governance,
      purposes: values["purposes"]?.entries.map { Set($0.map(\.key)) },
      declassifications: (values["declassifications"]?.entries ?? []).compactMap(declassification),
      scopes: values["scopes"]?.entries.map { entries in
        Dictionary(entries.map { ($0.key, Self.scope($0)) }) { first, _ in first }
      }, internalFolder: folder)
    charter.anonymisation.supervisor = values["anonymisation"]?["supervisor"]?.text
    charter.anonymisation.assessedUntil = values["anonymisation"]?["assessed_until"].flatMap(day)
    return charter
  }

  private func declassification(_ entry: SpecNode.Entry) -> Charter.Declassification? {
    guard let source = entry.value["source"]?.text, let field = entry.value["field"]?.text,
      let to = entry.value["to"]?.text.flatMap(PrivacyClass.init(rawValue:))
    else { return nil }
    return Charter.Declassification(
      id: entry.key, origin: FieldOrigin(source: source, field: field), to: to,
      because: entry.value["because"]?.text ?? "",
      decidedBy: entry.value["decided_by"]?.text ?? "", until: entry.value["until"].flatMap(day))
  }

  private static func scope(_ entry: SpecNode.Entry) -> Charter.Scope {
    func names(_ key: String) -> Set<String>? {
      entry.value[key]?.items.map { Set($0.compactMap(\.text)) }
    }
    return Charter.Scope(
      name: entry.key, audiences: names("audiences") ?? [], purposes: names("purposes"),
      key: entry.value["key"]?.text.flatMap { Charter.KeyPlace(rawValue: $0) })
  }

  /// A day as ISO 8601 writes it; nil after a diagnostic.
  private func day(_ node: SpecNode) -> Int? {
    if case .date(let days) = node.value(as: .date) { return Int(days) }
    diagnostics.error("wrong-value", at: node.position, SpecMessages.noDay)
    return nil
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
      name: entry.key, allows: allows, requires: Self.requirements(entry.value),
      needsApproval: entry.value["approval"]?.text == "required",
      folder: entry.value["folder"].flatMap { files.resolve($0) },
      mode: mode & 0o777, group: entry.value["group"]?.text)
  }

  private static func requirements(_ node: SpecNode) -> Charter.Requirements {
    var requires = Charter.Requirements()
    requires.rounding = node["rounding"]?.integer
    requires.perturbationMillionths = node["perturbation"]?.number.map {
      Int(($0 * 1_000_000).rounded(.up))
    }
    (requires.minCount, requires.k) = (node["min_count"]?.integer, node["k"]?.integer)
    requires.l = node["l"]?.integer
    requires.closenessMillionths = node["t"]?.number.map { Int(($0 * 1_000_000).rounded()) }
    if let share = node["dominance"].flatMap({ RowLimit($0) }),
      case .share(let perMillion) = share
    {
      requires.dominanceMillionths = perMillion
    }
    requires.placeMetres = node["place_precision"]?.text.flatMap {
      ["200m": 200, "1km": 1_000, "10km": 10_000][$0]
    }
    requires.datePrecision = node["date_precision"]?.text.flatMap(DatePrecision.init(rawValue:))
    return requires
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
