import StageKit
import Tabular

/// What is wrong with a test's own text.
public struct TestTextError: Error, CustomStringConvertible {
  public let description: String
  public init(_ description: String) { self.description = description }
}

/// A small table with its facts.
public struct TestTable: Sendable {
  public let facts: Facts
  public let rows: [[Value]]

  public init(facts: Facts, rows: [[Value]]) { (self.facts, self.rows) = (facts, rows) }

  /// A table as a case writes it: `fields` (name: type, class, `required`), `csv` with a header,
  /// `aggregated: true` for rows that are no microdata, `about_persons: true`, and
  /// `standing_for: n` for aggregates of persons; a field's `counts` then says that it counts
  /// their rows.
  public init(_ node: SpecNode, source: String) throws {
    var fields: [Field] = []
    let basis = Basis(aggregate: node.position)
    for entry in node["fields"]?.entries ?? [] {
      fields.append(try Self.field(entry, source, basis))
    }
    let records = CellText.rows(node["csv"]?.text ?? fields.map(\.name).joined(separator: ","))
    guard records.first?.map({ $0 ?? "" }) == fields.map(\.name) else {
      throw TestTextError("\(source): the header is not the list of fields")
    }
    var rows: [[Value]] = []
    for record in records.dropFirst() {
      guard record.count == fields.count else {
        throw TestTextError("\(source): a row of \(record.count) cells: \(record)")
      }
      rows.append(
        try zip(record, fields).map { cell, field in
          guard let cell else { return .null }
          guard let value = CellText.value(cell, field.type) else {
            throw TestTextError("\(source): '\(cell)' is no \(field.type.name)")
          }
          return value
        })
    }
    let facts = Facts(
      fields: fields, isMicrodata: node["aggregated"]?.boolean != true,
      isAboutPersons: node["about_persons"]?.boolean)
    self.facts = facts.resting(on: node["standing_for"]?.integer.map { [basis: $0] } ?? [:])
    self.rows = rows
  }

  private static func field(
    _ entry: SpecNode.Entry, _ source: String, _ basis: Basis
  ) throws -> Field {
    let words = (entry.value.text ?? "").split(separator: " ").map(String.init)
    let types: [DataType] = [
      .text, .boolean, .integer, .decimal, .double, .date, .datetime(zoned: false),
      .datetime(zoned: true),
    ]
    guard let type = types.first(where: { $0.name == words.first }) else {
      throw TestTextError("\(source): field \(entry.key) has no type")
    }
    let privacy = words.dropFirst().compactMap(PrivacyClass.init(rawValue:)).first ?? .plain
    return Field(
      entry.key, type,
      privacy: Privacy(privacy, from: FieldOrigin(source: source, field: entry.key)),
      nullable: !words.contains("required"),
      counts: words.contains("counts") ? RowCount(of: basis) : nil)
  }

  /// The rows in batches.
  /// - Parameter absent: names of fields to leave out.
  public func batches(rowsEach: Int, absent: Set<String> = []) throws -> [Batch] {
    try stride(from: 0, to: rows.count, by: max(rowsEach, 1)).enumerated().map { sequence, start in
      let part = rows[start..<min(start + rowsEach, rows.count)]
      let columns = try facts.fields.enumerated().map { index, field in
        if absent.contains(field.name) {
          return Column(.absent(field.type, count: part.count))
        }
        guard let column = Column(part.map { $0[index] }, type: field.type) else {
          throw TestTextError("field \(field.name) has values of another type")
        }
        return column
      }
      return Batch(columns: columns, rowCount: part.count, sequence: sequence)
    }
  }
}
