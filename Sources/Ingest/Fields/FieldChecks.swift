import Tabular

/// The constraints of one field, made ready for columns.
struct FieldChecks: Sendable {
  /// A bound and the words for it.
  private struct Bound: Sendable {
    let value: Value
    let isMinimum: Bool
    let isExclusive: Bool
    let rule: String
  }

  private let required: Bool
  private let bounds: [Bound]
  private let lengths: (least: Int, most: Int)?
  private let lengthRule: String
  private let choices: TextChoices?
  private let values: Set<Value>?
  private let pattern: Pattern?
  private let patternRule: String
  /// Whether a spreadsheet's scientific notation is to be looked for: codes that must not be
  /// numbers have a pattern, or are keys.
  private let isIdentifier: Bool

  /// - Parameters:
  ///   - isKey: whether the field is part of a key.
  ///   - isPrimary: whether it is part of the primary key, and so required.
  /// - Throws: `IngestError` for a bound, choice or pattern that cannot be read.
  init(_ field: SchemaField, isKey: Bool, isPrimary: Bool) throws(IngestError) {
    let constraints = field.constraints
    required = constraints.required || isPrimary
    bounds = try FieldChecks.bounds(field)
    let hasLength = constraints.minLength != nil || constraints.maxLength != nil
    lengths =
      hasLength && field.dataType == .text
      ? (constraints.minLength ?? 0, constraints.maxLength ?? .max) : nil
    lengthRule = [
      constraints.minLength.map { "minLength \($0)" },
      constraints.maxLength.map { "maxLength \($0)" },
    ].compactMap { $0 }.joined(separator: ", ")
    if let texts = constraints.oneOf, field.dataType == .text {
      (choices, values) = (TextChoices(texts), nil)
    } else if let texts = constraints.oneOf {
      var all: Set<Value> = []
      for text in texts { all.insert(try FieldChecks.value(text, field, "enum")) }
      (choices, values) = (nil, all)
    } else {
      (choices, values) = (nil, nil)
    }
    pattern = try FieldChecks.pattern(field)
    patternRule = "pattern \(pattern?.text ?? "")"
    isIdentifier =
      field.dataType == .text && (constraints.pattern != nil || isKey || constraints.unique)
  }

  /// Whether no value can break anything.
  var isEmpty: Bool {
    !required && bounds.isEmpty && lengths == nil && choices == nil && values == nil
      && pattern == nil && !isIdentifier
  }

  /// Marks the rows of a column that break a rule.
  func check(_ column: Column, field: Int, _ marks: inout RowMarks) {
    if required { checkRequired(column, field, &marks) }
    if case .text(let texts) = column.values {
      checkTexts(texts, column.validity, field, &marks)
    }
    for bound in bounds { check(bound, column, field, &marks) }
    if let values {
      for row in 0..<column.count where column.validity[row] {
        if !values.contains(column.value(row)) { marks.reject(row, .notInEnum, field, "enum") }
      }
    }
  }

  private func checkRequired(_ column: Column, _ field: Int, _ marks: inout RowMarks) {
    if let flags = column.validity.flags {
      for (row, flag) in flags.enumerated() where !flag {
        marks.reject(row, .missingRequired, field, "required")
      }
    }
    // Whoever quotes everything writes `""` for nothing.
    guard case .text(let texts) = column.values else { return }
    for row in 0..<texts.count where texts.range(row).isEmpty {
      marks.reject(row, .missingRequired, field, "required")
    }
  }

  private func checkTexts(
    _ texts: TextValues, _ validity: Validity, _ field: Int, _ marks: inout RowMarks
  ) {
    guard isIdentifier || choices != nil || pattern != nil || lengths != nil else { return }
    var hint = 0
    let bytes = texts.bytes.span
    for row in 0..<texts.count where validity[row] {
      let range = texts.range(row)
      if isIdentifier, CodeShape.isScientific(texts.bytes[range]) {
        marks.reject(row, .scientificIdentifier, field, "identifier")
        continue
      }
      if let choices, !choices.contains(texts.bytes, range, &hint) {
        marks.reject(row, .notInEnum, field, "enum")
        continue
      }
      if let lengths {
        let length = CodeShape.length(texts.bytes[range])
        if length < lengths.least || length > lengths.most {
          let lost = length < lengths.least && CodeShape.isDigits(texts.bytes[range])
          marks.reject(row, lost ? .lostLeadingZeros : .badLength, field, lengthRule)
          continue
        }
      }
      if let pattern, !pattern.matches(bytes.extracting(range), anchored: true) {
        let lost = CodeShape.lostZeros(texts.bytes[range], pattern)
        marks.reject(row, lost ? .lostLeadingZeros : .badPattern, field, patternRule)
      }
    }
  }

  private func check(_ bound: Bound, _ column: Column, _ field: Int, _ marks: inout RowMarks) {
    let outside = Bounds.rows(
      of: column, beyond: bound.value, isMinimum: bound.isMinimum, isExclusive: bound.isExclusive)
    for row in outside { marks.reject(row, .outOfRange, field, bound.rule) }
  }

  private static func bounds(_ field: SchemaField) throws(IngestError) -> [Bound] {
    let constraints = field.constraints
    let written: [(String?, String, Bool, Bool)] = [
      (constraints.minimum, "minimum", true, false),
      (constraints.maximum, "maximum", false, false),
      (constraints.exclusiveMinimum, "exclusiveMinimum", true, true),
      (constraints.exclusiveMaximum, "exclusiveMaximum", false, true),
    ]
    var bounds: [Bound] = []
    for (text, name, isMinimum, isExclusive) in written {
      guard let text, field.dataType != .text, field.dataType != .boolean else { continue }
      bounds.append(
        Bound(
          value: try value(text, field, name), isMinimum: isMinimum, isExclusive: isExclusive,
          rule: "\(name) \(text)"))
    }
    return bounds
  }

  private static func value(
    _ text: String, _ field: SchemaField, _ name: String
  ) throws(IngestError) -> Value {
    if let value = FieldFormat.value(text, field) { return value }
    throw IngestError(
      .invalid, "schema_bound",
      Message(
        en: "'\(name)' of the field '\(field.name)' is not of the field's type",
        fr: "« \(name) » du champ « \(field.name) » n’est pas du type du champ"))
  }

  private static func pattern(_ field: SchemaField) throws(IngestError) -> Pattern? {
    guard let text = field.constraints.pattern, field.dataType == .text else { return nil }
    do {
      return try Pattern(text)
    } catch {
      throw IngestError(
        .invalid, "schema_pattern",
        Message(
          en: "the pattern of the field '\(field.name)' is not understood",
          fr: "le motif du champ « \(field.name) » n’est pas compris"),
        remedy: error.message)
    }
  }
}
