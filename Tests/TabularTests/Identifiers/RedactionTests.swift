import Testing

import Tabular

@Suite struct RedactionTests {
  private func redacted(_ columns: [Column], names: [Int] = []) throws -> ([Value], Int) {
    nonisolated(unsafe) var found = 0
    let redaction = Redaction(
      columns: [0], names: names, kinds: Set(Identifier.allCases), replacement: { "<\($0)>" },
      told: { counts in found = Identifier.allCases.reduce(0) { $0 + counts[$1] } })
    let worker = redaction.makeWorker()
    let count = columns[0].count
    let out = try worker.process(Batch(columns: columns, rowCount: count, sequence: 0))
    try redaction.conclude([worker])
    return ((0..<count).map { out.columns[0].value($0) }, found)
  }

  /// A dictionary or one text a row: the same texts and counts come out.
  @Test func codesChangeNothing() throws {
    let pool = ["a@exemple.fr et b@exemple.fr", "rien", "", "M. Durand", "06 12 34 56 78"]
    let codes: [Int32] = (0..<40).map { Int32($0 * 7 % 5) }
    var coded = TextValues(pool)
    coded.codes = codes
    let flags = (0..<40).map { $0 % 6 != 5 }
    let plain = TextValues(codes.map { pool[Int($0)] })
    let left = try redacted([Column(.text(coded), validity: Validity(flags: flags))])
    let right = try redacted([Column(.text(plain), validity: Validity(flags: flags))])
    #expect(left.0 == right.0 && left.1 == right.1 && left.1 > 20)
    #expect(left.0[0] == .text("<email> et <email>") && left.0[5] == .null)
  }

  @Test func rowsKnowTheirOwnPersons() throws {
    let texts = TextValues(["vu benali hier", "vu benali hier", "vu benali hier"])
    let names = TextValues(["Benali", "Diop", "Benali"])
    let out = try redacted(
      [
        Column(.text(texts)),
        Column(.text(names), validity: Validity(flags: [true, true, false])),
      ], names: [1])
    #expect(out.0 == [.text("vu <name> hier"), .text("vu benali hier"), .text("vu benali hier")])
    #expect(out.1 == 1)
  }
}
