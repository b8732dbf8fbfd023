import Tabular

/// The values of one dimension, each with a code; codes are in the values' order, the empty last.
struct TableCodes {
  let values: [Value]
  /// Of each row.
  let codes: [Int32]

  init(_ rows: [Value]) {
    values = Set(rows).sorted(by: TableCodes.precedes)
    var places: [Value: Int32] = [:]
    for (index, value) in values.enumerated() { places[value] = Int32(truncatingIfNeeded: index) }
    codes = rows.map { places[$0] ?? 0 }
  }

  /// What tells cells apart, the same in every run: each key's type and text, with its length.
  static func names(_ codes: [TableCodes], _ keys: [[Int32]]) -> [[UInt8]] {
    let texts = codes.map { $0.values.map(text) }
    return keys.map { key in
      zip(texts, key).flatMap { texts, code in texts[Int(code)] }
    }
  }

  private static func text(_ value: Value) -> [UInt8] {
    var (kind, bytes): (String, [UInt8]) = ("null", [])
    switch value {
    case .null: break
    case .text(let text): (kind, bytes) = ("text", Array(text.utf8))
    case .boolean(let flag): (kind, bytes) = ("boolean", [flag ? 1 : 0])
    case .integer(let number): (kind, bytes) = ("integer", Array(String(number).utf8))
    case .decimal(let number):
      let plain = number.trimmed
      (kind, bytes) = ("decimal", Array("\(plain.digits)/\(plain.scale)".utf8))
    case .double(let number): (kind, bytes) = ("double", Array(String(number.bitPattern).utf8))
    case .date(let days): (kind, bytes) = ("date", Array(String(days).utf8))
    case .datetime(let micros, let zoned):
      (kind, bytes) = (zoned ? "datetimez" : "datetime", Array(String(micros).utf8))
    }
    return Array("\(kind) \(bytes.count) ".utf8) + bytes
  }

  private static func precedes(_ left: Value, _ right: Value) -> Bool {
    switch (left, right) {
    case (.null, _): false
    case (_, .null): true
    case (.text(let a), .text(let b)): a.utf8.lexicographicallyPrecedes(b.utf8)
    case (.boolean(let a), .boolean(let b)): !a && b
    case (.integer(let a), .integer(let b)): a < b
    case (.decimal(let a), .decimal(let b)): a < b
    case (.date(let a), .date(let b)): a < b
    case (.datetime(let a, _), .datetime(let b, _)): a < b
    default: false
    }
  }
}

/// What is declared of a dimension: which of its values are sums of others.
struct TableAxis: Sendable {
  let name: String
  /// The value that stands for all.
  let total: Value?
  let hierarchy: Hierarchy?

  /// - Returns: nil when the hierarchy lacks a value.
  func dimension(_ values: [Value], knowsMargins: Bool) -> TableDimension? {
    var groups: [TableDimension.Group]
    if let hierarchy {
      guard let found = self.groups(hierarchy, values) else { return nil }
      groups = found
    } else {
      let all = total.flatMap { values.firstIndex(of: $0) }
      groups = [TableDimension.Group(parent: all, children: values.indices.filter { $0 != all })]
    }
    groups.removeAll { $0.children.isEmpty || ($0.parent == nil && !knowsMargins) }
    return TableDimension(size: values.count, groups: groups)
  }

  private func groups(
    _ hierarchy: Hierarchy, _ values: [Value]
  ) -> [TableDimension.Group]? {
    var codes: [String: Int] = [:]
    let all = total.flatMap { values.firstIndex(of: $0) }
    for (code, value) in values.enumerated() where code != all {
      // What has no name of its own is a part of the whole alone.
      guard case .text(let text) = value else { continue }
      codes[text] = code
    }
    var children: [String: [String]] = [:]
    var parents: [String] = []
    var known: Set<String> = []
    for level in hierarchy.levels.indices.dropFirst() {
      for (child, parent) in zip(hierarchy.levels[level - 1], hierarchy.levels[level]) {
        known.formUnion([child, parent])
        guard child != parent, children[parent]?.contains(child) != true else { continue }
        if children[parent] == nil { parents.append(parent) }
        children[parent, default: []].append(child)
      }
    }
    if hierarchy.height == 1 { known.formUnion(hierarchy.levels[0]) }
    guard codes.keys.allSatisfy(known.contains) else { return nil }
    func present(_ name: String, _ depth: Int) -> [Int] {
      if let code = codes[name] { return [code] }
      guard depth > 0 else { return [] }
      return (children[name] ?? []).flatMap { present($0, depth - 1) }
    }
    var groups = parents.map { parent in
      TableDimension.Group(
        parent: codes[parent],
        children: (children[parent] ?? []).flatMap { present($0, hierarchy.height) })
    }
    let parts = Set(groups.flatMap { $0.parent == nil ? [] : $0.children })
    let tops = values.indices.filter { $0 != all && !parts.contains($0) }
    // Without a row of totals, the hierarchy's top is the sum of all.
    groups.append(TableDimension.Group(parent: all, children: tops))
    return groups
  }
}
