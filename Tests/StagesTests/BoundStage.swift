import Octroi
import StageKit
import StageTestSupport
import Tabular

/// A stage as YAML writes it, bound to a table and run on it.
struct BoundStage<Kind: Stage> {
  let stage: Kind
  let input: TestTable

  /// - Parameter folder: where the files lie that it names.
  /// - Throws: `StageRejected`, after diagnostics.
  init(
    _ yaml: String, _ input: TestTable, tables: [String: TestTable] = [:],
    diagnostics: Diagnostics = Diagnostics(), folder: String? = nil
  ) throws {
    let node = try YamlText.node(yaml, file: "test.yml")
    guard
      let options = OptionDecoder(diagnostics).options(
        of: Kind.declaration, body: node, at: node.position)
    else { throw StageRejected() }
    let binding = Binding(
      input: input.facts, tables: tables.mapValues(\.facts), parameters: [:],
      diagnostics: diagnostics, resolveFile: { node in folder.map { $0 + "/" + (node.text ?? "") } }
    )
    (stage, self.input) = (try Kind(options, binding), input)
  }

  /// - Parameter rowsEach: rows of each batch.
  func run(
    rowsEach: Int = 1000, workers: Int = 1, sides: [String: TestTable] = [:],
    keys: any KeySource = TestKeys(), operation: ((StageContext) throws -> StageOperation)? = nil,
    propose: KeepProposal? = nil, remark: @escaping @Sendable (Message) -> Void = { _ in }
  ) throws -> (rows: [[Value]], tally: Tally) {
    let context = StageContext(
      wanted: Set(stage.output.names),
      sides: try sides.mapValues { HeldBatches(try $0.batches(rowsEach: rowsEach)) },
      keys: keys, resources: StageRun.resources, propose: propose, remark: remark)
    let made = try operation?(context) ?? stage.operation(context)
    let result = try StageRun.run(made, input.batches(rowsEach: rowsEach), workers: workers)
    var rows: [[Value]] = []
    for batch in result.batches {
      for row in 0..<batch.rowCount { rows.append(batch.columns.map { $0.value(row) }) }
    }
    return (rows, result.tally)
  }
}
