import ArgumentParser
import Octroi

/// What `scan --to csv` may be told of a file's dialect.
struct DialectFlags: ParsableArguments {
  @Option(
    help: "Between fields: a text such as ';' or ', ', or tab, space, comma, semicolon, pipe.")
  var delimiter: String?

  @Option(help: "Around fields: a character, or none.")
  var quote: String?

  @Option(help: "Before a quote within quotes: a character, doubled, or none.")
  var escape: String?

  @Option(help: "Lines before the table.")
  var skip: Int?

  @Option(help: "Rows that name the columns: 0, 1, or several, which are joined.")
  var header: Int?

  @Option(help: "utf-8, utf-16le, utf-16be, windows-1252, windows-1256, iso-8859-1, iso-8859-15.")
  var encoding: String?

  var texts: DialectTexts {
    DialectTexts(
      delimiter: delimiter, quote: quote, escape: escape, skip: skip, header: header,
      encoding: encoding)
  }
}
