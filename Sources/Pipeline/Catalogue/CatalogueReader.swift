import Foundation
import Reports
import StageKit
import Tabular

/// How a catalogue is written.
public enum CatalogueFormat: String, Sendable, CaseIterable {
  case turtle
  case jsonLD = "jsonld"
  case scdl
}

/// Makes the catalogue of all tables that are published for the audience `open`: from the charter,
/// the pipelines, and what the manifests and the ledger say of the files that lie there. What the
/// format asks for and nobody has said is an error where it should be said.
struct CatalogueReader {
  let project: ProjectPlans
  let format: CatalogueFormat
  /// Nil where nothing has run.
  let ledger: Ledger?
  let diagnostics: Diagnostics

  /// - Returns: nil after diagnostics.
  /// - Throws: `RunError` when nothing is published.
  func catalogue() throws -> DataCatalogue? {
    let charter = project.charter
    let node = charter.node?["catalogue"]
    let start = node?.position ?? SpecPosition(file: charter.file, line: 1, column: 1)
    let title = fact("title", node, start, "{fr: …, en: …}")?.message
    let description = fact("description", node, start, "{fr: …, en: …}")?.message
    let publisher = fact("publisher", node, start, "Ville de …")?.text
    let base = fact("base_url", node, start, "https://donnees.ville.example/")
      .flatMap { address($0, "base_url") }
    let siret = node?["publisher_id"].flatMap(siret)
    if format == .scdl, siret == nil {
      lack("publisher_id", start, CatalogueMessages.sayInCharter, "\"SIRET 21440109300015\"")
    }
    let tables = try published()
    guard !tables.isEmpty else {
      throw RunError(
        .input, CatalogueMessages.nothingPublished, remedy: CatalogueMessages.runFirst)
    }
    guard let title, let description, let publisher, let base else { return nil }
    let top = Self.folder(base)
    let datasets = DatasetReader(
      base: top, charter: charter, format: format, diagnostics: diagnostics
    ).datasets(tables)
    guard !diagnostics.hasErrors, let address = RdfAddress(top + "catalogue") else { return nil }
    let homepage = node?["homepage"].flatMap { self.address($0, "homepage") }
    let agent = DataCatalogue.Agent(
      name: publisher, siret: siret,
      address: node?["publisher_id"]?.text.flatMap(RdfAddress.init)
        ?? RdfAddress(top + "catalogue#publisher"))
    return DataCatalogue(
      address: address, title: title, description: description, publisher: agent,
      homepage: homepage, language: charter.language, datasets: datasets)
  }

  /// Tables for everyone that lie where they were published.
  private func published() throws -> [PublishedTable] {
    var tables: [PublishedTable] = []
    for plan in project.plans {
      for output in plan.outputs where output.audience.name == "open" {
        switch try PublishedTable.state(output, of: plan, ledger) {
        case .published(let table): tables.append(table)
        case .unpublished, .removed:
          diagnostics.warning(
            "not-published", at: output.position, CatalogueMessages.notPublished(output.name))
        case .changed:
          diagnostics.error(
            "changed", at: output.position, CatalogueMessages.changed(output.name),
            remedy: CatalogueMessages.runAgain)
        }
      }
    }
    return tables
  }

  private func fact(
    _ key: String, _ node: SpecNode?, _ start: SpecPosition, _ example: String
  ) -> SpecNode? {
    if let found = node?[key], found.message?.en.isEmpty == false { return found }
    lack(key, start, CatalogueMessages.sayInCharter, example)
    return nil
  }

  private func lack(
    _ key: String, _ position: SpecPosition, _ remedy: (String, String) -> Message,
    _ example: String
  ) {
    diagnostics.error(
      "catalogue-lacks", at: position,
      CatalogueMessages.missing(key, of: project.charter.city), remedy: remedy(key, example))
  }

  private func address(_ node: SpecNode, _ key: String) -> RdfAddress? {
    if let address = node.text.flatMap(RdfAddress.init), address.text.hasPrefix("http") {
      return address
    }
    diagnostics.error(
      "wrong-value", at: node.position, CatalogueMessages.wrong(key, node.text ?? ""),
      remedy: CatalogueMessages.expected("https://donnees.ville.example/"))
    return nil
  }

  /// The 14 digits of a French number of an establishment; nil where the identifier is another.
  private func siret(_ node: SpecNode) -> String? {
    guard let text = node.text, text.uppercased().hasPrefix("SIRET") || text.first?.isNumber == true
    else { return nil }
    let digits = text.filter(\.isNumber)
    if digits.count == 14, digits.allSatisfy(\.isASCII) { return digits }
    diagnostics.error(
      "wrong-value", at: node.position, CatalogueMessages.wrong("publisher_id", text),
      remedy: CatalogueMessages.expected("\"SIRET 21440109300015\""))
    return nil
  }

  private static func folder(_ address: RdfAddress) -> String {
    address.text.hasSuffix("/") ? address.text : address.text + "/"
  }
}
