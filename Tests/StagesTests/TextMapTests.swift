import Tabular
import Testing

@Suite struct TextMapTests {
  /// Texts backwards; null for the empty one. Counts how often it was asked.
  private final class Backwards: TextAnswers {
    var asked = 0

    func answer(_ text: Span<UInt8>, into answer: inout [UInt8]) throws -> Bool {
      asked += 1
      for index in text.indices.reversed() { answer.append(text[index]) }
      return !text.isEmpty
    }
  }

  private func map(remembered: Int, _ batches: [[String?]]) throws -> [[Value]] {
    let answers = Backwards()
    nonisolated(unsafe) let shared = answers
    let worker = TextMap([.init(column: 0) { shared }], remembered: remembered).makeWorker()
    return try batches.map { cells in
      let column = try #require(Column(cells.map { $0.map(Value.text) ?? .null }, type: .text))
      let out = try worker.process(Batch(columns: [column], rowCount: cells.count, sequence: 0))
      return (0..<cells.count).map { out.columns[0].value($0) }
    }
  }

  @Test(arguments: [1, 2, 5, 1000])
  func forgettingChangesNothing(remembered: Int) throws {
    var state = UInt64(remembered)
    var batches: [[String?]] = []
    for _ in 0..<20 {
      batches.append(
        (0..<30).map { _ in
          state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
          let number = state >> 60
          return number == 0 ? nil : number == 1 ? "" : "texte\(number)"
        })
    }
    let result = try map(remembered: remembered, batches)
    for (cells, out) in zip(batches, result) {
      for (cell, value) in zip(cells, out) {
        let wanted = cell.flatMap { $0.isEmpty ? nil : Value.text(String($0.reversed())) }
        #expect(value == wanted ?? .null)
      }
    }
  }

  @Test func dictionaryCodesAreRead() throws {
    let texts = TextValues(bytes: Array("abcd".utf8), offsets: [0, 2, 4], codes: [1, 0, 1])
    let worker = TextMap([.init(column: 0) { Backwards() }]).makeWorker()
    let out = try worker.process(
      Batch(columns: [Column(.text(texts))], rowCount: 3, sequence: 0))
    #expect((0..<3).map { out.columns[0].value($0) } == [.text("dc"), .text("ba"), .text("dc")])
    #expect(worker.tally.balances && worker.tally.rowsOut == 3)
  }
}
