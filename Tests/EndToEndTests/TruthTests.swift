import Foundation
import TestSupport
import Testing

/// The sample's generator knows what it broke; the accounting must say the same.
@Suite struct TruthTests {
  struct Truth: Decodable {
    struct Total: Decodable {
      let read: Int
      let passed: Int
      let rejected: Int
      let skipped: Int
      let rejectedBy: [String: Int]
      let skippedBy: [String: Int]

      enum CodingKeys: String, CodingKey {
        case read, passed, rejected, skipped
        case rejectedBy = "rejected_by"
        case skippedBy = "skipped_by"
      }
    }

    struct Dataset: Decodable {
      let total: Total
    }

    let datasets: [String: Dataset]
  }

  @Test(arguments: shippedPipelines)
  func accountingEqualsTheGeneratorsTruth(pipeline: String) throws {
    let truth = try JSONDecoder().decode(
      Truth.self,
      from: Data(contentsOf: Repository.root.appending(path: "SampleData/truth.json")))
    let report = try Project().run(pipeline)
    #expect(!report.sources.isEmpty)
    for source in report.sources {
      let rejected = source.rejected.values.reduce(0, +)
      let skipped = source.skipped.values.reduce(0, +)
      #expect(source.read == source.passed + rejected + skipped, "\(source.name) does not add up")
      guard let expected = truth.datasets[source.name]?.total else { continue }
      #expect(source.read == expected.read, "\(source.name): read")
      #expect(source.passed == expected.passed, "\(source.name): passed")
      #expect(rejected == expected.rejected, "\(source.name): rejected")
      #expect(
        source.skipped == expected.skippedBy.filter { $0.value > 0 }, "\(source.name): skipped")
      #expect(
        source.rejected == expected.rejectedBy.filter { $0.value > 0 },
        "\(source.name): rejected by kind")
    }
  }
}
