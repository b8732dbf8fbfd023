import Foundation
import Ingest
import Tabular

/// What is told of a file written anew: how it was read, and every row that was not simply so.
public struct ConversionReport: Sendable {
  public let report: CleanReport

  init(_ report: CleanReport) { self.report = report }

  /// Lines for a terminal.
  public func text(_ language: Language) -> String {
    let counts = report.counts
    let delimiter = "'\(report.delimiter)'"
    var lines = [
      Message(
        en: "\(report.file.name): \(report.encoding.rawValue), delimiter \(delimiter), "
          + "quote \(report.quote), \(counts.columns) columns, "
          + "header rows \(counts.headerRows), rows \(counts.rows)",
        fr: "\(report.file.name) : \(report.encoding.rawValue), délimiteur \(delimiter), "
          + "guillemet \(report.quote), \(counts.columns) colonnes, "
          + "lignes d’en-tête \(counts.headerRows), lignes \(counts.rows)"
      ).text(language)
    ]
    for finding in report.detections where finding.isAmbiguous || finding.what == "preamble" {
      lines.append("  \(finding.what): \(finding.value) (\(finding.evidence.text(language)))")
    }
    lines += ConversionReport.notes(counts).filter { $0.count > 0 }
      .map { "  " + $0.message.text(language) + (language == .fr ? " : " : ": ") + "\($0.count)" }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func notes(_ counts: CleanCounts) -> [(count: Int, message: Message)] {
    [
      (
        counts.preambleLines,
        Message(en: "lines before the table, left out", fr: "lignes avant le tableau, omises")
      ),
      (counts.blankLines, Message(en: "blank lines, left out", fr: "lignes vides, omises")),
      (
        counts.padded,
        Message(
          en: "rows with too few fields, filled up", fr: "lignes trop courtes, complétées")
      ),
      (
        counts.overlong,
        Message(
          en: "rows with too many fields, all kept",
          fr: "lignes trop longues, gardées en entier")
      ),
      (
        counts.quotesMended,
        Message(
          en: "rows with broken quotes, read with the fewest faults",
          fr: "lignes aux guillemets fautifs, lues avec le moins de fautes")
      ),
      (
        counts.delimitersSupposed,
        Message(
          en: "rows that lack a delimiter beside a quote, supposed",
          fr: "lignes sans délimiteur à côté d’un guillemet, supposé")
      ),
      (
        counts.delimitersDropped,
        Message(
          en: "rows with empty fields too many, left out",
          fr: "lignes avec des champs vides en trop, omis")
      ),
      (
        counts.otherwiseSeparated,
        Message(
          en: "rows separated otherwise than the others",
          fr: "lignes séparées autrement que les autres")
      ),
      (counts.zeroBytes, Message(en: "zero bytes, left out", fr: "octets nuls, omis")),
      (
        counts.invalidCharacters,
        Message(
          en: "characters not valid in the encoding, written as U+FFFD",
          fr: "caractères invalides dans l’encodage, écrits U+FFFD")
      ),
    ]
  }

  /// The same for machines.
  public func json(_ language: Language) throws -> String {
    let counts = report.counts
    let object: [String: Any] = [
      "file": report.file.name, "gzip": report.isGzip,
      "dialect": [
        "encoding": report.encoding.rawValue, "delimiter": report.delimiter,
        "quote": report.quote, "escape": report.escape, "skip": counts.preambleLines,
        "header": counts.headerRows,
      ] as [String: Any],
      "detected": report.detections.map {
        [
          "what": $0.what, "value": $0.value, "evidence": $0.evidence.text(language),
          "ambiguous": $0.isAmbiguous,
        ] as [String: Any]
      },
      "rows": counts.rows, "columns": counts.columns,
      "altered": [
        "preamble_lines": counts.preambleLines, "blank_lines": counts.blankLines,
        "padded": counts.padded, "overlong": counts.overlong,
        "quotes_mended": counts.quotesMended, "delimiters_supposed": counts.delimitersSupposed,
        "delimiters_dropped": counts.delimitersDropped,
        "otherwise_separated": counts.otherwiseSeparated, "zero_bytes": counts.zeroBytes,
        "invalid_characters": counts.invalidCharacters,
      ],
    ]
    let data = try JSONSerialization.data(
      withJSONObject: object, options: [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes])
    return String(decoding: data, as: UTF8.self) + "\n"
  }
}
