import StageKit
import StageTestSupport
import Tabular
import Testing

/// What must hold for every stage, tried on every golden case.
@Suite struct StagePropertyTests {
  static let cases = Result { try StageCase.all() }

  /// Cases that run to the end, with their bound stages.
  private func sound() throws -> [(one: StageCase, stages: [any Stage], whole: [[Value]])] {
    try Self.cases.get().compactMap { one in
      let bound = one.bind()
      guard bound.isSound,
        let outcome = try? one.run(bound.stages, rowsEach: 1000, workers: 1)
      else { return nil }
      return (one, bound.stages, outcome.rows)
    }
  }

  /// Sizes of batches to try. A sample draws by ordinals, which depend on how the input is cut.
  private func cuts(_ one: StageCase) -> [Int] {
    one.stages.contains { $0.key == "sample" } ? [1000] : [2, 1, 3, 1000]
  }

  @Test func batchesAndWorkersChangeNothing() throws {
    for (one, stages, whole) in try sound() {
      for rowsEach in cuts(one) {
        for workers in 1...3 {
          let outcome = try one.run(stages, rowsEach: rowsEach, workers: workers)
          #expect(
            outcome.rows == whole,
            "\(one.folder): batches of \(rowsEach) rows, \(workers) workers")
        }
      }
    }
  }

  @Test func unneededInputsMayBeAbsent() throws {
    for (one, stages, whole) in try sound() {
      guard let names = stages.last?.output.names else { continue }
      var wanted = names.map { Set([$0]) }
      wanted.append([])
      wanted.append(Set(names.prefix(2)))
      for wanted in wanted {
        let outcome = try one.run(stages, rowsEach: cuts(one)[0], workers: 2, wanted: wanted)
        #expect(outcome.absent.isDisjoint(with: wanted), "\(one.folder): \(wanted)")
        #expect(outcome.rows.count == whole.count, "\(one.folder): \(wanted)")
        for (index, name) in names.enumerated() where wanted.contains(name) {
          #expect(
            outcome.rows.map { $0[index] } == whole.map { $0[index] },
            "\(one.folder): \(name) of \(wanted)")
        }
      }
    }
  }

  @Test func needsAreFieldsOfTheInput() throws {
    for one in try Self.cases.get() {
      let bound = one.bind()
      var input = one.input.facts
      for stage in bound.stages {
        let needs = stage.needs(Set(stage.output.names))
        #expect(needs.isSubset(of: input.names), "\(one.folder): \(needs)")
        input = stage.output
      }
    }
  }

  @Test func namesAreUnique() throws {
    for (one, stages, _) in try sound() {
      for stage in stages {
        #expect(Set(stage.output.names).count == stage.output.names.count, "\(one.folder)")
      }
    }
  }
}
