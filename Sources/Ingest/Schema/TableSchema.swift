import Tabular

/// A Table Schema (https://specs.frictionlessdata.io/table-schema/, versions 1 and 2): what the
/// fields of a source are and what their values must be. Data may be rejected by it, and never
/// redefines it.
public struct TableSchema: Sendable, Hashable {
  public var fields: [SchemaField]
  /// Texts that stand for a missing value, unless a field has its own; compared as read.
  public var missingValues: [String]
  /// Names of fields whose values together are required and unique.
  public var primaryKey: [String]
  /// Sets of fields whose values together are unique (version 2).
  public var uniqueKeys: [[String]]
  /// Nil when the schema does not say.
  public var fieldsMatch: FieldsMatch?
  public var title: String?

  public init(
    fields: [SchemaField], missingValues: [String] = [""], primaryKey: [String] = [],
    uniqueKeys: [[String]] = [], fieldsMatch: FieldsMatch? = nil, title: String? = nil
  ) {
    (self.fields, self.missingValues) = (fields, missingValues)
    (self.primaryKey, self.uniqueKeys) = (primaryKey, uniqueKeys)
    (self.fieldsMatch, self.title) = (fieldsMatch, title)
  }

  /// The field with the name.
  public func field(_ name: String) -> SchemaField? { fields.first { $0.name == name } }
}

/// How the fields of a schema and the columns of a file go together (version 2). Columns are
/// always matched by name; this says which may lack.
public enum FieldsMatch: String, Sendable, Hashable, CaseIterable {
  /// The same fields, in any order. (The standard asks for the same order too; files that cities
  /// send change theirs, and names say enough.)
  case exact
  case equal
  /// The file may have more columns.
  case subset
  /// The file may lack columns.
  case superset
  /// At least one column in common.
  case partial
}

/// One field of a schema.
public struct SchemaField: Sendable, Hashable {
  public var name: String
  public var type: FieldType
  /// As written: `default`, `any`, a strptime pattern, `email`…
  public var format: String
  public var title: String?
  /// Titles by language (`fr`, `en`): ours.
  public var titles: [String: String]
  public var summary: String?
  /// Descriptions by language (`fr`, `en`): ours.
  public var summaries: [String: String] = [:]
  public var constraints: FieldConstraints
  /// Texts that stand for a missing value in this field, instead of the schema's.
  public var missingValues: [String]?
  public var decimalChar: String
  /// Between thousands; empty when numbers are not grouped.
  public var groupChar: String
  /// Whether numbers stand alone; when false, text around them (`€`, `%`) is passed over.
  public var bareNumber: Bool
  public var trueValues: [String]
  public var falseValues: [String]
  /// The privacy class, as written: ours.
  public var privacy: String?
  /// Other names of the column at the source: ours.
  public var aliases: [String]
  /// Digits after the point to print: ours.
  public var decimals: Int?
  /// Whether it is a degree of longitude or latitude: ours.
  public var isCoordinate = false
  /// Whether a number is kept as a double, because a decimal cannot hold it: ours.
  public var isDouble: Bool

  public init(
    name: String, type: FieldType = .string, format: String = "default",
    constraints: FieldConstraints = FieldConstraints(), missingValues: [String]? = nil,
    privacy: String? = nil, aliases: [String] = []
  ) {
    (self.name, self.type, self.format) = (name, type, format)
    (self.constraints, self.missingValues) = (constraints, missingValues)
    (self.privacy, self.aliases) = (privacy, aliases)
    (title, titles, summary, decimals, isDouble) = (nil, [:], nil, nil, false)
    (decimalChar, groupChar, bareNumber) = (".", "", true)
    trueValues = SchemaField.usualTrueValues
    falseValues = SchemaField.usualFalseValues
  }

  /// What the standard takes for true without a declaration.
  public static let usualTrueValues = ["true", "True", "TRUE", "1"]
  /// What the standard takes for false without a declaration.
  public static let usualFalseValues = ["false", "False", "FALSE", "0"]

  /// The type of the field's column.
  public var dataType: DataType {
    switch type {
    case .number: isDouble ? .double : .decimal
    case .integer, .year: .integer
    case .boolean: .boolean
    case .date: .date
    case .datetime: .datetime(zoned: isZoned)
    case .string, .time, .yearmonth, .duration, .object, .array, .list, .geopoint, .geojson, .any:
      .text
    }
  }

  /// Whether a datetime names its zone: the default format is UTC by the standard, a pattern says
  /// it with `%z`.
  public var isZoned: Bool { format == "default" || format.contains("%z") }
}

/// The types of the standard. Those without columns of their own (`geopoint`…) are read as text.
public enum FieldType: String, Sendable, Hashable, CaseIterable {
  case string
  case number
  case integer
  case boolean
  case date
  case datetime
  case time
  case year
  case yearmonth
  case duration
  case object
  case array
  case list
  case geopoint
  case geojson
  case any
}

/// What the values of a field must fulfil. Bounds and choices are as written in the schema; their
/// types are those of the field.
public struct FieldConstraints: Sendable, Hashable {
  public var required = false
  public var unique = false
  public var minimum: String?
  public var maximum: String?
  public var exclusiveMinimum: String?
  public var exclusiveMaximum: String?
  /// In characters (Unicode scalars).
  public var minLength: Int?
  public var maxLength: Int?
  /// A regular expression that the whole text must match.
  public var pattern: String?
  public var oneOf: [String]?

  public init() {}

  /// Whether there is nothing to check beyond `required` and `unique`.
  public var isPlain: Bool {
    minimum == nil && maximum == nil && exclusiveMinimum == nil && exclusiveMaximum == nil
      && minLength == nil && maxLength == nil && pattern == nil && oneOf == nil
  }
}
