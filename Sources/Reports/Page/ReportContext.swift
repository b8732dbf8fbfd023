import Tabular

/// What sections are written with: the language, the day, and a name of their own in the page.
struct ReportContext {
  let language: Language
  /// Days since 1970; periods that end after it are not over.
  let asOf: Int?
  /// Tables of which a section shows all.
  var tablesShown: Set<String> = []
  /// Columns of tables that a ranking lists whole.
  var listed: Set<Listing> = []
  /// What the report's tables call their units, by the name of the unit's field, then by its code.
  var names: [String: [String: String]] = [:]
  /// What is known of the sources; nil where figures are not weighed.
  var facts: ReportFacts?
  /// The section's number, which makes its names unique.
  let number: Int

  /// The last day that a table has all data of: nothing that ends later is whole.
  func lastDay(of table: ReportTable) -> Int? {
    let sources = (facts?.sources ?? []).filter { $0.tables.contains(table.name) }
    let known = sources.compactMap(\.missingSince).map { $0 - 1 } + [asOf].compactMap { $0 }
    return known.min()
  }

  struct Listing: Hashable {
    let table: String
    let column: Int
  }

  /// The rows that are shown of many, where all stand elsewhere in the report: both ends.
  /// - Returns: nil for all of them.
  func ends<Row>(of rows: [Row]) -> [Row]? {
    guard rows.count > 200 else { return nil }
    return Array(rows.prefix(50)) + Array(rows.suffix(50))
  }

  func id(_ part: String) -> String { "s\(number)-\(part)" }

  /// A text with the language's spaces.
  func say(_ message: Message) -> String { Typography.text(message.text(language), language) }

  func title(_ table: ReportTable, _ column: Int) -> String { say(table.fields[column].title) }

  /// A column's title with its unit.
  func heading(_ table: ReportTable, _ column: Int) -> String {
    let title = title(table, column)
    guard let unit = table.fields[column].unit, !unit.isEmpty, !title.contains(unit) else {
      return title
    }
    return title + " (\(unit))"
  }

  func count(_ number: Int) -> String { Typography.count(number, language) }

  /// A cell of a table for people: its text, or why there is none.
  func cell(_ table: ReportTable, _ column: Int, _ row: Int) -> HtmlNode {
    if let text = table.text(column, row, language) { return .text(text) }
    guard table.fields[column].isSuppressible else {
      return .of(
        .span, [.style(.missing)], .of(.span, [.isDecoration], "–"),
        .of(.span, [.style(.quiet)], ""))
    }
    return .of(.span, [.style(.suppressed)], say(ReportWords.secret))
  }

  /// A table for people, with its caption, in a part that scrolls.
  /// - Parameter styles: of the columns' cells.
  func table(
    _ part: String, caption: String, columns: [String], texts: Set<Int>, rows: [[HtmlNode]]
  ) -> HtmlNode {
    HtmlPage.report(
      table: id(part), caption: caption, columns: columns, texts: texts, rows: rows)
  }
}
