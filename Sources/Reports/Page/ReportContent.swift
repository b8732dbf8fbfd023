import Tabular

/// What a report says beside its pages: what workbooks and summaries are written of.
public struct ReportContent: Sendable {
  let design: ReportDesign
  let tables: [ReportTable]
  let facts: ReportFacts
  let language: Language

  public init(
    _ design: ReportDesign, tables: [ReportTable], facts: ReportFacts, _ language: Language
  ) {
    (self.design, self.tables, self.facts, self.language) = (design, tables, facts, language)
  }

  /// A text with the language's spaces.
  func say(_ message: Message) -> String { Typography.text(message.text(language), language) }

  /// For what stands in no section.
  var context: ReportContext { ReportContext(language: language, asOf: facts.asOf, number: 0) }
}
