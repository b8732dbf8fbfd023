import Reports
import StageKit
import Tabular

/// A catalogue as a text of one of the formats, with what is to be said of it.
public struct CatalogueDocument: Sendable {
  /// Nil after errors.
  public let text: String?
  public let datasets: Int
  public let diagnostics: [Diagnostic]

  /// - Throws: `RunError` when nothing is published.
  public init(_ project: ProjectPlans, _ format: CatalogueFormat) throws {
    let found = Diagnostics()
    for diagnostic in project.diagnostics { found.add(diagnostic) }
    do {
      let reader = CatalogueReader(
        project: project, format: format, ledger: try Ledger.open(root: project.root),
        diagnostics: found)
      let catalogue = try reader.catalogue()
      datasets = catalogue?.datasets.count ?? 0
      text =
        found.hasErrors
        ? nil
        : catalogue.map { catalogue in
          switch format {
          case .turtle: DcatCatalogue(catalogue).turtle
          case .jsonLD: DcatCatalogue(catalogue).jsonLD
          case .scdl: ScdlCatalogue(catalogue).csv
          }
        }
    } catch {
      throw RunError.explaining(error)
    }
    diagnostics = found.sorted
  }
}
