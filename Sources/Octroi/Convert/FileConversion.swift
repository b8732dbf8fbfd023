import Glibc
import Ingest
import Pipeline
import Tabular

/// Writes any file of records anew as clean CSV.
public enum FileConversion {
  /// - Parameters:
  ///   - path: a file, or `-` for standard input.
  ///   - dialect: what is told of it; the rest is found out.
  ///   - output: the file to write, or nil for standard output. A file is written under another
  ///     name, brought to disk and then renamed, so that it is either old or whole.
  /// - Throws: `RunError` with the exit code of what went wrong.
  public static func run(
    _ path: String, _ dialect: DialectTexts, output: String?
  ) throws -> ConversionReport {
    let options = try dialect.options()
    Interruption.listen()
    do {
      let scratch = try PrivateScratch()
      let files = try FileSet.resolve([path], scratch: scratch.path).files
      guard let input = files.first, files.count == 1 else { throw severalFiles(path) }
      let held = try HeldFile(input, unlinking: input.path.hasPrefix(scratch.path))
      return try withExtendedLifetime(held) {
        let copy = try CleanCopy(held.file, options)
        guard let output else { return ConversionReport(try copy.run(give)) }
        guard !isSame(held.file.path, output) else { throw sameFile(path) }
        return ConversionReport(try write(copy, to: output))
      }
    } catch let error as IngestError {
      throw FileScan.told(error)
    }
  }

  private static func write(_ copy: CleanCopy, to output: String) throws -> CleanReport {
    let part = output + ".part"
    let file = try SafeFile(creating: part, mode: 0o600)
    let report: CleanReport
    do {
      report = try copy.run { try file.write($0) }
      try file.finish()
    } catch {
      unlink(part)
      throw error
    }
    guard rename(part, output) == 0 else {
      let number = errno
      unlink(part)
      throw RunError.machine(Message(en: "write", fr: "écrire"), output, number)
    }
    SafeFile.syncFolder(of: output)
    return report
  }

  private static func give(_ bytes: [UInt8]) throws {
    var from = 0
    while from < bytes.count {
      let count = bytes[from...].withUnsafeBytes {
        Glibc.write(STDOUT_FILENO, $0.baseAddress, $0.count)
      }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else {
        throw RunError.machine(Message(en: "write to", fr: "écrire sur"), "stdout", errno)
      }
      from += count
    }
  }

  private static func isSame(_ input: String, _ output: String) -> Bool {
    var (left, right) = (stat(), stat())
    guard stat(input, &left) == 0, stat(output, &right) == 0 else { return false }
    return left.st_dev == right.st_dev && left.st_ino == right.st_ino
  }

  static func severalFiles(_ path: String) -> RunError {
    RunError(
      .spec,
      Message(
        en: "'\(path)' stands for several files", fr: "« \(path) » désigne plusieurs fichiers"),
      remedy: Message(en: "write them one by one", fr: "écrivez-les un par un"))
  }

  private static func sameFile(_ path: String) -> RunError {
    RunError(
      .spec,
      Message(
        en: "'\(path)' would be written over itself",
        fr: "« \(path) » serait écrasé par lui-même"),
      remedy: Message(en: "give another --output", fr: "donnez un autre --output"))
  }
}
