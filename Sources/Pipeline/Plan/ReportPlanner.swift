import Foundation
import GeoJSON
import Reports
import StageKit
import Tabular

/// Makes planned reports: their tables bound, their columns looked up, their files placed.
struct ReportPlanner {
  let spec: PipelineSpec
  let charter: Charter
  let files: SpecFiles
  let parameters: [String: ParameterValue]
  let diagnostics: Diagnostics
  let outputs: OutputPlanner

  func reports(_ graph: inout PlanGraph, beside others: [PlannedOutput]) -> [PlannedReport] {
    var taken = Dictionary(others.map { ($0.path, $0.name) }) { first, _ in first }
    var reports: [PlannedReport] = []
    for item in spec.reports {
      guard let report = plan(item, &graph) else { continue }
      for path in report.paths(withPDF: true) {
        if let other = taken[path] {
          diagnostics.error(
            "same-path", at: item.position,
            PlanMessages.samePath(SpecFiles.shown(path), other: other))
        }
        taken[path] = report.name
      }
      reports.append(report)
    }
    return reports
  }

  private func plan(_ item: PipelineSpec.Item, _ graph: inout PlanGraph) -> PlannedReport? {
    let names = item["from"].map { $0.items ?? [$0] } ?? []
    var nodes: [Int] = []
    for name in names { if let node = graph.table(name) { nodes.append(node) } }
    let audience = item["audience"].flatMap { outputs.audience($0) }
    guard let pathNode = item["path"], let path = files.resolve(pathNode), let audience,
      nodes.count == names.count
    else { return nil }
    guard path.lowercased().hasSuffix(".html") else {
      diagnostics.error("unknown-format", at: pathNode.position, ReportMessages.isHTML)
      return nil
    }
    outputs.check(path, pathNode, audience, graph)
    let languages = (item["languages"]?.items ?? []).compactMap {
      $0.text.flatMap { Language(rawValue: $0) }
    }
    let documents = (languages.isEmpty ? [charter.language] : languages).enumerated().map {
      PlannedReport.Document(language: $1, path: $0 == 0 ? path : Self.path(path, in: $1))
    }
    let folder = SafeFile.folder(of: path)
    let descriptions = BundlePlanner(spec: spec, diagnostics: diagnostics)
    let tables = zip(nodes, names).map { node, name in
      let name = "\(item.name).\(name.text ?? "")"
      return PlannedOutput(
        name: name, node: node, audience: audience,
        path: folder + "/" + name.filter { $0 != "/" } + ".csv", format: .csv, profile: .opendata,
        description: descriptions.description(item), isBundle: false, position: item.position)
    }
    let facts = Dictionary(
      zip(names, nodes).map { ($0.text ?? "", graph.nodes[$1].facts) }
    ) { first, _ in first }
    let fields = self.fields(item, facts)
    return PlannedReport(
      name: item.name, audience: audience, tables: tables, documents: documents,
      also: Set(
        (item["also"]?.items ?? []).compactMap {
          $0.text.flatMap { PlannedReport.Extra(rawValue: $0) }
        }), design: design(item), sections: sections(item, facts, first: names.first?.text),
      fields: fields, titles: titles(names.compactMap(\.text)), asOf: asOf(item),
      shapes: shapes(item), position: item.position)
  }

  /// What steps are called by their authors, sources by the charter.
  private func titles(_ names: [String]) -> [String: Message] {
    let pairs = names.map { name -> (String, Message) in
      let step = spec.steps.first { $0.name == name }
      let source = spec.sources.first { $0.name == name }?["governance"]?.text
      let title = step?["title"]?.message ?? source.flatMap { charter.governance[$0]?.title }
      return (name, title ?? FieldNames.title(of: name))
    }
    return Dictionary(pairs) { first, _ in first }
  }

  /// `elus.html` in English is `elus.en.html`.
  private static func path(_ path: String, in language: Language) -> String {
    String(path.dropLast(".html".count)) + "." + language.rawValue + ".html"
  }

  private func design(_ item: PipelineSpec.Item) -> ReportDesign {
    let title = item["title"]?.message ?? spec.top["title"]?.message
    let name = spec.top.name
    var design = ReportDesign(title: title ?? Message(en: name, fr: name), city: charter.city)
    design.subtitle = item["subtitle"]?.message ?? spec.top["description"]?.message
    if let node = item["colour"] {
      design.colour = ReportColour(node.text ?? "")
      if design.colour == nil {
        diagnostics.error("wrong-value", at: node.position, ReportMessages.noColour)
      } else if let colour = design.colour, let white = ReportColour("#ffffff"),
        colour.contrast(with: white) < 4.5
      {
        diagnostics.error(
          "contrast", at: node.position, ReportMessages.tooPale,
          remedy: ReportMessages.darker)
      }
    }
    if let node = item["logo"], let bytes = bytes(node, most: 200_000) {
      design.logo = EmbeddedImage(bytes)
      if design.logo == nil {
        diagnostics.error("unknown-format", at: node.position, ReportMessages.noImage)
      }
    }
    return design
  }

