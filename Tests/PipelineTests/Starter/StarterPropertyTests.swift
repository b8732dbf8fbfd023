import Foundation
import Octroi
import Pipeline
import StageKit
import TestSupport
import Testing

/// Whatever stands in headers and cells and however files are called: a project that `init` makes
/// passes its check, or none is made and it is said why.
@Suite struct StarterPropertyTests {
  static let headers = [
    "nom", "Nom", "NOM", "", " ", "date", "Date d'ouverture", "a: b", "{x}", "[y", "# c", "- z",
    "'q'", "\"d\"", "<script>alert(1)</script>", "=1+1", "@x", "null", "true", "no", "~", "&a",
    "*b", "!t", "%p", "|", "> f", "?", "case", "and", "é", "الاسم", "名前", "🎉", "a\nb", "a\tb",
    String(repeating: "x", count: 1500), "1", "2024", "01/02/2024", "a,b", "a;b", "nombre", "mois",
    "rows", "month", "count", "column_2", "montant (€)", "\u{200b}z", "a\u{202e}b", "\u{a0}n",
    "\\", "\\n", "${x}", "N°", "id", "_", "__", "a-b", "Total", "source", "sep=;", "\u{7}",
    "\u{1}b", "\u{7f}", "\u{85}", "\u{2028}", "e\u{301}",
  ]
  static let cells = [
    "", "12", "-3", "1,50", "1 234,5", "12 €", "45 %", "03/02/2024", "25/12/2024", "2024-01-31",
    "2024-01-31T08:00:00Z", "2024-01-01 08:00", "3 févr. 2024", "A", "B", "Éclairage public", "oui",
    "non", "NR", "n/a", "-", "#N/A", "1,23E+12", "0012", "99999999999999999999", "1.250",
    "u@exemple.fr", "a;b", "a\"b", "a\nb", "06 12 34 56 78",
  ]
  static let names = [
    "a.csv", "Données été.csv", "no.csv", "2024-01.csv", "2024-02.csv", "x #1.csv", "b: c.csv",
    "a[1].csv", "q'r.txt", "na\"me.csv", "-x.csv", "null", "é", "a*b.csv", "true.tsv", "%41.csv",
    "demandes-janvier.csv", "demandes-mai.csv", " s .csv", "😀.csv", "charte.csv",
  ]

  private static func quoted(_ text: String, _ delimiter: String) -> String {
    let special = [delimiter, "\"", "\n", "\r"].contains { text.contains($0) }
    return special ? "\"" + text.replacing("\"", with: "\"\"") + "\"" : text
  }

  private static func table(_ dice: inout SpecFuzzTests.Dice) -> Data {
    let delimiter = [";", ",", "\t", "|"].randomElement(using: &dice) ?? ";"
    let width = Int.random(in: 1...7, using: &dice)
    func line(_ texts: [String]) -> String {
      texts.map { quoted($0, delimiter) }.joined(separator: delimiter)
    }
    var lines = [line((0..<width).map { _ in headers.randomElement(using: &dice) ?? "" })]
    // Each column mostly draws from a few cells of its own.
    let own = (0..<width).map { _ in
      (0..<3).map { _ in cells.randomElement(using: &dice) ?? "" }
    }
    for _ in 0..<([0, 1, 3, 40].randomElement(using: &dice) ?? 3) {
      var row = own.map { kinds in
        let pool = Int.random(in: 0..<30, using: &dice) == 0 ? cells : kinds
        return pool.randomElement(using: &dice) ?? ""
      }
      if Int.random(in: 0..<40, using: &dice) == 0 { row.removeLast() }
      lines.append(line(row))
    }
    if Bool.random(using: &dice) { lines.insert("Titre" + delimiter, at: 0) }
    if Bool.random(using: &dice) { lines.append("Total" + delimiter + "12") }
    let text = lines.joined(separator: Bool.random(using: &dice) ? "\n" : "\r\n") + "\n"
    switch Int.random(in: 0..<4, using: &dice) {
    case 0: return Data(("\u{feff}" + text).utf8)
    case 1: return text.data(using: .windowsCP1252, allowLossyConversion: true) ?? Data(text.utf8)
    default: return Data(text.utf8)
    }
  }

  @Test(arguments: 0..<40)
  func whatInitMakesPassesItsCheck(seed: Int) throws {
    var dice = SpecFuzzTests.Dice(state: UInt64(seed) &* 7919 &+ 1)
    let folder = try TemporaryFolder()
    var files: [String] = []
    for _ in 0..<Int.random(in: 1...4, using: &dice) {
      let name = Self.names.randomElement(using: &dice) ?? "a.csv"
      files.append(try folder.write(Self.table(&dice), to: name).path)
    }
    let language: Language = Bool.random(using: &dice) ? .fr : .en
    let starter = Starter(folder: folder.url.path, files: files, language: language, threads: 2)
    do {
      let result = try starter.make()
      #expect(result.written.last == "pipeline.yml")
    } catch let error as RunError {
      #expect([.refused, .input].contains(error.exit), "\(error.text(.en))")
      let names = try FileManager.default.contentsOfDirectory(atPath: folder.url.path)
      #expect(!names.contains("pipeline.yml") && !names.contains { $0.hasPrefix(".octroi") })
      return
    }
    let check = Project.check(folder.url.path + "/pipeline.yml")
    #expect(check.diagnostics.isEmpty, "\(check.diagnostics.map(\.message.en))")
  }
}
