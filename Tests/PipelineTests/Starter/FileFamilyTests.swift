import Octroi
import Testing

/// What the names of recurring files have in common.
@Suite struct FileFamilyTests {
  @Test func numbersAndMonthsAreNoPartOfAFamily() {
    let same = [
      [
        "demandes-2024-01.csv", "demandes-2024-02.csv", "Demandes_2025.csv", "demandes janvier.csv",
      ],
      ["x/2024T1 Budget.csv.gz", "x/2024T2 Budget.csv.gz", "x/budget-v3.csv.gz"],
      ["2024-01.csv", "2024-02.csv", "20240301.csv"],
    ]
    for names in same {
      let families = names.map { FileFamily($0) }
      #expect(Set(families).count == 1, "\(families)")
    }
    #expect(FileFamily("a-1.csv") != FileFamily("b-1.csv"))
    #expect(FileFamily("a-1.csv") != FileFamily("x/a-1.csv"))
    #expect(FileFamily("a-1.csv") != FileFamily("a-1.csv.gz"))
  }

  @Test func familiesHaveNames() {
    #expect(
      FileFamily("Demandes d'état civil 2024.csv").name(fallback: "x") == "demandes_d_etat_civil")
    #expect(FileFamily("exports/2024-01.csv").name(fallback: "x") == "exports")
    #expect(FileFamily("../2024-01.csv").name(fallback: "donnees") == "donnees")
    #expect(FileFamily("2024-01.csv").name(fallback: "donnees") == "donnees")
  }

  @Test func patternsReachWhatTheNextMonthsBring() {
    let cases: [([String], String?)] = [
      (["demandes-2024-01.csv", "demandes-2024-02.csv"], "demandes-*.csv"),
      (["x/demandes-2024-01.csv", "x/demandes-2024-12.csv"], "x/demandes-*.csv"),
      (["2024-01-demandes.csv.gz", "2024-02-demandes.csv.gz"], "*-demandes.csv.gz"),
      (["demandes juin 2024.csv", "demandes juillet 2024.csv"], "demandes *.csv"),
      (["2024-01.csv", "2024-02.csv"], "*.csv"),
      (["budget2023.csv", "budget2024.csv"], "budget*.csv"),
      (["a[1]-01.csv", "a[1]-02.csv"], nil), (["seul-2024.csv"], nil),
    ]
    for (paths, expected) in cases { #expect(FileFamily.pattern(paths) == expected, "\(paths)") }
  }
}
