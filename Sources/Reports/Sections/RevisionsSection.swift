import Tabular

/// A figure that the last report told otherwise.
public struct ReportRevision: Sendable, Hashable, Codable {
  /// The table, by name.
  public let table: String
  /// What the figure is of: the row's texts and dates.
  public let row: [String]
  /// The field, by name.
  public let field: String
  /// As texts with a point; nil where there was or is no figure.
  public let before: String?
  public let after: String?
}

/// What a report said, to be compared with the next: its tables' cells as texts.
public struct ReportMemory: Sendable, Hashable, Codable {
  struct Table: Sendable, Hashable, Codable {
    let fields: [String]
    /// Fields that tell rows apart.
    let keys: [String]
    let rows: [[String?]]
  }

  let tables: [String: Table]
  /// What changed when this was said; nil where nothing had been said before.
  public let revisions: [ReportRevision]?

  /// - Parameter last: what the last report said; nil for none.
  public init(_ tables: [ReportTable], after last: ReportMemory?) {
    var told: [String: Table] = [:]
    for table in tables { told[table.name] = Self.table(table) }
    self.tables = told
    guard let last else {
      revisions = nil
      return
    }
    // The same said again revises nothing, and repeats what it revised.
    revisions =
      last.tables == told
      ? last.revisions
      : tables.flatMap { table -> [ReportRevision] in
        guard let old = last.tables[table.name], let new = told[table.name] else { return [] }
        return Self.revisions(table.name, old, new)
      }
  }

  /// Columns that tell rows apart.
  static func keys(_ table: ReportTable) -> [Int] {
    table.fields.indices.filter { !table.fields[$0].type.isNumeric || table.isYear($0) }
  }

  private static func table(_ table: ReportTable) -> Table {
    let keys = Self.keys(table)
    return Table(
      fields: table.fields.map(\.name), keys: keys.map { table.fields[$0].name },
      rows: (0..<table.rows).map { row in
        table.fields.indices.map { column in
          table.key(column, row)?.replacing(",", with: "")
        }
      })
  }

  private static func revisions(_ name: String, _ old: Table, _ new: Table) -> [ReportRevision] {
    guard old.keys == new.keys, !new.keys.isEmpty else { return [] }
    func byKey(_ table: Table) -> [[String]: [String?]] {
      let places = table.keys.compactMap { table.fields.firstIndex(of: $0) }
      return Dictionary(
        table.rows.map { row in
          (places.map { $0 < row.count ? row[$0] ?? "" : "" }, row)
        }
      ) { first, _ in first }
    }
    let (before, after) = (byKey(old), byKey(new))
    var revisions: [ReportRevision] = []
    for key in after.keys.sorted(by: { $0.lexicographicallyPrecedes($1) }) {
      guard let then = before[key], let now = after[key] else { continue }
      for (index, field) in new.fields.enumerated() where !new.keys.contains(field) {
        // What is kept secret now is not told again.
        guard let place = old.fields.firstIndex(of: field), place < then.count, index < now.count,
          now[index] != nil, then[place] != now[index]
        else { continue }
        revisions.append(
          ReportRevision(
            table: name, row: key, field: field, before: then[place], after: now[index]))
      }
    }
    return revisions
  }
}

/// Figures that the last report told otherwise: what was published is not changed in silence.
struct RevisionsSection {
  let tables: [ReportTable]
  /// Nil where there was no last report.
  let revisions: [ReportRevision]?
  let context: ReportContext

  /// Lines that are shown; the number of all is told.
  private static let most = 200

  var nodes: [HtmlNode] {
    guard let revisions else { return [paragraph(Self.first)] }
    guard !revisions.isEmpty else { return [paragraph(Self.none)] }
    let rows = revisions.prefix(Self.most).map { one -> [HtmlNode] in
      let table = tables.first { $0.name == one.table }
      let column = table?.index(one.field)
      let field = column.flatMap { column in table.map { context.heading($0, column) } }
      return [
        .text(spoken(one.row, table)), .text(field ?? one.field),
        .text(told(one.before, table, column)), .text(told(one.after, table, column)),
      ]
    }
    return [
      paragraph(Self.count(context.count(revisions.count))),
      HtmlPage.report(
        table: context.id("revisions"), caption: context.say(ReportWords.revisions),
        columns: [
          context.say(ReportWords.unit), context.say(ReportWords.indicator),
          context.say(Message(en: "Before", fr: "Avant")),
          context.say(Message(en: "Now", fr: "Maintenant")),
        ], texts: [0, 1], rows: rows),
    ]
  }

  /// A row's texts, with the words that codes stand for; what is empty tells nothing.
  private func spoken(_ row: [String], _ table: ReportTable?) -> String {
    let keys = table.map(ReportMemory.keys) ?? []
    return row.enumerated().filter { !$1.isEmpty }.map { place, text in
      let words = place < keys.count ? table?.fields[keys[place]].words[text] : nil
      return words.map(context.say) ?? text
    }.joined(separator: ", ")
  }

  private func paragraph(_ message: Message) -> HtmlNode { .of(.p, [], context.say(message)) }

  private func told(_ text: String?, _ table: ReportTable?, _ column: Int?) -> String {
    guard let text else { return "–" }
    let number = Double(text.replacing("\u{2212}", with: "-"))
    guard let number, let table, let column else { return text }
    return table.text(number, like: column, context.language, withUnit: false)
  }

  private static let first = Message(
    en: "This is the first report: there is nothing to compare it with.",
    fr: "C’est le premier rapport : il n’y a rien à quoi le comparer.")
  private static let none = Message(
    en: "No figure of the last report has changed.",
    fr: "Aucun chiffre du dernier rapport n’a changé.")

  private static func count(_ count: String) -> Message {
    Message(
      en: "Figures of the last report that are told otherwise now: \(count).",
      fr: "Chiffres du dernier rapport qui sont dits autrement à présent : \(count).")
  }
}
