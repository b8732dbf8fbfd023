import Glibc
import Ingest
import Tabular
import Testing

@Suite struct FileSetTests {
  static func names(_ paths: [String], _ folder: TemporaryFolder) throws -> [String] {
    try FileSet.resolve(paths, base: folder.path, scratch: folder.path).files.map(\.name)
  }

  static func failure(_ paths: [String], _ folder: TemporaryFolder) -> IngestError? {
    do {
      _ = try FileSet.resolve(paths, base: folder.path, scratch: folder.path)
      return nil
    } catch {
      return error
    }
  }

  @Test func pathsComeAsListedPatternsSortedNoneTwice() throws {
    let folder = try TemporaryFolder()
    for name in ["c.csv", "a.csv", "b.csv", "d[1].csv", "sub/z.csv"] { try folder.write(name, "x") }
    #expect(
      try Self.names(["c.csv", "*.csv", "sub/*"], folder) == [
        "c.csv", "a.csv", "b.csv", "d[1].csv", "sub/z.csv",
      ])
    // A file of that very name comes before the pattern that it looks like.
    #expect(try Self.names(["d[1].csv"], folder) == ["d[1].csv"])
    #expect(try Self.names([folder.path + "/a.csv"], folder) == [folder.path + "/a.csv"])
    let odd = try FileSet.resolve(["*.csv"], base: folder.path + "//sub/.//", scratch: "/").files
    #expect(odd.map(\.name) == ["z.csv"])
  }

  @Test func whatIsNotAFileIsSaid() throws {
    let folder = try TemporaryFolder()
    try folder.write("demandes-2024.csv", "x")
    let missing = try #require(Self.failure(["demande-2024.csv"], folder))
    #expect(missing.kind == .missing)
    #expect(missing.kind.exitCode == 3)
    #expect(missing.remedy?.en == "did you mean 'demandes-2024.csv'?")
    #expect(Self.failure(["nothing-like-it"], folder)?.code == "missing_file")
    #expect(Self.failure(["*.txt"], folder)?.code == "empty_glob")
    #expect(Self.failure(["*.txt"], folder)?.kind == .missing)
    try folder.write("sub/a.csv", "x")
    #expect(Self.failure(["sub"], folder)?.code == "folder")
    #expect(Self.failure(["demandes-2024.csv/x"], folder)?.kind == .missing)
  }

  @Test func pipesAreSpooledForTheUserAlone() throws {
    let folder = try TemporaryFolder()
    let pipe = folder.path + "/pipe"
    try #require(mkfifo(pipe, 0o600) == 0)
    let content = [UInt8](repeating: 65, count: 300_000)
    // Opened for reading and writing, a pipe does not wait for its other end.
    let writer = open(pipe, O_RDWR)
    try #require(writer >= 0)
    var thread = pthread_t()
    final class Job: Sendable {
      let descriptor: Int32
      let content: [UInt8]
      init(_ descriptor: Int32, _ content: [UInt8]) {
        (self.descriptor, self.content) = (descriptor, content)
      }
    }
    let job = Job(writer, content)
    let started = pthread_create(
      &thread, nil,
      { argument in
        if let argument {
          let job = Unmanaged<Job>.fromOpaque(argument).takeRetainedValue()
          var done = 0
          while done < job.content.count {
            let step = job.content.withUnsafeBytes {
              $0.baseAddress.map { write(job.descriptor, $0 + done, job.content.count - done) } ?? 0
            }
            if step <= 0 { break }
            done += step
          }
          close(job.descriptor)
        }
        return nil
      }, Unmanaged.passRetained(job).toOpaque())
    try #require(started == 0)
    let file = try #require(
      try FileSet.resolve(["pipe"], base: folder.path, scratch: folder.path).files.first)
    pthread_join(thread, nil)
    #expect(file.name == "pipe")
    #expect(file.path != pipe)
    var status = stat()
    #expect(stat(file.path, &status) == 0)
    #expect(status.st_mode & 0o777 == 0o600)
    #expect(status.st_size == content.count)
  }
}
