import Foundation
import Ingest
import Tabular
import TestSupport
import Testing

/// The sample's generator knows what it broke: reading must find exactly that.
@Suite struct SampleTruthTests {
  struct Truth: Decodable {
    struct Counts: Decodable {
      let read: Int
      let passed: Int
      let rejected: Int
      let skipped: Int
      let rejected_by: [String: Int]
      let skipped_by: [String: Int]
      let warned_by: [String: Int]
      let file: String?
    }
    struct DataSet: Decodable {
      let total: Counts
      let files: [Counts]
    }
    let datasets: [String: DataSet]
  }

  static let sources: [(name: String, pattern: String, encoding: TextEncoding?)] = [
    ("demandes", "demandes/demandes-*.csv.gz", nil),
    ("velos", "velos/comptages-*.csv.gz", nil),
    ("stationnement", "stationnement/tickets-*.csv.gz", nil),
    ("bibliotheque", "bibliotheque/adherents.csv", nil),
    ("permis", "permis/permis-*.csv", .iso8859x15),
    ("entreprises", "entreprises/creations.csv", nil),
  ]

  @Test(arguments: 0..<6, [1, 3])
  func accountsForEveryRow(index: Int, threads: Int) throws {
    let (name, pattern, encoding) = Self.sources[index]
    let truth = try JSONDecoder().decode(
      Truth.self, from: Data(try Repository.text("SampleData/truth.json").utf8))
    let expected = try #require(truth.datasets[name])
    let base = Repository.root.path + "/SampleData"
    let folder = try TemporaryFolder()
    var source = SourceDescription(
      name: name,
      files: try FileSet.resolve([pattern], base: base, scratch: folder.path).files,
      schema: try Scanning.schema(try Repository.text("SampleData/\(name)/schema.json")))
    source.rejectLimit = .share(Decimal(digits: 10, scale: 2))
    source.dialect.encoding = encoding
    source.rejectFile = folder.path + "/rejects.csv"
    var scanned = Scanning.scan(source, scratch: folder.path, threads: threads)
    if let disproved = scanned.error as? GuessDisproved {
      source.findings = disproved.findings
      scanned = Scanning.scan(source, scratch: folder.path, threads: threads)
    }
    let report = try #require(scanned.report, "\(String(describing: scanned.error))")
    for (file, counts) in zip(report.files, expected.files) {
      #expect(file.file.name == counts.file ?? "")
      Self.compare(file.counts, counts, file.file.name)
    }
    Self.compare(report.counts, expected.total, name)
    #expect(scanned.rows.count == expected.total.passed)
    #expect(scanned.rejects.count == expected.total.rejected + 1)
  }

  static func compare(_ found: RecordCounts, _ expected: Truth.Counts, _ name: String) {
    func plain<Kind: RawRepresentable<String>>(_ counts: [Kind: Int]) -> [String: Int] {
      Dictionary(uniqueKeysWithValues: counts.map { ($0.key.rawValue, $0.value) })
    }
    #expect(found.passed == expected.passed, "\(name)")
    #expect(plain(found.rejectedBy) == expected.rejected_by, "\(name)")
    #expect(plain(found.skippedBy) == expected.skipped_by, "\(name)")
    #expect(plain(found.warnedBy) == expected.warned_by, "\(name)")
    #expect(found.read == expected.read, "\(name)")
  }
}
