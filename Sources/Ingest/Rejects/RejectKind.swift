import Tabular

/// Why a record is no row. One record is rejected once, for the first reason found: its form, then
/// its fields from left to right.
public enum RejectKind: String, Sendable, Hashable, CaseIterable, Comparable {
  // The form of the record.
  case tooFewFields = "too_few_fields"
  case tooManyFields = "too_many_fields"
  case strayQuote = "stray_quote"
  case unclosedQuote = "unclosed_quote"
  case fieldTooLong = "field_too_long"
  case nulByte = "nul_byte"
  case invalidEncoding = "invalid_encoding"
  // The type of a field.
  case badNumber = "bad_number"
  case badBoolean = "bad_boolean"
  case badDate = "bad_date"
  case excelError = "excel_error"
  case scientificIdentifier = "scientific_identifier"
  case lostLeadingZeros = "lost_leading_zeros"
  // A rule of the schema.
  case missingRequired = "missing_required"
  case notInEnum = "not_in_enum"
  case outOfRange = "out_of_range"
  case badLength = "bad_length"
  case badPattern = "bad_pattern"
  case duplicateKey = "duplicate_key"

  public static func < (left: RejectKind, right: RejectKind) -> Bool {
    left.rawValue < right.rawValue
  }

  init(_ fault: RecordFault) {
    switch fault {
    case .tooFewFields: self = .tooFewFields
    case .tooManyFields: self = .tooManyFields
    case .strayQuote: self = .strayQuote
    case .unclosedQuote: self = .unclosedQuote
    case .fieldTooLong: self = .fieldTooLong
    case .nulByte: self = .nulByte
    }
  }

  /// DuckDB's word for it, where it has one.
  public var errorType: String {
    switch self {
    case .tooFewFields: "MISSING COLUMNS"
    case .tooManyFields: "TOO MANY COLUMNS"
    case .strayQuote, .unclosedQuote: "UNQUOTED VALUE"
    case .fieldTooLong: "LINE SIZE OVER MAXIMUM"
    case .invalidEncoding: "INVALID ENCODING"
    case .nulByte: "INVALID STATE"
    case .badNumber, .badBoolean, .badDate, .excelError: "CAST"
    case .scientificIdentifier, .lostLeadingZeros, .missingRequired, .notInEnum, .outOfRange,
      .badLength, .badPattern,
      .duplicateKey:
      "CONSTRAINT"
    }
  }

  /// What it is, without any value.
  public var message: Message {
    switch self {
    case .tooFewFields: Message(en: "too few fields", fr: "trop peu de champs")
    case .tooManyFields: Message(en: "too many fields", fr: "trop de champs")
    case .strayQuote:
      Message(en: "text follows a closing quote", fr: "du texte suit un guillemet fermant")
    case .unclosedQuote:
      Message(en: "a quote is not closed", fr: "un guillemet n’est pas refermé")
    case .fieldTooLong: Message(en: "a field is too long", fr: "un champ est trop long")
    case .nulByte: Message(en: "a zero byte", fr: "un octet nul")
    case .invalidEncoding:
      Message(
        en: "bytes that are not in the file's encoding",
        fr: "des octets étrangers à l’encodage du fichier")
    case .badNumber: Message(en: "not a number", fr: "ce n’est pas un nombre")
    case .badBoolean: Message(en: "neither true nor false", fr: "ni vrai ni faux")
    case .badDate:
      Message(en: "not a date of this format", fr: "ce n’est pas une date de ce format")
    case .excelError: Message(en: "a spreadsheet's error", fr: "une erreur de tableur")
    case .scientificIdentifier:
      Message(
        en: "an identifier that a spreadsheet turned into scientific notation",
        fr: "un identifiant qu’un tableur a mis en notation scientifique")
    case .lostLeadingZeros:
      Message(
        en: "a code that is too short: a spreadsheet took its leading zeros",
        fr: "un code trop court : un tableur a supprimé ses zéros de tête")
    case .missingRequired:
      Message(en: "a required value is missing", fr: "une valeur obligatoire manque")
    case .notInEnum:
      Message(en: "not one of the allowed values", fr: "ce n’est pas l’une des valeurs admises")
    case .outOfRange: Message(en: "outside the bounds", fr: "hors des bornes")
    case .badLength: Message(en: "too short or too long", fr: "trop court ou trop long")
    case .badPattern: Message(en: "not of the required form", fr: "pas de la forme exigée")
    case .duplicateKey:
      Message(en: "an earlier row has the same key", fr: "une ligne antérieure a la même clé")
    }
  }
}
