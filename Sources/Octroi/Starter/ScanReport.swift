import Foundation
import Ingest
import Pipeline
import Tabular

/// What was found in a file, for people and for machines. Names of columns are shown, and no value.
public struct ScanReport {
  let profile: FileProfile
  let language: Language

  public init(_ profile: FileProfile, _ language: Language) {
    (self.profile, self.language) = (profile, language)
  }

  /// The proposed Table Schema, in JSON.
  public var schema: String { profile.schemaText }

  /// Several lines and a table with a line a column.
  public var text: String {
    var lines = [PlainText.line(profile.file.name), "  " + dialect, "  " + account]
    for detection in profile.detections {
      let doubt =
        detection.isAmbiguous
        ? Message(en: " (not certain: declare it)", fr: " (pas certain : déclarez-le)") : nil
      lines.append(
        "  \(detection.what) = \(detection.value) · \(detection.evidence.text(language))"
          + (doubt?.text(language) ?? ""))
    }
    for renamed in profile.renamed {
      let written = renamed.written.isEmpty ? "—" : PlainText.line(renamed.written)
      lines.append(
        "  " + ScanWords.column.text(language)
          + " \(renamed.position): \(written) → \(PlainText.line(renamed.name))")
    }
    if !profile.missingValues.isEmpty {
      lines.append(
        "  " + ScanWords.markers.text(language) + " " + profile.missingValues.joined(separator: " ")
      )
    }
    lines.append("")
    lines += TextTable.lines(head, rows).map { "  " + $0 }
    for column in profile.columns {
      for doubt in column.doubts {
        lines.append("  ! \(PlainText.line(column.name)) · \(doubt.text(language))")
      }
    }
    lines += Self.lines(profile.singlingOut, language)
    return lines.joined(separator: "\n") + "\n"
  }

  private var dialect: String {
    let dialect = profile.dialect
    var parts = profile.isGzip ? ["gzip"] : []
    parts.append(dialect.encoding.rawValue)
    parts.append(ScanWords.delimiter.text(language) + " " + ScanWords.name(dialect.delimiter))
    parts.append(ScanWords.quote.text(language) + " " + ScanWords.name(dialect.quote))
    parts.append(
      dialect.hasHeader
        ? Message(
          en: "header on line \(dialect.preambleLines + 1)",
          fr: "en-tête à la ligne \(dialect.preambleLines + 1)"
        ).text(language)
        : Message(en: "no header", fr: "sans en-tête").text(language))
    return parts.joined(separator: " · ")
  }

  private var account: String {
    let counts = profile.counts
    func number(_ count: Int) -> String { RunResult.grouped(count, language) }
    let rejects = counts.rejectedBy.sorted { $0.key < $1.key }.filter { $0.value > 0 }
      .map { "\($0.key.message.text(language)) \(number($0.value))" }
    let skips = counts.skippedBy.sorted { $0.key < $1.key }.filter { $0.value > 0 }
      .map { "\($0.key.message.text(language)) \(number($0.value))" }
    func list(_ parts: [String]) -> String {
      parts.isEmpty ? "" : " (" + parts.joined(separator: ", ") + ")"
    }
    let (broken, skipped) = (number(counts.rejected), number(counts.skipped))
    return Message(
      en: "\(number(counts.read)) records = \(number(counts.passed)) rows + \(broken) broken"
        + list(rejects) + " + \(skipped) skipped" + list(skips),
      fr: "\(number(counts.read)) enregistrements = \(number(counts.passed)) lignes + "
        + "\(broken) cassés" + list(rejects) + " + \(skipped) omis" + list(skips)
    ).text(language)
  }

  private var head: [String] { ScanWords.head.map { $0.text(language) } }

  private var rows: [[String]] {
    profile.columns.map { column in
      let field = column.field
      let format = field.format == "default" ? "" : " " + field.format
      var reason = column.privacyReason.text(language)
      // What a few cells look like by chance is no evidence.
      for (kind, count) in column.detected
      where kind != column.privacyKind && count * 10 >= column.values {
        reason += " · \(kind.rawValue) \(count)/\(column.values)"
      }
      return [
        PlainText.line(column.name, atMost: 40), field.name == column.name ? "" : field.name,
        field.type.rawValue + format, RunResult.grouped(column.missing, language),
        RunResult.grouped(column.misfits, language), field.privacy ?? "unclassified", reason,
      ]
    }
  }
}

/// Words of the scan's report.
enum ScanWords {
  static let column = Message(en: "column", fr: "colonne")
  static let markers = Message(en: "stand for nothing:", fr: "tiennent lieu de rien :")
  static let delimiter = Message(en: "delimiter", fr: "délimiteur")
  static let quote = Message(en: "quote", fr: "guillemet")
  static let head = [
    Message(en: "column", fr: "colonne"), Message(en: "field", fr: "champ"),
    Message(en: "type", fr: "type"), Message(en: "empty", fr: "vides"),
    Message(en: "misfit", fr: "hors type"), Message(en: "class", fr: "classe"),
    Message(en: "why", fr: "pourquoi"),
  ]

  /// A byte of a dialect as it would be declared.
  static func name(_ byte: UInt8?) -> String {
    switch byte {
    case nil: "none"
    case 0x09?: "tab"
    case 0x20?: "space"
    case let byte?: String(decoding: [byte], as: UTF8.self)
    }
  }
}
