import Ingest
import StageKit
import Tabular

/// Source fields of which an audience may ask how coarse they became on their way, or that no
/// single value is shown.
struct SensitiveOrigins {
  /// Degrees of longitude or latitude.
  private(set) var coordinates: Set<FieldOrigin> = []
  /// Dates and times of rows about persons.
  private(set) var dates: Set<FieldOrigin> = []
  /// All fields of rows about persons.
  private(set) var persons: Set<FieldOrigin> = []

  init(_ graph: PlanGraph) {
    for node in graph.nodes {
      guard case .source(let source) = node.work else { continue }
      for field in source.schema.fields where field.isCoordinate {
        coordinates.formUnion(node.facts.field(field.name)?.privacy.origins ?? [])
      }
      guard node.facts.isAboutPersons else { continue }
      for field in node.facts.fields {
        persons.formUnion(field.privacy.origins)
        switch field.type {
        case .date, .datetime: dates.formUnion(field.privacy.origins)
        default: break
        }
      }
    }
  }
}
