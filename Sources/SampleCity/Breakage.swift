/// The ways in which a row of the sample is broken, or odd, on purpose.
///
/// Each broken row is broken in one way only, so that its count does not depend on the order in
/// which a reader looks at things.
enum Breakage: String, CaseIterable {
  // Rows that a reader rejects.
  case tooFewFields = "too_few_fields"
  case tooManyFields = "too_many_fields"
  case strayQuote = "stray_quote"
  case unclosedQuote = "unclosed_quote"
  case nulByte = "nul_byte"
  case badDate = "bad_date"
  case badNumber = "bad_number"
  case badBoolean = "bad_boolean"
  case excelError = "excel_error"
  case scientificIdentifier = "scientific_identifier"
  case lostZeros = "lost_leading_zeros"
  case missingRequired = "missing_required"
  case notInEnum = "not_in_enum"
  case outOfRange = "out_of_range"
  case duplicateKey = "duplicate_key"
  // Lines that are no rows: declared skips.
  case blank
  case repeatedHeader = "repeated_header"
  case preamble
  // Rows that are read, with a warning.
  case mojibake

  enum Outcome { case rejected, skipped, warned }

  var outcome: Outcome {
    switch self {
    case .blank, .repeatedHeader, .preamble: .skipped
    case .mojibake: .warned
    default: .rejected
    }
  }

  /// What the reader must do, in the words of `truth.json`.
  var rule: String {
    switch self {
    case .tooFewFields: "The record has fewer fields than the header: one reject."
    case .tooManyFields:
      "The record has more fields than the header, the extra ones not empty: one reject."
    case .strayQuote:
      "On one physical line, a quote inside a quoted field is followed by a letter: "
        + "the line is one reject and reading resumes at the next line."
    case .unclosedQuote:
      "On one physical line, the last field opens a quote and never closes it. The next quote in "
        + "the file is the opening quote of a field of the next line, followed by a letter, or "
        + "there is none before the end of the file: the line is one reject, and the next line "
        + "is read as a row of its own."
    case .nulByte: "The record holds a byte 0x00: one reject."
    case .badDate: "A date that is in no calendar: one reject."
    case .badNumber: "A number that cannot be read: one reject."
    case .badBoolean: "Neither of the two words of a yes/no field: one reject."
    case .excelError:
      "A spreadsheet's error (#N/A, #REF!, #VALEUR!) in place of a value: one reject."
    case .scientificIdentifier:
      "An identifier turned into 2,02501E+11 by a spreadsheet: one reject."
    case .lostZeros:
      "A code whose leading zeros a spreadsheet took, so that it breaks its pattern: one reject."
    case .missingRequired: "A required field is empty: one reject."
    case .notInEnum: "A value that is not in the schema's list: one reject."
    case .outOfRange: "A number below the minimum or above the maximum: one reject."
    case .duplicateKey:
      "The primary key of an earlier good row, of this file or of one before it: one reject, "
        + "the later of the two."
    case .blank: "An empty line: no record, a declared skip."
    case .repeatedHeader: "The header again, in the middle of a file: a declared skip."
    case .preamble: "A line before the header: a declared skip."
    case .mojibake: "UTF-8 that was once read as Windows-1252 (Ã©): a good row, warned."
    }
  }
}
