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
