import Pipeline
import StageKit
import Tabular

/// A pipeline written in Swift, stage by stage. It says what its YAML would say, with the same
/// keys (`octroi stages` documents them), is checked by the same rules and runs the same way;
/// errors are told at the line of the Swift file.
public struct PipelineBuilder: Sendable {
  private struct Member: Sendable {
    let name: String
    let position: SpecPosition
    var entries: [SpecNode.Entry]

    var entry: SpecNode.Entry {
      SpecNode.Entry(
        key: name, keyPosition: position, value: SpecNode(.mapping(entries), at: position))
    }
  }

  private let folder: String
  private let start: SpecPosition
  private var top: [SpecNode.Entry]
  private var parameters: [Member] = []
  private var sources: [Member] = []
  private var steps: [Member] = []
  private var outputs: [Member] = []
  private var reports: [Member] = []

  /// - Parameters:
  ///   - name: the pipeline's.
  ///   - folder: where relative paths start; the project is the one that this folder is in.
  public init(
    _ name: String, in folder: String, purpose: String, charter: String,
    file: String = #filePath, line: Int = #line, column: Int = #column
  ) {
    self.folder = folder
    start = SpecPosition(file: file, line: line, column: column)
    top = []
    for (key, value) in [("octroi", SpecValue.plain("1")), ("pipeline", .text(name))] {
      set(key, value, start)
    }
    set("purpose", .text(purpose), start)
    set("charter", .text(charter), start)
  }

  /// One more key of the pipeline itself, such as `title`.
  public func with(
    _ key: String, _ value: SpecValue,
    file: String = #filePath, line: Int = #line, column: Int = #column
  ) -> PipelineBuilder {
    var changed = self
    changed.set(key, value, SpecPosition(file: file, line: line, column: column))
    return changed
  }

  /// A parameter with its type and default.
  public func parameter(
    _ name: String, _ options: SpecValue,
    file: String = #filePath, line: Int = #line, column: Int = #column
  ) -> PipelineBuilder {
    let place = SpecPosition(file: file, line: line, column: column)
    return adding(to: \.parameters, name, place, options)
  }

  /// Files to read; the options are those of a source in YAML.
  public func source(
    _ name: String, path: String, schema: String, governance: String, _ options: SpecValue = [:],
    file: String = #filePath, line: Int = #line, column: Int = #column
  ) -> PipelineBuilder {
    let place = SpecPosition(file: file, line: line, column: column)
    return adding(
      to: \.sources, name, place,
      ["path": .text(path), "schema": .text(schema), "governance": .text(governance)], options)
  }

  /// A named chain of stages.
  public func step(
    _ name: String, from table: String, _ stages: StageUse...,
    file: String = #filePath, line: Int = #line, column: Int = #column
  ) -> PipelineBuilder {
    let place = SpecPosition(file: file, line: line, column: column)
    var changed = self
    let uses = stages.map { use in
      let entry = SpecNode.Entry(
        key: use.name, keyPosition: use.position, value: use.options.node(at: use.position))
      return SpecNode(.mapping([entry]), at: use.position)
    }
    changed.steps.append(
      Member(
        name: name, position: place,
        entries: [
          SpecNode.Entry(
            key: "from", keyPosition: place, value: SpecValue.text(table).node(at: place)),
          SpecNode.Entry(
            key: "stages", keyPosition: place, value: SpecNode(.sequence(uses), at: place)),
        ]))
    return changed
  }

  /// A table published to an audience; the options are those of an output in YAML.
  public func output(
    _ name: String, from table: String, audience: String, path: String, _ options: SpecValue = [:],
    file: String = #filePath, line: Int = #line, column: Int = #column
  ) -> PipelineBuilder {
    let place = SpecPosition(file: file, line: line, column: column)
    return adding(
      to: \.outputs, name, place,
      ["from": .text(table), "audience": .text(audience), "path": .text(path)], options)
  }

  /// A page that people read, of one table or several; the options are those of a report in YAML.
  public func report(
    _ name: String, from tables: String..., audience: String, path: String,
    _ options: SpecValue = [:],
    file: String = #filePath, line: Int = #line, column: Int = #column
  ) -> PipelineBuilder {
    let place = SpecPosition(file: file, line: line, column: column)
    return adding(
      to: \.reports, name, place,
      [
        "from": .list(tables.map { .text($0) }), "audience": .text(audience),
        "path": .text(path),
      ], options)
  }

  /// What the planner reads.
  var written: WrittenPipeline {
    var entries = top
    for (key, members) in [
      ("parameters", parameters), ("sources", sources), ("steps", steps), ("outputs", outputs),
      ("reports", reports),
    ] where !members.isEmpty {
      entries.append(
        SpecNode.Entry(
          key: key, keyPosition: start,
          value: SpecNode(.mapping(members.map(\.entry)), at: start)))
    }
    return WrittenPipeline(
      document: SpecNode(.mapping(entries), at: start), file: start.file, folder: folder)
  }

  private mutating func set(_ key: String, _ value: SpecValue, _ place: SpecPosition) {
    top.append(SpecNode.Entry(key: key, keyPosition: place, value: value.node(at: place)))
  }

  private func adding(
    to section: WritableKeyPath<PipelineBuilder, [Member]>, _ name: String, _ place: SpecPosition,
    _ options: SpecValue...
  ) -> PipelineBuilder {
    var changed = self
    let entries = options.flatMap { $0.node(at: place).entries ?? [] }
    changed[keyPath: section].append(Member(name: name, position: place, entries: entries))
    return changed
  }
}

/// One stage of a step: its name in the catalogue and its options.
public struct StageUse: Sendable {
  let name: String
  let options: SpecValue
  let position: SpecPosition

  /// - Parameter options: as in YAML: a text, a list or a record.
  public static func stage(
    _ name: String, _ options: SpecValue,
    file: String = #filePath, line: Int = #line, column: Int = #column
  ) -> StageUse {
    StageUse(
      name: name, options: options,
      position: SpecPosition(file: file, line: line, column: column))
  }
}
