import Foundation
import Ingest
import StageKit
import Tabular

/// Makes a planned source of a source as written, and the facts of its table.
struct SourcePlanner {
  let charter: Charter
  let files: SpecFiles
  let diagnostics: Diagnostics

  /// - Returns: nil after diagnostics.
  func plan(_ item: PipelineSpec.Item) -> (PlannedSource, Facts)? {
    let paths = (item["path"]?.items ?? [item["path"]].compactMap { $0 }).compactMap {
      $0.text == "-" ? "-" : files.resolve($0)
    }
    guard let schemaNode = item["schema"], let schema = schema(schemaNode),
      let governance = governance(item), let dialect = dialect(item["dialect"]), !paths.isEmpty
    else { return nil }
    let planned = PlannedSource(
      name: item.name, paths: paths, schema: schema, dialect: dialect,
      policy: item["policy"]?.text.flatMap { FilePolicy(rawValue: $0) },
      rejectLimit: item["reject"]?["at_most"].flatMap { RowLimit($0) }.map(Self.limit) ?? .count(0),
      allowsSameContent: item["same_content"]?.text == "allow", governance: governance,
      dated: dated(item["dated_by"], schema))
    return (planned, facts(item.name, schema, governance))
  }

  /// Reports tell since when data are missing, to whoever they are for: of plain dates only.
  private func dated(_ node: SpecNode?, _ schema: TableSchema) -> String? {
    guard let node, let name = node.text else { return nil }
    guard let field = schema.fields.first(where: { $0.name == name }) else {
      diagnostics.error(
        "unknown-field", at: node.position,
        PlanMessages.noDateField(
          name, near: Suggestion.nearest(to: name, among: schema.fields.map(\.name))),
        remedy: PlanMessages.namePlainDate)
      return nil
    }
    let isDate =
      switch field.dataType {
      case .date, .datetime: true
      default: false
      }
    guard isDate, field.privacy == PrivacyClass.plain.rawValue else {
      diagnostics.error(
        "wrong-type", at: node.position, PlanMessages.notPlainDate(name),
        remedy: PlanMessages.namePlainDate)
      return nil
    }
    return name
  }

  private static func limit(_ limit: RowLimit) -> RejectLimit {
    switch limit {
    case .count(let count): .count(count)
    case .share(let perMillion): .share(Decimal(digits: Int128(perMillion), scale: 6))
    }
  }

  private func governance(_ item: PipelineSpec.Item) -> Charter.Governance? {
    guard let node = item["governance"], let name = node.text else { return nil }
    if let entry = charter.governance[name] { return entry }
    if charter.isMissing {
      return Charter.Governance(
        id: name, purposes: nil, fields: [], node: node, position: node.position)
    }
    diagnostics.error(
      "unknown-governance", at: node.position,
      PlanMessages.unknownGovernance(
        name, near: Suggestion.nearest(to: name, among: charter.governance.keys.sorted())))
    return nil
  }

  private func schema(_ node: SpecNode) -> TableSchema? {
    guard let path = files.resolve(node) else { return nil }
    guard let data = FileManager.default.contents(atPath: path) else {
      diagnostics.error(
        "unreadable", at: node.position, SpecMessages.unreadable(SpecFiles.shown(path)))
      return nil
    }
    files.read.note(path, data)
    let reading = TableSchemaReader.read(Array(data), file: SpecFiles.shown(path))
    for error in reading.errors {
      let position = SpecPosition(
        file: SpecFiles.shown(path), line: error.line ?? 1, column: error.column ?? 1)
      diagnostics.error(error.code, at: position, error.message, remedy: error.remedy)
    }
    return reading.errors.isEmpty ? reading.schema : nil
  }

  private func dialect(_ node: SpecNode?) -> DialectOptions? {
    var options = DialectOptions()
    guard let node else { return options }
    var sound = true
    if let encoding = node["encoding"], let name = encoding.text {
      options.encoding = TextEncoding(name: name)
      if options.encoding == nil {
        diagnostics.error(
          "unknown-encoding", at: encoding.position, PlanMessages.unknownEncoding(name))
        sound = false
      }
    }
    func byte(_ key: String) -> UInt8?? {
      guard let node = node[key], let text = node.text else { return nil }
      if text == "none" { return .some(nil) }
      if text == "tab" || text == "\\t" || text == "\t" { return 9 }
      if text.utf8.count == 1, let byte = text.utf8.first, byte >= 32 { return byte }
      diagnostics.error("dialect", at: node.position, PlanMessages.oneByte)
      sound = false
      return nil
    }
    options.delimiter = byte("delimiter") ?? nil
    options.quote = byte("quote")
    options.escape = byte("escape")
    options.hasHeader = node["header"]?.boolean
    options.preambleLines = node["skip"]?.integer
    options.footerRecords = node["footer"]?.integer
    return sound ? options : nil
  }

  /// Whether a number only says yes or no, as far as its schema tells.
  private static func isFlag(_ constraints: FieldConstraints) -> Bool {
    if let values = constraints.oneOf { return values.count <= 2 }
    return constraints.minimum == "0" && constraints.maximum == "1"
  }

  /// What a field's numbers and days are taken to be.
  private static func amount(_ field: SchemaField) -> Amount? {
    guard !isFlag(field.constraints) else { return nil }
    return switch field.dataType {
    case .integer, .date, .datetime: Amount(digits: 0)
    // As many as amounts of money and measured ones have.
    case .decimal: Amount(digits: 6)
    case .double: Amount(digits: nil)
    case .text, .boolean: nil
    }
  }

  /// Rows are about persons when a field's class says so, or the governance entry does.
  private func facts(
    _ source: String, _ schema: TableSchema, _ governance: Charter.Governance
  ) -> Facts {
    let fields = schema.fields.map { field in
      let declared = field.privacy.flatMap { PrivacyClass(rawValue: $0) } ?? .unclassified
      let title = field.title ?? field.name
      var planned = Field(
        field.name, field.dataType,
        privacy: Privacy(declared, from: FieldOrigin(source: source, field: field.name)),
        decimals: field.decimals, nullable: !field.constraints.required,
        title: Message(en: field.titles["en"] ?? title, fr: field.titles["fr"] ?? title))
      planned.amount = Self.amount(field)
      return planned
    }
    let isSaid = governance.fields.contains { $0.key == "personal_data" && $0.value == "true" }
    var facts = Facts(
      fields: fields, isAboutPersons: isSaid || fields.contains { $0.privacy.isPersonal })
    facts.selection = RowSelection(of: [source])
    return facts
  }
}
