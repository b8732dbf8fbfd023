import StageKit
import Tabular

/// Reads the tree of an index, from the pipeline or from a framework's file.
struct TreeReader {
  private let reader: IndicatorReader
  private let binding: Binding

  init(_ reader: IndicatorReader, _ binding: Binding) {
    (self.reader, self.binding) = (reader, binding)
  }

  /// - Parameters:
  ///   - name: of the index.
  ///   - node: its member of `indicators:`.
  func tree(_ name: String, _ node: SpecNode) -> IndexTree {
    let framework = node["framework"].flatMap(framework)
    var tree = IndexTree()
    let top = tree.add(
      "index", .index, title: node["title"]?.spokenTitle ?? framework?["title"]?.spokenTitle,
      weight: 1, below: nil)
    let root = framework ?? node
    let own = ["domains", "dimensions", "indicators"].first { node[$0] != nil }
    if let own, framework != nil {
      binding.diagnostics.error(
        "wrong-shape", at: node[own]?.position ?? node.position, IndexMessages.twoTrees,
        remedy: IndexMessages.oneTree)
    }
    grow(&tree, root, below: top, framework == nil ? nil : node["measures"], framework == nil)
    check(tree, framework?.position ?? node.position, name)
    for entry in node["denominators"]?.entries ?? [] { _ = isFree(entry, tree) }
    for entry in node["measures"]?.entries ?? []
    where !tree.indicators.contains(where: { $0.name == entry.key }) {
      let near = Suggestion.nearest(to: entry.key, among: tree.indicators.map(\.name))
      binding.diagnostics.error(
        "unknown-indicator", at: entry.keyPosition,
        IndexMessages.unknownIndicator(entry.key, near: near),
        remedy: IndexMessages.indicatorsAre(tree.indicators.map(\.name)))
    }
    return tree
  }

  /// The framework's file; nil after diagnostics.
  private func framework(_ node: SpecNode) -> SpecNode? {
    guard let root = binding.readFile(node) else { return nil }
    guard let entries = root.entries else {
      binding.diagnostics.error("wrong-shape", at: root.position, IndexMessages.noFramework)
      return nil
    }
    let decoder = OptionDecoder(binding.diagnostics)
    let values = decoder.record(
      IndexDeclarations.framework, entries, owner: "framework", at: root.position)
    return values == nil ? nil : root
  }

  private func grow(
    _ tree: inout IndexTree, _ node: SpecNode, below parent: Int, _ measures: SpecNode?,
    _ isOwn: Bool
  ) {
    for (key, level) in [
      ("domains", IndexTree.Level.domain), ("dimensions", .dimension), ("indicators", .indicator),
    ] {
      for entry in node[key]?.entries ?? [] {
        if binding.isName(entry.key, at: entry.keyPosition) { _ = isFree(entry, tree) }
        let indicator =
          level == .indicator
          ? reader.indicator(entry.key, entry.value, measures?[entry.key], isOwn: isOwn) : nil
        let child = tree.add(
          entry.key, level, title: entry.value["title"]?.spokenTitle,
          weight: entry.value["weight"]?.number ?? 1, below: parent, indicator)
        guard indicator == nil else { continue }
        grow(&tree, entry.value, below: child, measures, isOwn)
        if tree.nodes[child].children.isEmpty {
          binding.diagnostics.error(
            "no-indicators", at: entry.keyPosition, IndexMessages.noIndicators(entry.key),
            remedy: IndexMessages.addOrRemove)
        }
      }
    }
  }

  /// Whether no other element, and no field of the units, has an entry's name; reports it if not.
  private func isFree(_ entry: SpecNode.Entry, _ tree: IndexTree) -> Bool {
    let units = reader.units.fields.map(\.name) + (reader.periods.map { [$0.field] } ?? [])
    let message: Message
    if units.contains(entry.key) {
      message = IndexMessages.unitsHave(entry.key)
    } else if tree.nodes.contains(where: { $0.name == entry.key }) {
      message = IndexMessages.namedTwice(entry.key)
    } else {
      return true
    }
    binding.diagnostics.error(
      "field-exists", at: entry.keyPosition, message, remedy: IndexMessages.otherName)
    return false
  }

  private func check(_ tree: IndexTree, _ place: SpecPosition, _ name: String) {
    if tree.indicators.isEmpty {
      binding.diagnostics.error(
        "no-indicators", at: place, IndexMessages.noIndicators(name),
        remedy: IndexMessages.addOrRemove)
    } else if !tree.indicators.contains(where: { $0.measure != nil }),
      tree.indicators.allSatisfy({ $0.absence != nil }) || !binding.hasErrors
    {
      binding.diagnostics.error(
        "no-measures", at: place, IndexMessages.noMeasures(name),
        remedy: IndexMessages.sayWhence)
    }
  }
}
