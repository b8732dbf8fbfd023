import CXLSXWriter
import Tabular

/// A report's tables as a workbook: a sheet a table, with real numbers and dates, and a sheet that
/// says what they mean and where they come from. No cell is a formula, whatever its text is.
public struct ReportWorkbook {
  private let content: ReportContent

  public init(_ content: ReportContent) { self.content = content }

  /// Rows that a sheet holds besides its header.
  public static let mostRows = 1_048_575

  /// What is wrong with a workbook that could not be written.
  public struct Failure: Error {
    public let message: Message
  }

  /// - Parameter scratch: a private folder.
  /// - Throws: `Failure`.
  public func write(to path: String, scratch: String) throws {
    guard content.tables.allSatisfy({ $0.rows <= Self.mostRows }) else {
      throw Failure(
        message: Message(
          en: "a sheet holds \(Self.mostRows) rows at most",
          fr: "une feuille contient \(Self.mostRows) lignes au plus"))
    }
    guard let book = cxlsx_new(path, scratch) else { throw Self.trouble }
    let created = Int64(facts.asOf ?? 10_957) * 86_400
    cxlsx_describe(book, say(content.design.title), content.design.city, created)
    let styles = WorkbookStyles(book, content.language)
    var names: Set<String> = []
    for table in content.tables {
      let name = sheetName(say(table.title), &names)
      guard let sheet = workbook_add_worksheet(book, name) else { throw Self.trouble }
      write(table, sheet, styles)
    }
    let name = sheetName(say(ReportWords.methodology), &names)
    guard let sheet = workbook_add_worksheet(book, name) else { throw Self.trouble }
    writeMethod(sheet, styles)
    guard workbook_close(book).rawValue == 0 else { throw Self.trouble }
  }

  private static let trouble = Failure(
    message: Message(
      en: "the workbook could not be written", fr: "le classeur n’a pas pu être écrit"))

  private var facts: ReportFacts { content.facts }

  private func say(_ message: Message) -> String { content.say(message) }

  /// At most 31 characters, none that sheets' names must not have, each once.
  private func sheetName(_ title: String, _ taken: inout Set<String>) -> String {
    let allowed = title.filter { !"[]:*?/\\'".contains($0) }
    let base = String(allowed.prefix(28))
    var (name, number) = (base.isEmpty ? "Table" : base, 2)
    while !taken.insert(name.lowercased()).inserted {
      name = "\(base.prefix(25)) \(number)"
      number += 1
    }
    return name
  }

  // MARK: - Tables

  private func write(
    _ table: ReportTable, _ sheet: UnsafeMutablePointer<lxw_worksheet>, _ styles: WorkbookStyles
  ) {
    let (context, language) = (content.context, content.language)
    for (index, field) in table.fields.enumerated() {
      let column = UInt16(clamping: index)
      let heading = context.heading(table, index)
      worksheet_write_string(sheet, 0, column, heading, styles.head)
      let style = styles.style(field.type, places: table.places[index], isYear: table.isYear(index))
      var width = min(heading.count, 24)
      for row in 0..<table.rows {
        let text = row < 2000 || !field.words.isEmpty ? table.text(index, row, language) : nil
        let isCode = !field.words.isEmpty && text != nil
        write(
          isCode ? .text(text ?? "") : table.cells[index][row], UInt32(row + 1), column, sheet,
          style)
        if case .null = table.cells[index][row], field.isSuppressible {
          worksheet_write_string(
            sheet, UInt32(row + 1), column, say(ReportWords.secret), styles.quiet)
        }
        if row < 2000, let text {
          width = max(width, min(text.count, 60))
        }
      }
      worksheet_set_column(sheet, column, column, Double(width) + 2.5, nil)
    }
    guard let last = table.fields.indices.last else { return }
    worksheet_freeze_panes(sheet, 1, 1)
    worksheet_autofilter(sheet, 0, 0, UInt32(max(table.rows, 1)), UInt16(clamping: last))
    worksheet_repeat_rows(sheet, 0, 0)
    paper(sheet, isWide: table.fields.count > 6)
  }

  private func write(
    _ value: Value, _ row: UInt32, _ column: UInt16,
    _ sheet: UnsafeMutablePointer<lxw_worksheet>, _ style: UnsafeMutablePointer<lxw_format>?
  ) {
    switch value {
    case .null: break
    case .text(let text): worksheet_write_string(sheet, row, column, text, style)
    case .boolean(let flag): worksheet_write_boolean(sheet, row, column, flag ? 1 : 0, style)
    case .integer(let number): worksheet_write_number(sheet, row, column, Double(number), style)
    case .decimal, .double:
      worksheet_write_number(sheet, row, column, value.asDouble ?? 0, style)
    case .date(let day):
      // Days since 1899-12-30, as sheets count.
      worksheet_write_number(sheet, row, column, Double(day) + 25_569, style)
    case .datetime(let moment, _):
      worksheet_write_number(
        sheet, row, column, Double(moment) / 86_400_000_000 + 25_569, style)
    }
  }