  private func shapes(_ item: PipelineSpec.Item) -> MapShapes? {
    guard let node = item["map"], let bytes = bytes(node, most: GeoJSONReader.largest) else {
      return nil
    }
    do {
      return try MapShapes(geoJSON: bytes)
    } catch {
      diagnostics.error("map", at: node.position, error.message(naming: node.text ?? ""))
      return nil
    }
  }

  /// A file of the project, which then defines the plan, too.
  private func bytes(_ node: SpecNode, most: Int) -> [UInt8]? {
    guard let path = files.resolve(node) else { return nil }
    guard let data = FileManager.default.contents(atPath: path), data.count <= most else {
      diagnostics.error(
        "unreadable", at: node.position, ReportMessages.noFile(node.text ?? "", most: most))
      return nil
    }
    files.read.note(path, data)
    return Array(data)
  }

  private func asOf(_ item: PipelineSpec.Item) -> Int? {
    func day(_ name: String) -> Int? {
      guard let parameter = parameters[name], parameter.isTellable,
        case .date(let day) = parameter.value
      else { return nil }
      return Int(day)
    }
    if let node = item["as_of"], let name = node.text {
      let found = day(name)
      if found == nil {
        let dates = parameters.keys.filter { day($0) != nil }.sorted()
        diagnostics.error(
          "unknown-parameter", at: node.position,
          ReportMessages.noDate(name, near: Suggestion.nearest(to: name, among: dates)))
      }
      return found
    }
    return spec.parameters.lazy.compactMap { day($0.name) }.first
  }

  private func fields(
    _ item: PipelineSpec.Item, _ facts: [String: Facts]
  ) -> [String: PlannedReport.FieldText] {
    let known = facts.values.flatMap(\.names)
    var fields: [String: PlannedReport.FieldText] = [:]
    for entry in item["fields"]?.entries ?? [] {
      if !known.contains(entry.key) {
        noField(entry.key, at: entry.keyPosition, among: known)
      }
      let value = entry.value
      fields[entry.key] = PlannedReport.FieldText(
        title: value["title"]?.message, description: value["description"]?.message,
        unit: value["unit"]?.text, decimals: value["decimals"]?.integer,
        lessIsBetter: value["better"]?.text.map { $0 == "less" })
    }
    return fields
  }

  private func noField(_ name: String, at position: SpecPosition, among known: [String]) {
    diagnostics.error(
      "unknown-field", at: position,
      ReportMessages.noField(
        name, near: Suggestion.nearest(to: name, among: Set(known).sorted())))
  }

  // MARK: - Sections

  private func sections(
    _ item: PipelineSpec.Item, _ facts: [String: Facts], first: String?
  ) -> [ReportSection]? {
    guard let nodes = item["sections"]?.items else { return nil }
    return nodes.compactMap { node in
      guard let entries = node.entries, entries.count == 1, let entry = entries.first,
        let kind = ReportSection.Kind(rawValue: entry.key)
      else {
        diagnostics.error("section-shape", at: node.position, ReportMessages.oneSection)
        return nil
      }
      return section(kind, entry.value, facts, first: first, hasMap: item["map"] != nil)
    }
  }

  private func section(
    _ kind: ReportSection.Kind, _ body: SpecNode, _ facts: [String: Facts], first: String?,
    hasMap: Bool
  ) -> ReportSection? {
    if body.boolean == false { return nil }
    var section = ReportSection(kind)
    if kind == .text {
      section.text = body.message
      return section
    }
    section.title = body["title"]?.message
    section.text = body["text"]?.message
    guard kind.isOfTable else { return section }
    let tableNode = body.entries == nil ? body : body["table"]
    section.table = tableNode?.text ?? first
    guard let table = section.table, let facts = facts[table] else {
      diagnostics.error(
        "unknown-table", at: (tableNode ?? body).position,
        ReportMessages.notShown(
          section.table ?? "",
          near: Suggestion.nearest(to: section.table ?? "", among: facts.keys.sorted())))
      return nil
    }
    section.roles = roles(body)
    for (name, position) in named(body) where facts.field(name) == nil {
      noField(name, at: position, among: facts.names)
    }
    if kind == .map, !hasMap {
      diagnostics.error("no-map", at: body.position, ReportMessages.mapNeedsFile)
    }
    section.classes = classes(body["classes"])
    return section
  }

  private func roles(_ body: SpecNode) -> ReportRoles {
    var roles = ReportRoles()
    roles.unit = body["unit"]?.text
    roles.label = body["label"]?.text
    roles.group = body["group"]?.text
    roles.period = body["period"]?.text
    (roles.low, roles.high) = (body["low"]?.text, body["high"]?.text)
    roles.values = (body["value"].map { $0.items ?? [$0] } ?? []).compactMap(\.text)
    return roles
  }

  private func named(_ body: SpecNode) -> [(String, SpecPosition)] {
    ["unit", "label", "group", "period", "low", "high", "value"].flatMap { key in
      (body[key].map { $0.items ?? [$0] } ?? []).compactMap { node in
        node.text.map { ($0, node.position) }
      }
    }
  }

  private func classes(_ node: SpecNode?) -> MapClasses {
    if let breaks = node?["breaks"]?.items { return .breaks(breaks.compactMap(\.number)) }
    let count = node?["count"]?.integer ?? 5
    return node?["by"]?.text == "equal" ? .equal(count) : .quantile(count)
  }
}
