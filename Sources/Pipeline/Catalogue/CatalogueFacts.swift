import Foundation
import Reports
import StageKit
import Tabular

/// What is said of one data set: by its output, else by its main source's governance entry, else by
/// the charter for all. What is wrong or lacks is told where it stands or should stand.
struct CatalogueFacts {
  let output: PlannedOutput
  let governance: Charter.Governance?
  /// The charter's `catalogue`.
  let shared: SpecNode?
  let diagnostics: Diagnostics
  /// Whether every fact is asked for.
  let isScdl: Bool

  func text(_ key: String) -> String? { output.description.catalogue?[key]?.text }

  private func node(_ key: String) -> SpecNode? {
    output.description.catalogue?[key] ?? governance?.node[key] ?? shared?[key]
  }

  func lack(_ key: String, _ remedy: (String, String) -> Message, _ example: String) {
    diagnostics.error(
      "catalogue-lacks", at: output.position, CatalogueMessages.missing(key, of: output.name),
      remedy: remedy(key, example))
  }

  private func need(_ key: String, _ isSaid: Bool, _ example: String) {
    if isScdl, !isSaid { lack(key, CatalogueMessages.sayInOutputsCatalogue, example) }
  }

  private func wrong(_ key: String, _ node: SpecNode, _ remedy: Message) {
    diagnostics.error(
      "wrong-value", at: node.position, CatalogueMessages.wrong(key, node.text ?? ""),
      remedy: remedy)
  }

  var keywords: [Message] {
    let found = (node("keywords")?.items ?? []).compactMap(\.message)
    need("keywords", !found.isEmpty, "[…]")
    return found
  }

  var themes: [String] {
    let written = node("themes")?.items ?? []
    need("themes", !written.isEmpty, "[GOVE]")
    return written.compactMap { item in
      let code = item.text ?? ""
      if DataTheme.words[code] != nil { return code }
      let codes = DataTheme.words.keys.sorted()
      let near = Suggestion.nearest(to: code, among: codes)
      wrong("themes", item, CatalogueMessages.oneOf(codes, near: near))
      return nil
    }
  }

  var frequency: Frequency? {
    guard let node = node("frequency"), let text = node.text else {
      need("frequency", false, "DAILY")
      return nil
    }
    if let frequency = Frequency(text) { return frequency }
    let near = Suggestion.nearest(to: text, among: Frequency.codes)
    wrong("frequency", node, CatalogueMessages.oneOf(Frequency.codes, near: near))
    return nil
  }

  var place: DataCatalogue.Place? {
    guard let node = node("spatial"), let name = node["name"]?.text,
      let level = node["level"]?.text
    else {
      need("spatial", false, "{name: …, level: communale}")
      return nil
    }
    return DataCatalogue.Place(
      name: name, level: level, address: node["uri"]?.text.flatMap(RdfAddress.init))
  }

  /// First and last day.
  var period: (first: String, last: String)? {
    guard let node = node("temporal"), let text = node.text else {
      need("temporal", false, "2024-01-01/2025-12-31")
      return nil
    }
    let days = text.split(separator: "/").map(String.init)
    guard days.count == 2, days.allSatisfy({ Self.isDay($0, node) }), days[0] <= days[1] else {
      wrong("temporal", node, CatalogueMessages.expected("2024-01-01/2025-12-31"))
      return nil
    }
    return (days[0], days[1])
  }

  private static func isDay(_ text: String, _ node: SpecNode) -> Bool {
    SpecNode(.scalar(text, .plain), at: node.position).value(as: .date) != nil
  }

  /// - Parameter known: what the ledger knows.
  func issued(_ known: String?) -> String? {
    if let node = output.description.catalogue?["issued"], let text = node.text {
      if Self.isDay(text, node) { return text }
      wrong("issued", node, CatalogueMessages.expected("2026-01-31"))
      return nil
    }
    if isScdl, known == nil {
      lack("issued", CatalogueMessages.sayInOutputsCatalogue, "2026-01-31")
    }
    return known
  }

  /// - Parameter known: what the ledger knows.
  func modified(_ known: String?) -> String? {
    if isScdl, known == nil {
      diagnostics.error(
        "catalogue-lacks", at: output.position,
        CatalogueMessages.missing("modified", of: output.name),
        remedy: CatalogueMessages.runFirst)
    }
    return known
  }

  func landingPage(_ id: String) -> RdfAddress? {
    guard let node = output.description.catalogue?["landing_page"] ?? shared?["landing_page"],
      let text = node.text
    else { return nil }
    let address = RdfAddress(text.replacing("{id}", with: RdfAddress.escaped(id)))
    if address == nil {
      wrong(
        "landing_page", node,
        CatalogueMessages.expected("https://donnees.ville.example/jeux/{id}"))
    }
    return address
  }

  /// The output's own, or the one that all its sources are under, or the charter's.
  func licence(_ sources: [Charter.Governance]) -> OpenLicence? {
    var found: [SpecNode] = []
    if let own = output.description.catalogue?["licence"] {
      found = [own]
    } else if let bundle = output.description.licence {
      found = [SpecNode(.scalar(bundle, .plain), at: output.position)]
    } else {
      for entry in sources {
        guard let node = entry.node["licence"] else { continue }
        if !found.contains(where: { $0.text == node.text }) { found.append(node) }
      }
    }
    if found.count > 1 {
      diagnostics.error(
        "licences-differ", at: output.position,
        CatalogueMessages.licences(found.compactMap(\.text)),
        remedy: CatalogueMessages.sayInOutputsCatalogue("licence", found[0].text ?? ""))
      return nil
    }
    guard let node = found.first ?? shared?["licence"], let text = node.text else {
      need("licence", false, "etalab-2.0")
      return nil
    }
    if let licence = OpenLicence(text) { return licence }
    wrong("licence", node, CatalogueMessages.expected("etalab-2.0, ODbL-1.0, CC-BY-4.0"))
    return nil
  }
}