  private func paper(_ sheet: UnsafeMutablePointer<lxw_worksheet>, isWide: Bool) {
    worksheet_set_paper(sheet, 9)
    if isWide { worksheet_set_landscape(sheet) }
    worksheet_fit_to_pages(sheet, 1, 0)
  }

  // MARK: - Method

  private func writeMethod(
    _ sheet: UnsafeMutablePointer<lxw_worksheet>, _ styles: WorkbookStyles
  ) {
    var row: UInt32 = 0
    func line(_ cells: [String], _ style: UnsafeMutablePointer<lxw_format>?) {
      for (column, text) in cells.enumerated() where !text.isEmpty {
        worksheet_write_string(sheet, row, UInt16(clamping: column), text, style)
      }
      row += 1
    }
    let context = content.context
    let accounts = AccountSections(facts: facts, tables: content.tables, context: context)
    line([say(content.design.title)], styles.title)
    line([content.design.city], styles.wrapped)
    if let day = facts.asOf {
      line([say(ReportWords.asOf(Typography.date(day, content.language)))], styles.wrapped)
    }
    line([say(ReportWords.forAudience(say(facts.audience)))], styles.wrapped)
    for rule in facts.rules { line([say(rule)], styles.wrapped) }
    row += 1
    line([say(ReportWords.methodology)], styles.head)
    for table in content.tables {
      for (index, field) in table.fields.enumerated() {
        let meaning = field.description.map(say) ?? ""
        line([say(table.title), context.heading(table, index), meaning], styles.wrapped)
      }
    }
    row += 1
    line([say(ReportWords.quality)], styles.head)
    line(accounts.sourceColumns, styles.head)
    for source in facts.sources { line(accounts.cells(of: source), styles.wrapped) }
    row += 1
    line([say(ReportWords.provenance)], styles.head)
    for (name, value) in facts.provenance { line([say(name), value], styles.wrapped) }
    worksheet_set_column(sheet, 0, 0, 38, nil)
    worksheet_set_column(sheet, 1, 1, 34, nil)
    worksheet_set_column(sheet, 2, 6, 26, nil)
    paper(sheet, isWide: true)
  }
}

/// How cells look: numbers and dates as sheets know them, so that they sort, sum and follow the
/// reader's settings.
private final class WorkbookStyles {
  typealias Format = UnsafeMutablePointer<lxw_format>

  let head: Format?
  let title: Format?
  let quiet: Format?
  let wrapped: Format?
  private let text: Format?
  private let year: Format?
  private let date: Format?
  private let moment: Format?
  private var numbers: [Int: Format] = [:]
  private let book: UnsafeMutablePointer<lxw_workbook>

  init(_ book: UnsafeMutablePointer<lxw_workbook>, _ language: Language) {
    self.book = book
    func format(_ change: (Format) -> Void) -> Format? {
      guard let format = workbook_add_format(book) else { return nil }
      change(format)
      return format
    }
    head = format {
      format_set_bold($0)
      format_set_text_wrap($0)
      format_set_bottom($0, 2)
      format_set_bg_color($0, 0xF4F6F9)
      format_set_align($0, 8)
    }
    title = format {
      format_set_bold($0)
      format_set_font_size($0, 14)
    }
    quiet = format {
      format_set_italic($0)
      format_set_font_color($0, 0x526070)
      format_set_align($0, 3)
    }
    wrapped = format { format_set_align($0, 8) }
    text = format { _ in }
    year = format { format_set_num_format($0, "0") }
    let day = language == .fr ? "dd/mm/yyyy" : "yyyy-mm-dd"
    date = format { format_set_num_format($0, day) }
    moment = format { format_set_num_format($0, day + " hh:mm") }
  }

  func style(_ type: DataType, places: Int, isYear: Bool) -> Format? {
    switch type {
    case .text, .boolean: return text
    case .date: return date
    case .datetime: return moment
    case .integer, .decimal, .double:
      if isYear { return year }
      if let known = numbers[places] { return known }
      let format = workbook_add_format(book)
      let digits = places > 0 ? "." + String(repeating: "0", count: places) : ""
      if let format {
        format_set_num_format(format, "#,##0" + digits)
        numbers[places] = format
      }
      return format
    }
  }
}
