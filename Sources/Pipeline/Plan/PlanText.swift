import StageKit
import Tabular

/// A plan as people read it: one line a node, then each output with its classes.
public struct PlanText {
  let plan: Plan
  let language: Language

  public init(_ plan: Plan, _ language: Language) { (self.plan, self.language) = (plan, language) }

  /// The whole display, lines ended.
  public var text: String {
    var lines = [head]
    lines += plan.parameters.map { "  :\($0.name) = \(PlanRecord.told($0.value))" }
    // Of a block's tables only those that somebody takes.
    let nodes = plan.nodes.filter { !($0.wanted.isEmpty && $0.step.contains(".")) }
    let names = nodes.map(label)
    let width = min(names.map(\.count).max() ?? 0, 48)
    for (node, name) in zip(nodes, names) {
      lines.append("  " + name + blanks(width - name.count) + "  " + detail(node))
    }
    for output in plan.outputs { lines += describe(output) }
    for report in plan.reports { lines += describe(report) }
    return lines.joined(separator: "\n") + "\n"
  }

  private var head: String {
    let title = plan.title.map { ": " + $0.text(language) } ?? ""
    let purpose = plan.purpose.map { " [\($0)]" } ?? ""
    return plan.pipeline + title + purpose
  }

  private func blanks(_ count: Int) -> String { String(repeating: " ", count: max(0, count)) }

  private func label(_ node: PlanNode) -> String {
    switch node.work {
    case .source: "\(node.id) \(node.step)"
    case .stage(let name, _, let input, let sides):
      "\(node.id) \(node.step) ← "
        + ([input] + sides.values.sorted()).map { String($0) }.joined(separator: "+") + " \(name)"
    }
  }

  private func detail(_ node: PlanNode) -> String {
    let fields = Message(en: "fields", fr: "champs").text(language)
    switch node.work {
    case .source(let source):
      let scan = Message(en: "scan", fr: "lecture").text(language)
      let paths = source.paths.map {
        SpecFiles.shown($0, from: plan.root, name: $0)
      }.joined(separator: ", ")
      return "\(scan) \(paths), \(node.wanted.count)/\(node.facts.fields.count) \(fields)"
    case .stage(_, let stage, _, _):
      let kind = StageDocumentation(type(of: stage).declaration).kindName.text(language)
      return "\(kind), \(node.wanted.count)/\(node.facts.fields.count) \(fields)"
    }
  }

  /// A report with its files, then what its tables are of.
  private func describe(_ report: PlannedReport) -> [String] {
    let paths = report.paths(withPDF: false).map {
      SpecFiles.shown($0, from: plan.root, name: $0)
    }
    let word = Message(en: "report", fr: "rapport").text(language)
    var lines = [
      "→ \(report.name) (\(word)), \(report.audience.name): " + paths.joined(separator: ", ")
    ]
    for table in report.tables {
      lines.append("  \(table.name) ← \(table.node)")
      lines += fields(of: table)
    }
    return lines
  }

  private func describe(_ output: PlannedOutput) -> [String] {
    let path = SpecFiles.shown(output.path, from: plan.root, name: output.path)
    let head =
      "→ \(output.name) ← \(output.node), \(output.audience.name): \(path) "
      + "(\(output.format.rawValue), \(output.profile.rawValue))"
    return [head] + fields(of: output)
  }

  /// The fields of what leaves, with their classes, and what is guaranteed of it.
  private func fields(of output: PlannedOutput) -> [String] {
    let facts = plan.nodes[output.node].facts
    var lines: [String] = []
    for field in facts.fields {
      let classes = PlanRecord.classes(field.privacy).map { $0.word.text(language) }
      lines.append(
        "    \(field.name): \(field.type.name), " + classes.joined(separator: " + "))
    }
    let guarantees = PlanRecord.guarantees(facts)
    if !guarantees.isEmpty {
      lines.append(
        "    " + Message(en: "guaranteed", fr: "garanti").text(language) + ": "
          + guarantees.joined(separator: ", "))
    }
    return lines
  }
}
