import Reports
import StageKit
import Tabular

/// How what readers see of a pipeline comes about: step by step and field by field.
struct SiteLineage {
  /// Something that leaves, with the tables that it shows.
  struct Leaving {
    let title: Message
    let kind: LineageGraph.Kind
    let audience: String
    let tables: [PlannedOutput]
  }

  let plan: Plan
  let readers: SiteReaders
  private(set) var graph = LineageGraph()
  private(set) var steps: [SitePipeline.Step] = []
  /// What people call the source or step of each node.
  private var titles: [String: Message] = [:]

  init(_ plan: Plan, _ leaving: [Leaving], _ readers: SiteReaders) {
    (self.plan, self.readers) = (plan, readers)
    var wanted: Set<Int> = []
    for table in leaving.flatMap(\.tables) { wanted.formUnion(plan.ancestors(of: table).map(\.id)) }
    let nodes = plan.nodes.filter { wanted.contains($0.id) }
    var numbers: [String: Int] = [:]
    var count = 0
    for node in nodes where numbers[node.step] == nil {
      if case .source(let source) = node.work {
        titles[node.step] = Self.title(source, among: nodes, readers)
        numbers[node.step] = graph.add(
          LineageGraph.Node(
            .source, title: readers.title(source), detail: readers.detail(source)))
      } else {
        count += 1
        let title = readers.title(step: node.step, count)
        titles[node.step] = title
        let stages = Self.stages(of: node.step, nodes).joined(separator: ", ")
        numbers[node.step] = graph.add(
          LineageGraph.Node(.step, title: title, detail: Message(en: stages, fr: stages)))
      }
    }
    connect(nodes, numbers)
    for thing in leaving {
      let name = readers.title(thing.audience)
      let end = graph.add(
        LineageGraph.Node(thing.kind, title: thing.title, detail: name))
      for table in thing.tables {
        if let from = numbers[plan.nodes[table.node].step] { graph.connect(from, to: end) }
      }
    }
  }

  /// A source's title, with its name where the title is another's, too.
  private static func title(
    _ source: PlannedSource, among nodes: [PlanNode], _ readers: SiteReaders
  ) -> Message {
    let title = readers.title(source)
    let isTwice = nodes.contains { node in
      guard case .source(let other) = node.work else { return false }
      return other.name != source.name && readers.title(other) == title
    }
    guard readers.areInside, isTwice else { return title }
    return Message(en: "\(title.en) (\(source.name))", fr: "\(title.fr) (\(source.name))")
  }

  private static func stages(of step: String, _ nodes: [PlanNode]) -> [String] {
    nodes.compactMap { node in
      guard node.step == step, case .stage(let name, _, _, _) = node.work else { return nil }
      return name
    }
  }

  private mutating func connect(_ nodes: [PlanNode], _ numbers: [String: Int]) {
    var order: [String] = []
    var reads: [String: [String]] = [:]
    for node in nodes {
      guard case .stage(_, _, let input, let sides) = node.work else { continue }
      if !order.contains(node.step) { order.append(node.step) }
      for other in [input] + sides.values.sorted() {
        let name = plan.nodes[other].step
        guard name != node.step, let from = numbers[name], let to = numbers[node.step] else {
          continue
        }
        graph.connect(from, to: to)
        if reads[node.step]?.contains(name) != true { reads[node.step, default: []].append(name) }
      }
    }
    steps = order.map { step in
      SitePipeline.Step(
        title: titles[step] ?? Message(en: step, fr: step),
        reads: (reads[step] ?? []).compactMap { titles[$0] },
        stages: Self.stages(of: step, nodes))
    }
  }

  /// What a table shows.
  func from(_ table: PlannedOutput) -> Message? { titles[plan.nodes[table.node].step] }

  /// The fields of a table with what they are made of.
  func fields(of table: PlannedOutput) -> [SitePipeline.Field] {
    plan.nodes[table.node].facts.fields.map { field in
      var origins: [Message] = []
      for origin in field.privacy.origins.sorted() {
        let told = self.origin(origin)
        if !origins.contains(told) { origins.append(told) }
      }
      return SitePipeline.Field(
        name: field.name, type: field.type.name,
        classes: PlanRecord.classes(field.privacy).map(\.word), origins: origins)
    }
  }

  private func origin(_ origin: FieldOrigin) -> Message {
    let source = plan.nodes.lazy.compactMap { node -> PlannedSource? in
      if case .source(let source) = node.work, source.name == origin.source { source } else { nil }
    }.first
    guard readers.areInside || source?.governance.isPublic == true else {
      return SiteReaders.hiddenSource
    }
    let text = "\(origin.source).\(origin.field)"
    return Message(en: text, fr: text)
  }
}
