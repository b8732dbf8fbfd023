import StageKit
import Tabular

/// The lock as its file.
extension PrivacyLock {
  /// In YAML; the same for the same plan, whatever the language.
  public var text: String {
    var lines = [
      "# Ce qui sort de la ville, pour qui, sous quel traitement et quelle garantie. Écrit par",
      "# `octroi check --lock` ; la personne déléguée à la protection des données l’approuve en le",
      "# versant au dépôt. / What leaves the city, for whom, with which treatment and guarantee;",
      "# signed off by being committed.", "octroi: 1", "lock: " + Self.quoted(pipeline),
    ]
    if let purpose { lines.append("purpose: " + Self.quoted(purpose)) }
    lines.append("outputs:")
    for output in outputs { lines += Self.lines(output) }
    if !decisions.isEmpty { lines.append("decisions:") }
    for decision in decisions {
      lines.append("  - what: " + Self.quoted(decision.what))
      lines.append("    field: " + Self.quoted(decision.field))
      lines.append("    from: " + Self.list(decision.from))
      lines.append("    because: " + Self.quoted(decision.because))
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func lines(_ output: Output) -> [String] {
    var lines = ["  " + quoted(output.name) + ":"]
    lines.append("    audience: " + quoted(output.audience))
    lines.append("    path: " + quoted(output.path))
    lines.append("    rows: " + quoted(output.rows))
    lines.append("    guarantees: " + list(output.guarantees))
    lines.append("    chosen_by: " + list(output.chosenBy))
    lines.append("    fields:")
    for field in output.fields {
      lines.append("      " + quoted(field.name) + ":")
      lines.append("        class: " + list(field.classes))
      if !field.from.isEmpty { lines.append("        from: " + list(field.from)) }
      if !field.treatments.isEmpty { lines.append("        treatment: " + list(field.treatments)) }
    }
    return lines
  }

  private static func list(_ texts: [String]) -> String {
    "[" + texts.map(quoted).joined(separator: ", ") + "]"
  }

  /// A scalar that YAML reads as this text and nothing else.
  private static func quoted(_ text: String) -> String {
    var quoted = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": quoted += "\\\""
      case "\\": quoted += "\\\\"
      case "\n": quoted += "\\n"
      case "\t": quoted += "\\t"
      default:
        let isPlain = scalar.properties.generalCategory != .control && scalar.value != 0xFEFF
        quoted += isPlain ? String(scalar) : "\\u" + hex(scalar.value)
      }
    }
    return quoted + "\""
  }

  private static func hex(_ value: UInt32) -> String {
    let digits = String(value, radix: 16, uppercase: true)
    return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }

  /// Reads a lock's text.
  /// - Returns: nil when it is no lock.
  init?(_ text: String, file: String) {
    var reader = YAMLReader(file: file, diagnostics: Diagnostics())
    guard let root = reader.read(text), let pipeline = root["lock"]?.text,
      let entries = root["outputs"]?.entries
    else { return nil }
    func texts(_ node: SpecNode?) -> [String] { node?.items?.compactMap(\.text) ?? [] }
    let outputs = entries.map { entry in
      Output(
        name: entry.key, audience: entry.value["audience"]?.text ?? "",
        path: entry.value["path"]?.text ?? "", rows: entry.value["rows"]?.text ?? "",
        guarantees: texts(entry.value["guarantees"]), chosenBy: texts(entry.value["chosen_by"]),
        fields: (entry.value["fields"]?.entries ?? []).map { field in
          Field(
            name: field.key, classes: texts(field.value["class"]),
            from: texts(field.value["from"]), treatments: texts(field.value["treatment"]))
        })
    }
    let decisions = (root["decisions"]?.items ?? []).map { node in
      Decision(
        what: node["what"]?.text ?? "", field: node["field"]?.text ?? "",
        from: texts(node["from"]), because: node["because"]?.text ?? "")
    }
    self.init(
      pipeline: pipeline, purpose: root["purpose"]?.text, outputs: outputs, decisions: decisions)
  }
}
