import Ingest
import Testing

@Suite struct ColumnNamesTests {
  @Test func blankAndRepeatedNamesGetTheirOwn() {
    let columns = ColumnNames(["id", "", "nom", "nom", " nom ", "nom_2", "\u{A0}"])
    #expect(columns.names == ["id", "column_2", "nom", "nom_3", "nom_4", "nom_2"])
    #expect(columns.hasTrailingDelimiter)
    #expect(columns.renamed.map(\.position) == [2, 4, 5])
    #expect(columns.renamed.map(\.name) == ["column_2", "nom_3", "nom_4"])
  }

  @Test func goodNamesStay() {
    let columns = ColumnNames(["a", " b", "رقم"])
    #expect(columns.names == ["a", "b", "رقم"])
    #expect(columns.renamed.isEmpty && !columns.hasTrailingDelimiter)
    #expect(ColumnNames([""]).names == ["column_1"])
  }

  @Test func manyTwinsCostNoMoreThanOthers() {
    let columns = ColumnNames([String](repeating: "x", count: 20_000))
    #expect(columns.names.last == "x_20000" && Set(columns.names).count == 20_000)
  }
}
