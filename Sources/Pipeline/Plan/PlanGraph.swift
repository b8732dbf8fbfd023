import Ingest
import StageKit
import Tabular

/// The DAG in the making: sources and steps bound one after the other, each after those it reads.
struct PlanGraph {
  let spec: PipelineSpec
  let charter: Charter
  let files: SpecFiles
  let stages: any StageProvider
  let parameters: [String: ParameterValue]
  let diagnostics: Diagnostics
  private(set) var nodes: [PlanNode] = []
  /// The last node of each source and step that could be bound.
  private(set) var ends: [String: Int] = [:]
  /// Names that something reads.
  private(set) var used: Set<String> = []
  /// Sources and steps that have errors of their own: what follows from them stays silent.
  private(set) var broken: Set<String> = []
  /// Files that stages read by themselves.
  let stageFiles = StageFiles()

  init(
    spec: PipelineSpec, charter: Charter, files: SpecFiles, stages: any StageProvider,
    parameters: [String: ParameterValue], diagnostics: Diagnostics
  ) {
    (self.spec, self.charter, self.files) = (spec, charter, files)
    (self.stages, self.parameters, self.diagnostics) = (stages, parameters, diagnostics)
  }

  mutating func build() {
    let maker = SourcePlanner(charter: charter, files: files, diagnostics: diagnostics)
    let declared = Set(
      (spec.top["sources"]?.entries ?? []).map(\.key)
        + (spec.top["steps"]?.entries ?? []).map(\.key)
        + spec.blockTables.values.flatMap { $0 })
    broken = declared.subtracting(spec.sources.map(\.name)).subtracting(spec.steps.map(\.name))
    let parts = [("steps", spec.steps), ("outputs", spec.outputs), ("reports", spec.reports)]
    for (section, items) in parts {
      let decoded = Set(items.map(\.name))
      for entry in spec.top[section]?.entries ?? [] where !decoded.contains(entry.key) {
        used.formUnion(Self.texts(entry.value))
      }
    }
    for source in spec.sources {
      guard let (planned, facts) = maker.plan(source) else {
        broken.insert(source.name)
        continue
      }
      add(step: source.name, .source(planned), facts, source.position)
      ends[source.name] = nodes.count - 1
    }
    for step in spec.steps where spec.sources.contains(where: { $0.name == step.name }) {
      diagnostics.error("same-name", at: step.position, SpecMessages.twice(step.name))
      broken.insert(step.name)
    }
    var waiting: [String] = []
    for step in spec.steps { visit(step, &waiting) }
  }

  private mutating func add(
    step: String, _ work: PlanNode.Work, _ facts: Facts, _ position: SpecPosition,
    written: SpecNode? = nil
  ) {
    let node = PlanNode(
      id: nodes.count, step: step, work: work, facts: facts, wanted: [], position: position,
      written: written)
    nodes.append(node)
  }

  /// Binds a step after the steps that it reads.
  private mutating func visit(_ step: PipelineSpec.Item, _ waiting: inout [String]) {
    guard ends[step.name] == nil, !broken.contains(step.name) else { return }
    if let start = waiting.firstIndex(of: step.name) {
      diagnostics.error(
        "cycle", at: step.position, SpecMessages.cycle(waiting[start...] + [step.name]),
        remedy: SpecMessages.breakCycle)
      broken.insert(step.name)
      return
    }
    waiting.append(step.name)
    let uses = PipelineSpec.stages(of: step, diagnostics)
    for name in [step["from"]?.text ?? ""] + uses.flatMap({ tablesNamed(in: $0) }) {
      if let other = spec.steps.first(where: { $0.name == name }) { visit(other, &waiting) }
    }
    waiting.removeLast()
    bind(step, uses)
  }

  /// Names of steps that a stage's options mention where a table is asked for.
  private func tablesNamed(in use: PipelineSpec.StageUse) -> [String] {
    guard let type = stages.stage(named: use.name) else { return [] }
    let options = OptionDecoder(Diagnostics()).options(
      of: type.declaration, body: use.body, at: use.position)
    return type.declaration.options.flatMap { declaration -> [String] in
      guard let node = options?[declaration.name] else { return [] }
      return Self.tables(node, declaration.type)
    }
  }

  private static func tables(_ node: SpecNode, _ type: OptionType) -> [String] {
    switch type {
    case .table: [node.text].compactMap { $0 }
    case .list(let element): (node.items ?? []).flatMap { tables($0, element) }
    case .map(_, let value): (node.entries ?? []).flatMap { tables($0.value, value) }
    case .either(let alternatives): alternatives.flatMap { tables(node, $0) }
    case .record(let options):
      options.flatMap { option in node[option.name].map { tables($0, option.type) } ?? [] }
    default: []
    }
  }

