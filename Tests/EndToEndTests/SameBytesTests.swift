import Foundation
import TestSupport
import Testing

/// Same input, same bytes: whatever the threads, the batch arrival and plain or gzip.
@Suite(.serialized) struct SameBytesTests {
  @Test(arguments: shippedPipelines)
  func threadsChangeNothing(pipeline: String) throws {
    let one = try Project()
    _ = try one.run(pipeline, threads: 1)
    let expected = try one.published()
    #expect(!expected.isEmpty)
    for threads in [2, 5] {
      let many = try Project()
      _ = try many.run(pipeline, threads: threads)
      let actual = try many.published()
      #expect(actual.keys.sorted() == expected.keys.sorted())
      for (path, bytes) in expected {
        #expect(actual[path] == bytes, "\(path) differs with \(threads) threads")
      }
    }
  }

  @Test func plainAndGzipGiveTheSame() throws {
    let zipped = try Project()
    _ = try zipped.run("Pipelines/demandes.yml")
    let plain = try Project()
    let folder = plain.folder.url.appending(path: "SampleData/demandes")
    for name in try FileManager.default.contentsOfDirectory(atPath: folder.path)
    where name.hasSuffix(".gz") {
      let file = folder.appending(path: name)
      // The name stays, so that only the bytes' coding changes: gzip is told by content.
      let unzipped = try Program.run(
        URL(filePath: "/bin/sh"),
        ["-c", "gzip -dc \"$0\" > \"$0.tmp\" && mv \"$0.tmp\" \"$0\"", file.path])
      #expect(unzipped.status == 0, "\(unzipped.errors)")
    }
    _ = try plain.run("Pipelines/demandes.yml")
    let expected = try zipped.published()
    let actual = try plain.published()
    for (path, bytes) in expected where path.hasSuffix(".csv") {
      #expect(actual[path] == bytes, "\(path) differs between plain and gzip")
    }
  }

  @Test func secondRunGivesTheSame() throws {
    let project = try Project()
    _ = try project.run("Pipelines/demandes.yml")
    let first = try project.published()
    _ = try project.run("Pipelines/demandes.yml")
    #expect(try project.published() == first)
  }

  /// Large enough for the gate to read while the file is written, shared by the threads.
  @Test(arguments: ["csv", "csv.gz"]) func largeOutputsAreTheSame(suffix: String) throws {
    let project = try TinyProject(output: "out/lignes.\(suffix)")
    var text = "id,montant,note\n"
    var state: UInt64 = 7
    for row in 0..<220_000 {
      text += "\(row),1.5,\"\(row % 9 == 0 ? "\n" : "")"
      for _ in 0..<4 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        text += String(state, radix: 36) + ","
      }
      text += "\"\n"
    }
    try project.folder.write(text, to: "lignes.csv")
    let file = project.folder.url.appending(path: "out/lignes.\(suffix)")
    var expected: Data?
    for threads in [1, 2, 5] {
      let result = try project.octroi(["run", "essai.yml", "--threads", "\(threads)"])
      #expect(result.status == 0, "\(result.errors)")
      let bytes = try Data(contentsOf: file)
      #expect(bytes.count > 1 << 23)
      #expect(bytes == expected ?? bytes, "\(threads) threads")
      expected = bytes
    }
  }
}
