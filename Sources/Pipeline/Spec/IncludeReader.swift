import StageKit
import Tabular

/// Joins to a pipeline the parameters, sources and steps of the files that it includes, each with
/// its own positions; their paths stay relative to the files in which they stand.
struct IncludeReader {
  /// Most files that one pipeline may include.
  static let maximumFiles = 100

  let files: SpecFiles
  let diagnostics: Diagnostics
  private var sections: [String: [SpecNode.Entry]] = [:]
  private var count = 0

  init(files: SpecFiles, diagnostics: Diagnostics) {
    (self.files, self.diagnostics) = (files, diagnostics)
  }

  /// - Parameters:
  ///   - root: the pipeline's own document.
  ///   - path: its absolute path.
  /// - Returns: the document with everything in it; what could not be read has been reported.
  mutating func joined(_ root: SpecNode, path: String) -> SpecNode {
    guard let entries = root.entries, root["include"] != nil else { return root }
    for entry in entries where Self.isSection(entry.key) {
      sections[entry.key] = entry.value.entries ?? []
    }
    take(root, within: [path])
    var all = entries.map { entry in
      guard let members = sections.removeValue(forKey: entry.key),
        entry.value.entries != nil || entry.value.isNull
      else { return entry }
      return SpecNode.Entry(
        key: entry.key, keyPosition: entry.keyPosition,
        value: SpecNode(.mapping(members), at: entry.value.position))
    }
    for (key, members) in sections.sorted(by: { $0.key < $1.key }) {
      let place = members.first?.keyPosition ?? root.position
      all.append(
        SpecNode.Entry(key: key, keyPosition: place, value: SpecNode(.mapping(members), at: place)))
    }
    return SpecNode(.mapping(all), at: root.position)
  }

  private static func isSection(_ key: String) -> Bool {
    SpecDeclarations.fragment.contains { $0.name == key && key != "include" }
  }

  private mutating func take(_ document: SpecNode, within stack: [String]) {
    guard let include = document["include"] else { return }
    for node in include.items ?? [include] where node.text != nil {
      guard let path = files.resolve(node) else { continue }
      count += 1
      guard !stack.contains(path), count <= Self.maximumFiles else {
        diagnostics.error(
          "include-cycle", at: node.position, SpecMessages.includeCycle(node.text ?? ""))
        continue
      }
      guard let text = files.text(path, at: node.position) else { continue }
      var reader = YAMLReader(file: SpecFiles.shown(path), diagnostics: diagnostics)
      guard let fragment = reader.read(text) else { continue }
      add(fragment)
      take(fragment, within: stack + [path])
    }
  }

  private mutating func add(_ fragment: SpecNode) {
    guard let entries = fragment.entries else {
      diagnostics.error("wrong-shape", at: fragment.position, SpecMessages.noMapping)
      return
    }
    _ = OptionDecoder(diagnostics).record(
      PipelineSpec.loose(SpecDeclarations.fragment, for: fragment), entries, owner: "include",
      at: fragment.position)
    for entry in entries where Self.isSection(entry.key) {
      for member in entry.value.entries ?? [] {
        if let other = sections[entry.key, default: []].first(where: { $0.key == member.key }) {
          diagnostics.error(
            "duplicate-key", at: member.keyPosition,
            SpecMessages.includedTwice(member.key, other.keyPosition))
        } else {
          sections[entry.key, default: []].append(member)
        }
      }
    }
  }
}
