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
}
