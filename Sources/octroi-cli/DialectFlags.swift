import ArgumentParser
import Octroi

/// What `scan --to csv` may be told of a file's dialect.
struct DialectFlags: ParsableArguments {
  @Option(
    help: told(
      en: "Between fields: a text such as ';' or ', ', or tab, space, comma, semicolon, pipe.",
      fr: "Entre les champs : un texte comme `;` ou `, `, ou tab, space, comma, semicolon, pipe."))
  var delimiter: String?

  @Option(
    help: told(
      en: "Around fields: a character, or none.",
      fr: "Autour des champs : un caractère, ou none (aucun)."))
  var quote: String?

  @Option(
    help: told(
      en: "Before a quote within quotes: a character, doubled, or none.",
      fr: """
        Devant un guillemet entre guillemets : un caractère, doubled (un autre guillemet) ou none \
        (rien).
        """))
  var escape: String?

  @Option(help: told(en: "Lines before the table.", fr: "Lignes avant la table."))
  var skip: Int?

  @Option(
    help: told(
      en: "Rows that name the columns: 0, 1, or several, which are joined.",
      fr: "Lignes qui nomment les colonnes : 0, 1, ou plusieurs, qui sont jointes."))
  var header: Int?

  @Option(
    help: told(
      en: "utf-8, utf-16le, utf-16be, windows-1252, windows-1256, iso-8859-1, iso-8859-15.",
      fr: """
        Au choix : utf-8, utf-16le, utf-16be, windows-1252, windows-1256, iso-8859-1, iso-8859-15.
        """))
  var encoding: String?

  var texts: DialectTexts {
    DialectTexts(
      delimiter: delimiter, quote: quote, escape: escape, skip: skip, header: header,
      encoding: encoding)
  }
}
