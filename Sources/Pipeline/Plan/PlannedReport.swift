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

  /// What it may also be, beside the page: files of the same name with this ending.
  public enum Extra: String, Sendable, CaseIterable {
    /// A workbook of its tables.
    case xlsx
    /// The page on paper.
    case pdf
    /// A summary in Markdown, for mails.
    case summary = "md"
  }

  public let name: String
  public let audience: Charter.Audience
  /// The tables that it shows. They are checked, staged and gated like outputs, and not published
  /// by themselves: the report is made of what the gate has read.
  public let tables: [PlannedOutput]
  public let documents: [Document]
  public let also: Set<Extra>
  public let design: ReportDesign
  /// Nil for what suits the tables.
  public let sections: [ReportSection]?
  public let fields: [String: FieldText]
  /// What its tables are called, by the names of their steps.
  public let titles: [String: Message]
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

extension PlannedReport {
  /// Where its files go.
  /// - Parameter withPDF: whether a PDF is asked for besides what the report says.
  func paths(withPDF: Bool) -> [String] {
    documents.flatMap { document in
      [document.path] + extras(withPDF: withPDF).map { Self.path(document, $0) }
    } + (memory.map { [$0] } ?? [])
  }

  /// Where what it said is kept for the next report to be compared with, beside it and for the same
  /// readers; nil where none is compared.
  var memory: String? {
    guard sections?.contains(where: { $0.kind == .revisions }) ?? false else { return nil }
    return documents.first.map { String($0.path.dropLast(".html".count)) + ".json" }
  }

  func extras(withPDF: Bool) -> [Extra] {
    Extra.allCases.filter { also.contains($0) || (withPDF && $0 == .pdf) }
  }

  static func path(_ document: Document, _ extra: Extra) -> String {
    String(document.path.dropLast(".html".count)) + "." + extra.rawValue
  }
}

extension Plan {
  /// All tables that reach an audience: outputs and what reports show.
  var leaving: [PlannedOutput] { outputs + reports.flatMap(\.tables) }
}
