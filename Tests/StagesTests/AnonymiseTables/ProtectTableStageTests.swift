import Anonymise
import StageKit
import StageTestSupport
import Synchronization
import Tabular
import Testing

/// The stage over several nights, with a memory of what was published.
@Suite struct ProtectTableStageTests {
  private let basis = Basis(aggregate: SpecPosition(file: "a.yml", line: 1, column: 1))

  /// Counts by place and kind, with the stage's options; nil where a count is suppressed.
  private func run(
    _ counts: [[Int64]], _ options: String, _ history: any ReleaseHistory = NoHistory()
  ) throws -> [[Int64?]] {
    let origin = FieldOrigin(source: "s", field: "f")
    let fields = [
      Field("place", .integer, privacy: Privacy(.plain, from: origin)),
      Field("kind", .integer, privacy: Privacy(.plain, from: origin)),
      Field("n", .integer, privacy: Privacy(.aggregate, from: origin), counts: RowCount(of: basis)),
    ]
    let facts = Facts(fields: fields, isMicrodata: false, isAboutPersons: true)
      .resting(on: [basis: 1])
    var rows: [[Value]] = []
    for (place, line) in counts.enumerated() {
      for (kind, count) in line.enumerated() {
        rows.append([.integer(Int64(place)), .integer(Int64(kind)), .integer(count)])
      }
    }
    let diagnostics = Diagnostics()
    let binding = Binding(
      input: facts, tables: [:], parameters: [:], diagnostics: diagnostics,
      resolveFile: { $0.text })
    let node = try YamlText.node(options, file: "case.yml")
    let read = try #require(
      OptionDecoder(diagnostics).options(
        of: ProtectTableStage.declaration, body: node, at: node.position))
    let stage = try ProtectTableStage(read, binding)
    let context = StageContext(
      wanted: Set(stage.output.names), sides: [:], keys: TestKeys(), resources: StageRun.resources,
      history: history, remark: { _ in })
    let batches = try TestTable(facts: facts, rows: rows.reversed()).batches(rowsEach: 2)
    let out = try StageRun.run(try stage.operation(context), batches, workers: 2).batches
    let cells = out.flatMap { batch in (0..<batch.rowCount).map { batch.columns[2].value($0) } }
    var line = 0
    return counts.map { row in
      defer { line += row.count }
      return cells[line..<(line + row.count)].map { cell in
        if case .integer(let count) = cell { count } else { nil }
      }
    }
  }

  private let options = "{by: [place, kind], min_count: 5, history: {name: t}}"
  private let first: [[Int64]] = [[20, 31, 42], [33, 24, 15], [56, 27, 38]]

  @Test func nothingSmallNothingHidden() throws {
    let memory = Memory()
    #expect(try run(first, options, memory) == first)
    // The same once more: nothing differs.
    #expect(try run(first, options, memory) == first)
  }

  /// Three more in one cell: tonight's count would tell them apart from last night's.
  @Test func differencesOfNightsAreHidden() throws {
    let memory = Memory()
    _ = try run(first, options, memory)
    var second = first
    second[1][1] += 3
    second[0][2] += 9
    let shown = try run(second, options, memory)
    #expect(shown[1][1] == nil)
    for (line, row) in shown.enumerated() {
      for (kind, count) in row.enumerated() {
        guard let count else { continue }
        #expect(count == second[line][kind])
        let growth = count - first[line][kind]
        #expect(growth == 0 || growth >= 5, "\(line) \(kind)")
      }
      #expect(row.count { $0 == nil } != 1)
    }
    #expect(try run(second, "{by: [place, kind], min_count: 5}") == second, "without a memory")
  }

  /// Small growth is told by sums of the growth alone; what was hidden stays so.
  @Test func cumulativeTables() throws {
    let options = "{by: [place, kind], min_count: 5, history: {name: t, cumulative: true}}"
    let memory = Memory()
    var counts = first
    counts[2][2] = 3
    let shown = try run(counts, options, memory)
    #expect(shown[2][2] == nil)
    let before = shown.map { $0.map { $0 == nil } }
    for index in 0..<3 {
      counts[2][index] += 20
      counts[index][0] += 10
    }
    let after = try run(counts, options, memory)
    for line in 0..<3 {
      for kind in 0..<3 where before[line][kind] { #expect(after[line][kind] == nil) }
    }
    counts[0][0] -= 6
    #expect(throws: OperatorError.self) { try run(counts, options, memory) }
  }

  /// Growth of two in a row where nothing else came: the row's sum tells it whatever is hidden.
  @Test func growthThatTheSumsTell() throws {
    let options = "{by: [place, kind], min_count: 5, history: {name: t, cumulative: true}}"
    let memory = Memory()
    var counts = first
    _ = try run(counts, options, memory)
    counts[0][0] += 2
    #expect(throws: OperatorError.self) { try run(counts, options, memory) }
    counts = first
    counts[0][0] += 2
    counts[0][1] += 2
    counts[1][0] += 2
    counts[1][1] += 2
    let shown = try run(counts, options, memory)
    #expect(shown[0][0] == nil && shown[0][1] == nil && shown[1][0] == nil && shown[1][1] == nil)
  }
}

/// A ledger in memory.
private final class Memory: ReleaseHistory {
  private let releases = Mutex<[[[UInt8]: ReleasedCount]]>([])

  func earlier(_ table: String, _ cells: [[UInt8]]) -> [EarlierRelease] {
    releases.withLock { releases in
      releases.map { release in
        let others = release.filter { !cells.contains($0.key) }
        return EarlierRelease(
          counts: cells.map { release[$0] }, hasOthers: others.contains { $0.value.count > 0 })
      }
    }
  }

  func offer(_ table: String, _ cells: [[UInt8]], _ counts: [ReleasedCount]) {
    releases.withLock { releases in
      releases.append(Dictionary(zip(cells, counts), uniquingKeysWith: { $1 }))
    }
  }
}
