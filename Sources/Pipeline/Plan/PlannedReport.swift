import Reports
import StageKit
import Tabular

/// A report to be published to an audience: tables that pass what outputs pass, and how they are
/// shown.
public struct PlannedReport: Sendable {
  /// A file of it.
  public struct Document: Sendable {
    public let language: Language
    /// Absolute.
    public let path: String
  }

  public let name: String
  public let audience: Charter.Audience
  /// The tables that it shows. They are checked, staged and gated like outputs, and not published
  /// by themselves: the report is made of what the gate has read.
  public let tables: [PlannedOutput]
  public let documents: [Document]
  public let design: ReportDesign
  /// Nil for what suits the tables.
  public let sections: [ReportSection]?
  public let fields: [String: FieldText]
  /// Days since 1970 that it is as of.
  public let asOf: Int?
  public let shapes: MapShapes?
  public let position: SpecPosition

  /// What the author says of a field.
  public struct FieldText: Sendable {
    public let title: Message?
    public let description: Message?
    public let unit: String?
    public let decimals: Int?
    public let lessIsBetter: Bool?
  }
}

extension Plan {
  /// All tables that reach an audience: outputs and what reports show.
  var leaving: [PlannedOutput] { outputs + reports.flatMap(\.tables) }
}
