import Ingest
import Pipeline
import Tabular

/// Tells what risk persons run in a file.
public enum RiskOfFile {
  /// - Parameters:
  ///   - path: a file, or `-` for standard input; relative to the current folder.
  ///   - threads: that count; the result does not depend on it.
  ///   - memory: bytes beyond which counts go to disk.
  /// - Throws: `RunError` with the exit code of what went wrong.
  public static func of(
    _ path: String, _ question: FileRisk.Question, threads: Int, memory: Int = 1 << 30
  ) throws -> FileRisk {
    Interruption.listen()
    do {
      let scratch = try PrivateScratch()
      let files = try FileSet.resolve([path], scratch: scratch.path).files
      guard let input = files.first, files.count == 1 else {
        throw FileConversion.severalFiles(path)
      }
      let held = try HeldFile(input, unlinking: input.path.hasPrefix(scratch.path))
      return try withExtendedLifetime(held) {
        try FileRisk(
          held.file, question,
          Resources(threads: threads, memory: memory, scratch: scratch.path))
      }
    } catch let error as IngestError {
      throw FileScan.told(error)
    }
  }
}

extension RiskOfFile {
  /// Writes the page, 0600: it is old or whole.
  /// - Throws: `RunError`.
  public static func write(_ risk: FileRisk, to path: String, _ language: Language) throws {
    try SafeFile.replace(path, with: Array(risk.page(language).utf8), mode: 0o600)
  }
}
