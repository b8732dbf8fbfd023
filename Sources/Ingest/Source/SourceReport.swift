import Tabular

/// Counts of what became of a file's records: read = passed + rejected + skipped. The header is
/// not counted.
public struct RecordCounts: Sendable, Hashable {
  public var passed = 0
  public var rejectedBy: [RejectKind: Int] = [:]
  public var skippedBy: [SkipKind: Int] = [:]
  /// Rows that passed and look odd, by warning.
  public var warnedBy: [WarningKind: Int] = [:]

  public init() {}

  public var rejected: Int { rejectedBy.values.reduce(0, +) }
  public var skipped: Int { skippedBy.values.reduce(0, +) }
  public var read: Int { passed + rejected + skipped }

  /// Adds other counts.
  public mutating func add(_ other: RecordCounts) {
    passed += other.passed
    rejectedBy.merge(other.rejectedBy, uniquingKeysWith: +)
    skippedBy.merge(other.skippedBy, uniquingKeysWith: +)
    warnedBy.merge(other.warnedBy, uniquingKeysWith: +)
  }
}

/// Records and lines that are no data and no fault.
public enum SkipKind: String, Sendable, Hashable, CaseIterable, Comparable {
  /// An empty line.
  case blank
  /// A row of delimiters alone.
  case emptyRow = "empty_row"
  /// A line before the header.
  case preamble
  /// The header again.
  case repeatedHeader = "repeated_header"
  /// Totals and notes after the last row.
  case footer

  public static func < (left: SkipKind, right: SkipKind) -> Bool { left.rawValue < right.rawValue }

  /// What such records are called.
  public var message: Message {
    switch self {
    case .blank: Message(en: "blank lines", fr: "lignes vides")
    case .emptyRow: Message(en: "empty rows", fr: "lignes sans valeur")
    case .preamble: Message(en: "lines before the table", fr: "lignes avant le tableau")
    case .repeatedHeader: Message(en: "repeated headers", fr: "en-têtes répétés")
    case .footer: Message(en: "totals and notes", fr: "totaux et notes")
    }
  }
}

/// What is odd about rows that pass.
public enum WarningKind: String, Sendable, Hashable, CaseIterable, Comparable {
  /// UTF-8 that was once read as Windows-1252 (`Ã©`).
  case mojibake
  /// A spreadsheet's error in a text field.
  case excelError = "excel_error"

  public static func < (left: WarningKind, right: WarningKind) -> Bool {
    left.rawValue < right.rawValue
  }
}

/// What was found in one file.
public struct FileReport: Sendable {
  public let file: InputFile
  /// SHA-256 over the SHA-256s of the chunks of 1 MiB of the file as it lies on disk, in
  /// hexadecimal digits.
  public internal(set) var identity = ""
  /// On disk.
  public internal(set) var bytes = 0
  /// After decompression.
  public internal(set) var textBytes = 0
  public internal(set) var isGzip = false
  public internal(set) var dialect = Dialect()
  public internal(set) var detections: [Detection] = []
  public internal(set) var renamed: [ColumnNames.Renamed] = []
  /// Fields that were found under an alias: field, column.
  public internal(set) var aliases: [(field: String, column: String)] = []
  /// Columns that the schema does not declare: they are not loaded.
  public internal(set) var undeclared: [String] = []
  /// Fields without a column: null in this file's rows.
  public internal(set) var missing: [String] = []
  public internal(set) var counts = RecordCounts()

  init(_ file: InputFile) { self.file = file }
}

/// What was found in a source, once it has been read to its end.
public struct SourceReport: Sendable {
  public let name: String
  /// In the order in which they were read.
  public let files: [FileReport]
  /// The reject file, if there were rejects and a place for them.
  public let rejectFile: String?
  /// Rows that passed, by their day since 1970-01-01; empty unless asked for.
  public var days: [Int: Int] = [:]

  /// Over all files.
  public var counts: RecordCounts {
    files.reduce(into: RecordCounts()) { $0.add($1.counts) }
  }
}
