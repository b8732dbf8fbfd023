import Tabular

/// The columns of one table, be it in one file or in several of one shape: what they hold, and the
/// schema that follows from it.
package struct TableProfile: Sendable {
  package let columns: [FileProfile.Column]
  /// Texts for nothing that occur, most frequent first.
  package let missingValues: [String]
  /// Whether some columns are not in all files.
  package let hasDrift: Bool

  /// The proposed schema. Fields have names that can be written anywhere; a column that is called
  /// otherwise is the field's title and alias.
  package var schema: TableSchema {
    TableSchema(fields: columns.map(\.field), missingValues: [""] + missingValues)
  }

  /// The schema in JSON.
  package var schemaText: String { SchemaText.json(schema) }

  /// The table that several files make together: columns of one name are one.
  package static func merged(_ files: [FileProfile]) -> TableProfile {
    var names: [String] = []
    var merged: [String: ColumnStatistics] = [:]
    var hasDrift = false
    for file in files {
      for (name, statistics) in zip(file.names, file.statistics) {
        if merged[name] == nil { names.append(name) }
        merged[name, default: ColumnStatistics()].merge(statistics)
      }
    }
    for file in files where Set(file.names).count != names.count { hasDrift = true }
    return TableProfile(names, names.compactMap { merged[$0] }, hasDrift: hasDrift)
  }

  init(_ names: [String], _ statistics: [ColumnStatistics], hasDrift: Bool = false) {
    self.hasDrift = hasDrift
    var markers: [String: Int] = [:]
    for found in statistics { markers.merge(found.missing, uniquingKeysWith: +) }
    missingValues = markers.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map(\.key)
    let fields = SafeName.names(names, fallback: "x")
    let persons = zip(names, statistics).contains { PrivacyProposal.tellsOfPersons($0, $1) }
    columns = names.indices.map { index in
      TableProfile.column(names[index], fields[index], statistics[index], persons: persons)
    }
  }

  private static func column(
    _ name: String, _ identifier: String, _ found: ColumnStatistics, persons: Bool
  ) -> FileProfile.Column {
    let proposal = TypeProposal(name, found)
    var field = proposal.field
    let privacy = PrivacyProposal(name, field, found, persons: persons)
    field.privacy = privacy.privacy
    if identifier != name {
      field.name = identifier
      field.title = name
      field.aliases = [name]
    }
    return FileProfile.Column(
      name: name, field: field, privacyReason: privacy.reason, privacyKind: privacy.kind,
      missing: found.cells - found.values, values: found.values,
      misfits: misfits(field, found),
      detected: Identifier.allCases.compactMap { kind in
        found.detected[kind].map { (kind, $0) }
      },
      within: CellReading.textKinds.sorted().compactMap { kind in
        found.within[kind].map { (kind, $0) }
      }, doubts: proposal.doubts, kinds: found.isCategory ? found.words.count : nil,
      frequentKinds: found.isCategory
        ? found.words.values.count { $0 >= FileProfile.Column.frequent } : 0)
  }

  private static func misfits(_ field: SchemaField, _ found: ColumnStatistics) -> Int {
    switch field.type {
    case .number, .integer:
      found.values - found.count { !$0.isDisjoint(with: CellShapes.numbers) }
    case .date, .datetime: found.values - found.count { !$0.isDisjoint(with: .dates) }
    case .boolean:
      found.values
        - found.words.reduce(0) {
          (field.trueValues + field.falseValues).contains($1.key) ? $0 + $1.value : $0
        }
    default: 0
    }
  }
}
