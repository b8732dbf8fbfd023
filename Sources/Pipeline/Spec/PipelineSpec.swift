import StageKit
import Tabular

/// A pipeline as its author wrote it: shapes checked, names not yet resolved.
struct PipelineSpec {
  struct Item {
    let name: String
    let position: SpecPosition
    let values: [String: SpecNode]
    let node: SpecNode

    subscript(key: String) -> SpecNode? {
      guard let node = values[key], !node.isNull else { return nil }
      return node
    }
  }

  struct StageUse {
    let name: String
    let position: SpecPosition
    let body: SpecNode
  }

  let top: Item
  let parameters: [Item]
  let sources: [Item]
  let steps: [Item]
  let outputs: [Item]
  /// Tables of blocks, by the names of the members that they come from.
  let blockTables: [String: [String]]
  let reports: [Item]

  /// - Returns: what could be decoded, or nil after diagnostics when not even the top could.
  init?(_ root: SpecNode, _ blocks: [any Block.Type], _ diagnostics: Diagnostics) {
    let decoder = OptionDecoder(diagnostics)
    guard let entries = root.entries else {
      diagnostics.error("wrong-shape", at: root.position, SpecMessages.noMapping)
      return nil
    }
    if root["audiences"] != nil, root["pipeline"] == nil {
      diagnostics.error("charter", at: root.position, SpecMessages.isCharter)
      return nil
    }
    // The members are decoded one by one, so that one broken source hides nothing in the others.
    let declarations = Self.loose(SpecDeclarations.pipeline(blocks), for: root)
    _ = decoder.record(declarations, entries, owner: "pipeline", at: root.position)
    if !entries.contains(where: { ["outputs", "reports"].contains($0.key) }) {
      diagnostics.error(
        "missing-key", at: root.position, SpecMessages.nothingLeaves,
        remedy: SpecMessages.sayWhatLeaves)
    }
    let values = Dictionary(entries.map { ($0.key, $0.value) }) { first, _ in first }
    top = Item(
      name: values["pipeline"]?.text ?? "", position: root.position, values: values, node: root)
    if let version = values["octroi"], version.integer != 1 {
      diagnostics.error(
        "version", at: version.position, SpecMessages.wrongVersion(version.text ?? ""))
    }
    func members(_ key: String, _ declarations: [OptionDeclaration]) -> [Item] {
      (values[key]?.entries ?? []).compactMap { entry in
        guard let fields = entry.value.entries else {
          _ = decoder.fits(entry.value, .record(declarations), name: entry.key)
          return nil
        }
        guard
          let decoded = decoder.record(
            declarations, fields, owner: entry.key, at: entry.keyPosition)
        else { return nil }
        return Item(
          name: entry.key, position: entry.keyPosition, values: decoded, node: entry.value)
      }
    }
    parameters = members("parameters", SpecDeclarations.parameter)
    sources = members("sources", SpecDeclarations.source)
    var tables: [String: [String]] = [:]
    let made = blocks.flatMap { block -> [Item] in
      for entry in values[block.declaration.name]?.entries ?? [] {
        tables[entry.key] = block.steps(of: entry).map(\.name)
      }
      return members(block.declaration.name, block.member).flatMap { item in
        let entry = SpecNode.Entry(
          key: item.name, keyPosition: item.position, value: item.node)
        return block.steps(of: entry).map { Self.step($0, at: item.position) }
      }
    }
    blockTables = tables
    steps = members("steps", SpecDeclarations.step) + made
    outputs = members("outputs", SpecDeclarations.output)
    reports = members("reports", ReportDeclarations.report)
  }

  /// A step that a block stands for, as an author would have written it.
  private static func step(_ step: BlockStep, at place: SpecPosition) -> Item {
    let stage = SpecNode.Entry(key: step.stage, keyPosition: place, value: step.body)
    let stages = SpecNode(.sequence([SpecNode(.mapping([stage]), at: place)]), at: place)
    let title = SpecNode(message: step.title, at: place)
    return Item(
      name: step.name, position: place,
      values: ["from": step.from, "stages": stages, "title": title], node: step.body)
  }

  /// The same keys, the members of those that are mappings left for later.
  static func loose(
    _ declarations: [OptionDeclaration], for node: SpecNode
  ) -> [OptionDeclaration] {
    declarations.map { declaration in
      guard case .map = declaration.type, node[declaration.name]?.entries != nil else {
        return declaration
      }
      return OptionDeclaration(
        declaration.name, .map(keys: "name", .stage), required: declaration.required,
        declaration.summary)
    }
  }

  /// The stages of a step: each a name with its options, or a bare name.
  static func stages(of step: Item, _ diagnostics: Diagnostics) -> [StageUse] {
    (step["stages"]?.items ?? []).compactMap { node in
      if let name = node.text {
        let nothing = SpecNode(.scalar("", .plain), at: node.position)
        return StageUse(name: name, position: node.position, body: nothing)
      }
      guard let entries = node.entries, entries.count == 1, let entry = entries.first else {
        diagnostics.error("stage-shape", at: node.position, SpecMessages.oneStage())
        return nil
      }
      return StageUse(name: entry.key, position: entry.keyPosition, body: entry.value)
    }
  }
}

extension SpecNode {
  /// A title in two languages, as an author would have written it.
  fileprivate init(message: Message, at place: SpecPosition) {
    let entries = [("en", message.en), ("fr", message.fr)].map { key, text in
      SpecNode.Entry(
        key: key, keyPosition: place, value: SpecNode(.scalar(text, .quoted), at: place))
    }
    self.init(.mapping(entries), at: place)
  }

  /// A title in one text or two languages.
  var message: Message? {
    if let text { return Message(en: text, fr: text) }
    let (en, fr) = (self["en"]?.text, self["fr"]?.text)
    guard let any = en ?? fr else { return nil }
    return Message(en: en ?? any, fr: fr ?? any)
  }
}
