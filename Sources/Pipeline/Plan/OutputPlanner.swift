import Foundation
import Ingest
import StageKit
import Tabular

/// Makes planned outputs: where they go, in which shape, and that they trample nothing.
struct OutputPlanner {
  let spec: PipelineSpec
  let charter: Charter
  let files: SpecFiles
  let diagnostics: Diagnostics

  func outputs(_ graph: inout PlanGraph) -> [PlannedOutput] {
    var outputs: [PlannedOutput] = []
    for item in spec.outputs {
      guard let output = plan(item, &graph) else { continue }
      if let other = outputs.first(where: { $0.path == output.path }) {
        diagnostics.error(
          "same-path", at: item.position,
          PlanMessages.samePath(SpecFiles.shown(output.path), other: other.name))
      }
      BundlePlanner(spec: spec, diagnostics: diagnostics).check(output, beside: outputs)
      outputs.append(output)
    }
    return outputs
  }

  private func plan(_ item: PipelineSpec.Item, _ graph: inout PlanGraph) -> PlannedOutput? {
    let node = item["from"].flatMap { graph.table($0) }
    let reader = item["audience"].flatMap { self.audience($0) }
    guard let pathNode = item["path"], let folder = files.resolve(pathNode), let node,
      let audience = reader
    else { return nil }
    let format = item["format"]?.text.flatMap { PlannedOutput.Format(rawValue: $0) }
    let bundles = BundlePlanner(spec: spec, diagnostics: diagnostics)
    let path = bundles.table(item, folder, format)
    guard let format = format ?? Self.format(of: path) else {
      diagnostics.error(
        "unknown-format", at: pathNode.position, PlanMessages.unknownFormat(pathNode.text ?? ""))
      return nil
    }
    check(path, pathNode, audience, graph)
    let profile = item["profile"]?.text.flatMap { PlannedOutput.Profile(rawValue: $0) }
    return PlannedOutput(
      name: item.name, node: graph.inTellableOrder(node, audience, item.position),
      audience: audience, path: path, format: format,
      profile: profile ?? .opendata, description: bundles.description(item),
      isBundle: bundles.isBundle(item), position: item.position)
  }

  /// The run's page, where one is asked for.
  func summary(_ graph: PlanGraph, beside outputs: [PlannedOutput]) -> PlannedSummary? {
    guard let node = spec.top["summary"], let pathNode = node["path"],
      let path = files.resolve(pathNode)
    else { return nil }
    guard path.lowercased().hasSuffix(".html") else {
      diagnostics.error("unknown-format", at: pathNode.position, PlanMessages.summaryIsHTML())
      return nil
    }
    if let other = outputs.first(where: { $0.path == path }) {
      diagnostics.error(
        "same-path", at: pathNode.position,
        PlanMessages.samePath(SpecFiles.shown(path), other: other.name))
    }
    guard let audience = charter.audiences["internal"] else {
      diagnostics.error(
        "unknown-audience", at: node.position, PlanMessages.summaryIsInternal())
      return nil
    }
    check(path, pathNode, audience, graph)
    let language = node["language"]?.text.flatMap { Language(rawValue: $0) }
    return PlannedSummary(
      path: path, language: language ?? charter.language, mode: audience.mode,
      group: audience.group)
  }

  func audience(_ node: SpecNode) -> Charter.Audience? {
    let name = node.text ?? ""
    if let audience = charter.audiences[name] { return audience }
    if charter.isMissing { return nil }
    diagnostics.error(
      "unknown-audience", at: node.position,
      SpecMessages.unknownAudience(
        name, near: Suggestion.nearest(to: name, among: charter.audiences.keys.sorted())))
    return nil
  }

  /// By the path's ending, the longest first.
  private static func format(of path: String) -> PlannedOutput.Format? {
    PlannedOutput.Format.allCases.sorted { $0.rawValue.count > $1.rawValue.count }
      .first { path.lowercased().hasSuffix("." + $0.rawValue) }
  }

  /// Whether a source's path or glob may name this file.
  private static func covers(_ pattern: String, _ path: String) -> Bool {
    guard Glob.isPattern(pattern) else { return pattern == path }
    let (left, right) = (pattern.split(separator: "/"), path.split(separator: "/"))
    guard left.count == right.count else { return false }
    return zip(left, right).allSatisfy { Glob.matches(String($1), String($0)) }
  }

  func check(
    _ path: String, _ node: SpecNode, _ audience: Charter.Audience, _ graph: PlanGraph
  ) {
    if let folder = audience.folder, !path.hasPrefix(folder + "/") {
      diagnostics.error(
        "wrong-folder", at: node.position,
        PlanMessages.wrongFolder(node.text ?? "", audience: audience.name),
        remedy: Message(
          en: "its folder is '\(SpecFiles.shown(folder))'",
          fr: "son dossier est « \(SpecFiles.shown(folder)) »"))
    }
    // Where an audience has no folder of its own, it keeps out of the others'.
    for other in charter.audiences.values.sorted(by: { $0.name < $1.name })
    where audience.folder == nil && other.name != audience.name
      && !audience.allows.isSubset(of: other.allows)
    {
      guard let folder = other.folder, CharterCheck.lies(path, in: folder) else { continue }
      diagnostics.error(
        "wrong-folder", at: node.position,
        PlanMessages.othersFolder(node.text ?? "", audience: audience.name, other: other.name))
    }
    for case .source(let source) in graph.nodes.map(\.work)
    where source.paths.contains(where: { Self.covers($0, path) }) {
      diagnostics.error(
        "overwrites-input", at: node.position, PlanMessages.overwritesInput(node.text ?? ""))
    }
  }
}
