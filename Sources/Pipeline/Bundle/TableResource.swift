import StageKit
import Tabular

/// A text in both languages, in a JSON file.
struct SpokenTexts: Encodable {
  let fr: String
  let en: String

  init(_ message: Message) { (fr, en) = (message.fr, message.en) }
}

/// The table in a Data Package: its file, how it is written, and the schema of its fields.
struct TableResource: Encodable {
  private struct Field: Encodable {
    let name: String
    let type: String
    var format: String?
    var decimalChar: String?
    var trueValues: [String]?
    var falseValues: [String]?
    let title: String
    let titles: SpokenTexts
    let description: String?
    let descriptions: SpokenTexts?
    let constraints: [String: Bool]?
    let unit: String?
    let privacy: [String]
    let treatments: [String]?
  }

  private struct Schema: Encodable {
    let fields: [Field]
    let fieldsMatch = "exact"
    let missingValues = [""]

    enum CodingKeys: String, CodingKey { case fields, fieldsMatch, missingValues }
  }

  private struct Dialect: Encodable {
    let delimiter: String
    let lineTerminator = "\r\n"
    let quoteChar = "\""
    let doubleQuote = true
    let header = true

    enum CodingKeys: String, CodingKey {
      case delimiter, lineTerminator, quoteChar, doubleQuote, header
    }
  }

  private let name: String
  private let path: String
  private let type = "table"
  private let format: String
  private let mediatype: String
  private let encoding = "utf-8"
  private let compression: String?
  private let bytes: Int
  private let hash: String
  private let rows: Int
  /// Nil for JSON, whose rows carry their keys.
  private let dialect: Dialect?
  private let schema: Schema

  enum CodingKeys: String, CodingKey {
    case name, path, type, format, mediatype, encoding, compression, bytes, hash, rows, dialect
    case schema
  }

  init(_ told: BundleFacts, _ language: Language) {
    let (output, report) = (told.output, told.report)
    name = DataPackage.slug(output.name)
    path = told.file
    (format, mediatype) = (output.format.word, output.format.mediaType)
    compression = output.format == .csvGzip ? "gz" : nil
    (bytes, hash, rows) = (report.bytes, "sha256:" + report.sha256, report.rows)
    let isExcel = output.format.isCSV && output.profile == .excelFR
    dialect = output.format.isCSV ? Dialect(delimiter: isExcel ? ";" : ",") : nil
    schema = Schema(fields: told.fields.map { Self.field($0, language, isExcel: isExcel) })
  }

  private static func field(
    _ field: BundleField, _ language: Language, isExcel: Bool
  ) -> Field {
    // An empty text reads as missing, as everywhere in Table Schema: nothing forbids it.
    let isRequired = !field.isNullable && field.type != .text
    var told = Field(
      name: field.name, type: field.type.schemaType, title: field.title.text(language),
      titles: SpokenTexts(field.title), description: field.description?.text(language),
      descriptions: field.description.map(SpokenTexts.init),
      constraints: isRequired ? ["required": true] : nil, unit: field.unit,
      privacy: field.classes.map(\.rawValue),
      treatments: field.treatments.isEmpty ? nil : field.treatments.map(\.stage))
    guard isExcel else { return told }
    switch field.type {
    case .decimal, .double: told.decimalChar = ","
    case .boolean: (told.trueValues, told.falseValues) = (["VRAI"], ["FAUX"])
    case .date: told.format = "%d/%m/%Y"
    case .datetime(let zoned): told.format = "%d/%m/%Y %H:%M:%S" + (zoned ? "Z" : "")
    default: break
    }
    return told
  }
}

extension PlannedOutput.Format {
  var isCSV: Bool { self == .csv || self == .csvGzip }

  /// The Data Package's word for it.
  var word: String {
    switch self {
    case .csv, .csvGzip: "csv"
    case .json: "json"
    case .jsonLines: "jsonl"
    }
  }

  /// Of the content, whether or not it is compressed.
  var mediaType: String {
    switch self {
    case .csv, .csvGzip: "text/csv"
    case .json: "application/json"
    case .jsonLines: "application/jsonl"
    }
  }
}
