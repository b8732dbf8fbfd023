import StageKit
import Tabular

/// A register as a table, a row an activity, for spreadsheets: the columns of the sheets that
/// supervisory authorities publish as models. No text in it is a formula.
public struct RegisterTable {
  private let sheet: RegisterSheet
  private let register: ProcessingRegister

  public init(_ register: ProcessingRegister, _ language: Language) {
    sheet = RegisterSheet(register: register, language: language)
    self.register = register
  }

  private typealias Activity = ProcessingRegister.Activity

  /// With a byte order mark: `;` in French as a French spreadsheet expects it, `,` in English.
  public var csv: String {
    var shape = TextShape.excelFR
    if sheet.language == .en { shape.delimiter = UInt8(ascii: ",") }
    let rows = [columns.map { sheet.say($0.label) }] + register.activities.map(row)
    return "\u{feff}" + rows.map { CsvLine.text($0, shape) }.joined()
  }

  /// Lines within a cell are told apart by line breaks.
  private func row(_ activity: Activity) -> [String] {
    columns.map { column in
      column.lines(activity).filter { !$0.isEmpty }.joined(separator: "\n")
    }
  }

  private typealias Column = (label: Message, lines: (Activity) -> [String])

  private var columns: [Column] {
    var columns: [Column] = [
      (RegisterWords.reference, { [PlainLine.text($0.reference ?? "")] }),
      (RegisterWords.purpose, { [PlainLine.text($0.purpose ?? "")] }),
      (RegisterWords.title, { [sheet.name($0)] }),
      (RegisterWords.description, { [$0.description.map(sheet.say) ?? ""] }),
    ]
    for item in RegisterItem.allCases {
      columns.append((item.label, { lines($0.statements[item] ?? []) }))
      if item == .categories { columns += classes }
      if item == .recipients {
        columns.append((RegisterWords.audiences, { sheet.audiences($0) }))
        columns.append((RegisterWords.leaving, { $0.outputs.map(sheet.caption) }))
      }
      if item == .retention {
        columns.append((RegisterWords.keeping, { $0.keeping.map(sheet.say) }))
      }
      if item == .security {
        columns.append((RegisterWords.measures, { $0.measures.map(sheet.say) }))
      }
    }
    return columns + [
      (RegisterWords.sources, { $0.sources.map { source in self.source(source) } }),
      (RegisterWords.decisions, { $0.decisions.map { decision in self.decision(decision) } }),
      (RegisterWords.pipelines, { $0.pipelines.map { PlainLine.text($0.file) } }),
      (RegisterWords.gaps, { $0.gaps.map { gap in self.gap(gap) } }),
      (RegisterWords.version, { _ in [register.version] }),
    ]
  }

  /// A column for the fields of each class of personal data.
  private var classes: [Column] {
    PrivacyClass.allCases.filter(\.isPersonal).map { kind in
      let label = Message(
        en: "Fields: \(kind.word.en)", fr: "Champs : \(kind.word.fr)")
      return (
        label,
        { activity in
          activity.fields.filter { $0.classes.contains(kind) }.map { field in
            sheet.say(field.source) + " / " + PlainLine.text(field.name)
          }
        }
      )
    }
  }

  private func lines(_ statements: [ProcessingRegister.Statement]) -> [String] {
    sheet.lines(statements, []).map { line in
      line.text + (line.owners.map { " – " + $0 } ?? "")
    }
  }

  private func source(_ source: ProcessingRegister.Source) -> String {
    sheet.say(source.title) + (source.owner.map { " – " + sheet.say($0) } ?? "")
  }

  private func decision(_ decision: ProcessingRegister.Decision) -> String {
    let entries = decision.entries.map { sheet.say(RegisterWords.entry($0)) }
    return
      ([PlainLine.text(decision.field) + " – " + sheet.told(decision)]
      + [PlainLine.text(decision.because)] + entries).joined(separator: sheet.semicolon)
  }

  private func gap(_ gap: ProcessingRegister.Gap) -> String {
    sheet.say(gap.what) + " – " + sheet.say(gap.owner) + sheet.semicolon
      + PlainLine.text("\(gap.place), \(gap.path)")
  }
}
