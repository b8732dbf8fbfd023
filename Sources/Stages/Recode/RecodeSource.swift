import StageKit
import Tabular

/// Where `recode` finds what values become: a list in the spec, or two fields of a table.
struct RecodeSource: Sendable {
  private enum Content: Sendable {
    case list([Value], [Value])
    case table(from: Int, to: Int)
  }

  /// The table's name, if it is one.
  let name: String?
  /// Of what values become.
  let type: DataType
  let privacy: Privacy
  /// How coarse what it tells of dates is: what authors list tells none.
  let precision: DatePrecision?
  /// Whether a value may become empty.
  let isNullable: Bool
  let position: SpecPosition
  let sides: [SideNeed]
  private let content: Content

  /// Whether a value may be missing at all; only a boolean's two can all be listed.
  var mayFail: Bool {
    if case .list(let from, _) = content, from.first?.type == .boolean { return from.count < 2 }
    return true
  }

  /// - Throws: `StageRejected` after diagnostics.
  init(_ options: Options, _ field: Field, _ binding: Binding) throws {
    switch (options["map"], options["with"]) {
    case (let map?, nil):
      for key in ["from", "to"] {
        guard let node = options[key] else { continue }
        binding.diagnostics.error(
          "unused-key", at: node.position,
          Message(en: "'\(key)' goes with 'with'", fr: "« \(key) » va avec « with »"))
      }
      try self.init(list: map, field, isKept: options["otherwise"]?.text == "keep", binding)
    case (nil, let table?): try self.init(table: table, options, field, binding)
    default:
      binding.diagnostics.error(
        "one-of", at: options.position,
        Message(
          en: "give either 'map' or 'with' and 'to'",
          fr: "donnez « map », ou bien « with » et « to »"))
      throw StageRejected()
    }
    try binding.settle()
  }

  private init(
    list map: SpecNode, _ field: Field, isKept: Bool, _ binding: Binding
  ) throws {
    let entries = map.entries ?? []
    let type = isKept ? field.type : Self.commonType(entries.map(\.value))
    var (from, to): ([Value], [Value]) = ([], [])
    for entry in entries {
      // Keys of a mapping are quoted texts, so numbers are read from the text alone.
      let plain = SpecNode(.scalar(entry.key, .plain), at: entry.keyPosition)
      let key = binding.value(field.type == .text ? entry.keyNode : plain, as: field.type)
      let value = entry.value.isNull ? .null : binding.value(entry.value, as: type)
      guard let key, let value else { continue }
      if from.contains(key) {
        binding.diagnostics.error(
          "repeated-value", at: entry.keyPosition,
          Message(en: "this value stands twice", fr: "cette valeur figure deux fois"))
      }
      from.append(key)
      to.append(value)
    }
    (name, self.type, privacy, sides) = (nil, type, .none, [])
    precision = .coarsest
    (isNullable, position) = (to.contains(.null), map.position)
    content = .list(from, to)
  }

  private init(
    table: SpecNode, _ options: Options, _ field: Field, _ binding: Binding
  ) throws {
    let facts = try binding.require(binding.table(table))
    let from =
      options["from"] ?? SpecNode(.scalar(field.name, .quoted), at: table.position)
    guard let to = options["to"] else {
      binding.diagnostics.error(
        "missing-key", at: table.position,
        Message(en: "'with' needs 'to'", fr: "« with » : il manque « to »"))
      throw StageRejected()
    }
    let (source, target) = (binding.field(from, in: facts), binding.field(to, in: facts))
    if let source { binding.isOfType(source, [field.type], at: from.position) }
    guard let source, let target, let first = facts.index(of: source.name),
      let second = facts.index(of: target.name)
    else { throw StageRejected() }
    let name = table.text ?? ""
    (self.name, type) = (name, target.type)
    (privacy, precision, isNullable) = (target.privacy, target.precision, target.nullable)
    sides = [SideNeed(table: name, fields: [source.name, target.name])]
    (position, content) = (table.position, .table(from: first, to: second))
  }

  /// Numbers and booleans where all are; else texts.
  private static func commonType(_ values: [SpecNode]) -> DataType {
    let written = values.filter { !$0.isNull }
    if written.isEmpty { return .text }
    if written.allSatisfy({ $0.boolean != nil }) { return .boolean }
    if written.allSatisfy({ $0.integer != nil }) { return .integer }
    let areNumbers = written.allSatisfy { $0.number != nil && $0.value(as: .decimal) != nil }
    return areNumbers ? .decimal : .text
  }

  /// Two columns: values and what they become.
  func batches(_ context: StageContext) throws -> [Batch] {
    switch content {
    case .table(let from, let to):
      return try context.side(name ?? "").map { try Project([from, to]).of($0) }
    case .list(let from, let to):
      guard let first = from.first?.type, let keys = Column(from, type: first),
        let values = Column(to, type: type)
      else { return [] }
      return [Batch(columns: [keys, values], rowCount: from.count, sequence: 0)]
    }
  }
}

extension RowOperator {
  /// One batch, worked on.
  fileprivate func of(_ batch: Batch) throws -> Batch { try makeWorker().process(batch) }
}
