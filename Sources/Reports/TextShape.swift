import Tabular

/// How values are spelt in a CSV output.
public struct TextShape: Sendable, Hashable {
  public var delimiter: UInt8
  public var decimalMark: UInt8
  /// `2026-11-22`, or `22/11/2026`.
  public var isoDates: Bool
  public var yes: String
  public var no: String
  public var byteOrderMark: Bool
  /// Whether text that a spreadsheet would take for a formula is disarmed (OWASP).
  public var guardsFormulas: Bool

  /// UTF-8, `,`, `.`, ISO dates, CRLF as in RFC 4180: for machines.
  public static let opendata = TextShape(
    delimiter: UInt8(ascii: ","), decimalMark: UInt8(ascii: "."), isoDates: true, yes: "true",
    no: "false", byteOrderMark: false, guardsFormulas: false)

  /// Byte order mark, `;`, decimal comma, dd/mm/yyyy: what a French Excel opens rightly.
  public static let excelFR = TextShape(
    delimiter: UInt8(ascii: ";"), decimalMark: UInt8(ascii: ","), isoDates: false, yes: "VRAI",
    no: "FAUX", byteOrderMark: true, guardsFormulas: true)
}
