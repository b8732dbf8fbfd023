import Foundation
import TestSupport
import Testing

/// Exports of the same persons, one after the other, through the binary.
@Suite struct SuccessiveReleasesTests {
  /// A census whose persons are told apart, published at coarse ages or at coarse districts.
  private struct Series {
    let census: CensusProject

    init() throws {
      census = try CensusProject(rows: 1500, stage: "{}")
      try census.identify("pseudonym") { "P\($0)" }
      try census.folder.write((16...95).map { "\($0);*\n" }.joined(), to: "any-age.csv")
      try census.folder.write((1...12).map { "Q\($0);*\n" }.joined(), to: "any-district.csv")
    }

    func persons(_ lines: [String]) throws {
      try census.folder.write(lines.joined(separator: "\n") + "\n", to: "personnes.csv")
    }

    var lines: [String] {
      (census.text("personnes.csv") ?? "").split(separator: "\n").map(String.init)
    }

    func release(_ ages: String, _ districts: String, person: String = "id") throws
      -> ProgramResult
    {
      try census.pipeline(
        "{k: 5, person: \(person), suppress_at_most: 10%, "
          + "quasi: {age: \(ages), quartier: \(districts)}}")
      let drop = person == "row" ? ["id", "sexe", "diplome"] : ["sexe", "diplome"]
      try census.dropping(drop)
      return try census.octroi(["run", "census.yml"])
    }

    var kept: URL { census.folder.url.appending(path: "out/interne/rejets/releases") }

    func files() throws -> [String] {
      let walker = FileManager.default.enumerator(at: kept, includingPropertiesForKeys: nil)
      return (walker?.allObjects as? [URL] ?? []).map(\.path).filter { $0.hasSuffix(".persons") }
    }
  }

  /// Either of the two releases hides everybody among five; both together do not.
  @Test func twoGeneralisationsAreNotPublishedOneAfterTheOther() throws {
    let series = try Series()
    let first = try series.release("any-age.csv", "quartiers.csv")
    #expect(first.status == 0, "\(first.errors)")
    #expect((first.output + first.errors).contains("no earlier release of these persons"))
    let published = try #require(series.census.text(CensusProject.published))
    let kept = try series.files()
    #expect(kept.count == 1)
    // The same once more is no other release.
    let again = try series.release("any-age.csv", "quartiers.csv")
    #expect(again.status == 0, "\(again.errors)")
    #expect((again.output + again.errors).contains("audited with the earlier releases"))
    #expect(try series.files() == kept)

    let second = try series.release("ages.csv", "any-district.csv")
    #expect(second.status == 1, "\(second.output)")
    #expect(second.errors.contains("finds some among fewer than 5"), "\(second.errors)")
    #expect(second.errors.contains("a new scope"))
    #expect(series.census.text(CensusProject.published) == published)
    #expect(try series.files() == kept)
    // It would do alone.
    let alone = try Series()
    #expect(try alone.release("ages.csv", "any-district.csv").status == 0)

    // A deleted ledger changes nothing; lost memories are not passed over.
    try FileManager.default.removeItem(at: series.census.folder.url.appending(path: ".state"))
    #expect(try series.release("ages.csv", "any-district.csv").status == 1)
    #expect(try series.release("any-age.csv", "quartiers.csv").status == 0)
    try series.persons(series.lines.dropLast(300))
    #expect(try series.release("any-age.csv", "quartiers.csv").status == 0)
    #expect(try series.files().count == 2)
    try FileManager.default.removeItem(at: series.kept)
    let lost = try series.release("any-age.csv", "quartiers.csv")
    #expect(lost.status == 1 && lost.errors.contains("can be audited") == false)
    #expect(lost.errors.contains("restore it from a backup"), "\(lost.errors)")
  }

  @Test func memoriesAreHashesThatNobodyElseReads() throws {
    let series = try Series()
    #expect(try series.release("any-age.csv", "quartiers.csv").status == 0)
    // A few persons more: told, not refused.
    try series.persons(series.lines + ["N1,30,F,Q3,4,m,2", "N2,31,H,Q3,4,m,2"])
    let more = try series.release("any-age.csv", "quartiers.csv")
    #expect(more.status == 0, "\(more.errors)")
    #expect((more.output + more.errors).contains("came (2) or went (0)"), "\(more.errors)")
    let files = try series.files()
    #expect(files.count == 2)
    for file in files {
      let mode = try FileManager.default.attributesOfItem(atPath: file)[.posixPermissions] as? Int
      #expect(mode == 0o600)
      let bytes = try Data(contentsOf: URL(filePath: file))
      for word in ["P1234", "quartier"] {
        #expect(bytes.range(of: Data(word.utf8)) == nil, "\(word)")
      }
      // Two bytes of a hash may spell a district, about once in three files; its hundred persons
      // would be there a hundred times.
      let spelt = zip(bytes, bytes.dropFirst()).count {
        $0 == UInt8(ascii: "Q") && $1 == UInt8(ascii: "3")
      }
      #expect(spelt < 12)
      // A changed file is not believed.
      var changed = bytes
      changed[changed.count / 2] ^= 1
      try changed.write(to: URL(filePath: file))
    }
    let broken = try series.release("any-age.csv", "quartiers.csv")
    #expect(broken.status == 1 && broken.errors.contains("was changed"), "\(broken.errors)")
    // Rows that nobody can tell to be of one person are not compared.
    #expect(try series.release("ages.csv", "any-district.csv", person: "row").status == 0)
  }
}
