import Tabular

/// How to load a table with its types, in the languages of those who receive it. The text `""` and
/// a null cannot be told apart by these programs: both come as missing.
struct LoadingSnippets {
  /// The table's file name.
  let file: String
  let fields: [BundleField]

  /// pandas 2 or later.
  var python: String {
    let types = fields.filter { !$0.type.isTime }
      .map { "\(Self.quoted($0.name)): \"\($0.type.pandas)\"" }
    let times = fields.filter(\.type.isTime).map { Self.quoted($0.name) }
    return """
      import pandas as pd

      table = pd.read_csv(
          \(Self.quoted(file)),
          dtype={\(types.joined(separator: ", "))},
          parse_dates=[\(times.joined(separator: ", "))],
          keep_default_na=False,
          na_values=[""],
      )
      """
  }

  /// readr.
  var r: String {
    let columns = fields.map { "  `\($0.name.replacing("`", with: "\\`"))` = \($0.type.readr)" }
    return """
      library(readr)

      table <- read_csv(\(Self.quoted(file)), na = "", col_types = cols(
      \(columns.joined(separator: ",\n"))
      ))
      """
  }

  var duckDB: String {
    let columns = fields.map { "    \(Self.single($0.name)): '\($0.type.duckDB($0.decimals))'" }
    return """
      CREATE TABLE donnees AS
      SELECT * FROM read_csv(\(Self.single(file)),
        header = true, delim = ',', quote = '"', escape = '"', nullstr = '', columns = {
      \(columns.joined(separator: ",\n"))
      });
      """
  }

  private static func quoted(_ text: String) -> String {
    "\"" + text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
  }

  private static func single(_ text: String) -> String {
    "'" + text.replacing("'", with: "''") + "'"
  }
}

extension DataType {
  var isTime: Bool {
    switch self {
    case .date, .datetime: true
    default: false
    }
  }

  fileprivate var pandas: String {
    switch self {
    case .boolean: "boolean"
    case .integer: "Int64"
    case .decimal, .double: "Float64"
    default: "string"
    }
  }

  fileprivate var readr: String {
    switch self {
    case .boolean: "col_logical()"
    case .integer, .decimal, .double: "col_double()"
    case .date: "col_date()"
    case .datetime: "col_datetime()"
    default: "col_character()"
    }
  }

  fileprivate func duckDB(_ decimals: Int?) -> String {
    switch self {
    case .boolean: return "BOOLEAN"
    case .integer: return "BIGINT"
    case .decimal: return decimals.map { "DECIMAL(38, \($0))" } ?? "DOUBLE"
    case .double: return "DOUBLE"
    case .date: return "DATE"
    case .datetime(let zoned): return zoned ? "TIMESTAMPTZ" : "TIMESTAMP"
    default: return "VARCHAR"
    }
  }

  /// Table Schema's word for it.
  var schemaType: String {
    switch self {
    case .boolean: "boolean"
    case .integer: "integer"
    case .decimal, .double: "number"
    case .date: "date"
    case .datetime: "datetime"
    default: "string"
    }
  }
}