  private mutating func bind(_ step: PipelineSpec.Item, _ uses: [PipelineSpec.StageUse]) {
    guard let from = step["from"], var current = table(from) else {
      abandon(step, uses[...])
      return
    }
    for (number, use) in uses.enumerated() {
      guard let node = add(use, after: current, in: step.name) else {
        abandon(step, uses[(number + 1)...])
        return
      }
      current = node
    }
    ends[step.name] = current
  }

  /// Adds a stage to a step; nil after diagnostics.
  mutating func add(_ use: PipelineSpec.StageUse, after input: Int, in step: String) -> Int? {
    guard let stage = bind(use, input: nodes[input].facts) else { return nil }
    var sides: [String: Int] = [:]
    for side in stage.sides(Set(stage.output.names)) {
      used.insert(side.table)
      if let end = ends[side.table] { sides[side.table] = end }
    }
    add(
      step: step,
      .stage(name: type(of: stage).declaration.name, stage, input: input, sides: sides),
      stage.output, use.position, written: use.body)
    return nodes.count - 1
  }

  /// Gives a step up: of its remaining stages the names and options are checked still, and what it
  /// mentions counts as used.
  private mutating func abandon(
    _ step: PipelineSpec.Item, _ rest: ArraySlice<PipelineSpec.StageUse>
  ) {
    broken.insert(step.name)
    ends[step.name] = nil
    for use in rest { _ = options(of: use) }
    used.formUnion(Self.texts(step.node))
  }

  private static func texts(_ node: SpecNode) -> Set<String> {
    switch node.content {
    case .scalar(let text, _): [text]
    case .sequence(let items):
      items.reduce(into: []) { $0.formUnion(texts($1)) }
    case .mapping(let entries):
      entries.reduce(into: []) { $0.formUnion(texts($1.value)) }
    }
  }

  /// A stage's options in their declared shapes; nil after diagnostics.
  private func options(of use: PipelineSpec.StageUse) -> (any Stage.Type, Options)? {
    guard let type = stages.stage(named: use.name) else {
      diagnostics.error(
        "unknown-stage", at: use.position,
        SpecMessages.unknownStage(
          use.name, near: Suggestion.nearest(to: use.name, among: stages.names)),
        remedy: SpecMessages.stagesAreListed)
      return nil
    }
    let decoder = OptionDecoder(diagnostics)
    return decoder.options(of: type.declaration, body: use.body, at: use.position)
      .map { (type, $0) }
  }

  private func bind(_ use: PipelineSpec.StageUse, input: Facts) -> (any Stage)? {
    guard let (type, options) = options(of: use) else { return nil }
    // What rests on a broken table is not judged.
    guard !tablesNamed(in: use).contains(where: broken.contains) else { return nil }
    let binding = Binding(
      input: input, tables: ends.mapValues { nodes[$0].facts }, parameters: parameters,
      diagnostics: diagnostics,
      resolveFile: { node in
        let path = files.resolve(node)
        if let path {
          files.read.note(path)
          stageFiles.note(path, node.position)
        }
        return path
      }, readFile: { files.document($0) })
    let before = diagnostics.all.count
    guard let stage = try? type.init(options, binding) else {
      // A stage that is refused says why; one that does not is told apart from success.
      if diagnostics.all.count == before {
        diagnostics.error("stage", at: use.position, SpecMessages.oneStage())
      }
      return nil
    }
    return stage
  }

  /// The node of the table that a node names; nil, silently if the table itself is broken.
  mutating func table(_ node: SpecNode) -> Int? {
    let name = node.text ?? ""
    used.insert(name)
    if let end = ends[name] { return end }
    if !broken.contains(name) {
      let names = ends.keys.sorted() + broken.sorted()
      diagnostics.error(
        "unknown-table", at: node.position,
        SpecMessages.unknownTable(name, near: Suggestion.nearest(to: name, among: names)))
    }
    return nil
  }

  func warnOfUnused(_ outputs: [PlannedOutput]) {
    var read = used
    for output in outputs { read.insert(nodes[output.node].step) }
    let outputNames = Set((spec.outputs).compactMap { $0["from"]?.text })
    let tables = Set(spec.blockTables.values.flatMap { $0 })
    for item in spec.sources + spec.steps.filter({ !tables.contains($0.name) })
    where !read.contains(item.name) && !outputNames.contains(item.name) {
      let isSource = spec.sources.contains { $0.name == item.name }
      let kind =
        isSource
        ? Message(en: "source", fr: "la source") : Message(en: "step", fr: "l’étape")
      diagnostics.warning("unused", at: item.position, SpecMessages.unused(kind, item.name))
    }
  }
}

/// Remembers which files stages read by themselves, and where they are named.
final class StageFiles {
  private(set) var all: [(path: String, position: SpecPosition)] = []

  func note(_ path: String, _ position: SpecPosition) {
    if !all.contains(where: { $0.path == path && $0.position == position }) {
      all.append((path, position))
    }
  }
}
