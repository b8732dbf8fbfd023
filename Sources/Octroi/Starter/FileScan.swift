import Glibc
import Ingest
import Pipeline
import Tabular

/// Looks at files of which nobody has said anything yet.
public enum FileScan {
  /// - Parameters:
  ///   - paths: files, patterns, or `-` for standard input; relative to the current folder.
  ///   - combines: whether columns are combined to see which single rows out.
  ///   - threads: that count cells; the result does not depend on it.
  ///   - progress: told the rows of each batch, from any thread.
  /// - Throws: `RunError` with the exit code of what went wrong.
  public static func of(
    _ paths: [String], combines: Bool = false, threads: Int,
    progress: @Sendable (Int) -> Void = { _ in }
  ) throws -> [FileProfile] {
    do {
      let scratch = try PrivateScratch()
      let files = try FileSet.resolve(paths, scratch: scratch.path).files
      // Standard input may be personal: its copy has no name from here on.
      let held = try files.map { try HeldFile($0, unlinking: $0.path.hasPrefix(scratch.path)) }
      return try withExtendedLifetime(held) {
        try held.map {
          try FileProfile.of(
            $0.file, combines: combines, resources(threads, scratch.path), progress: progress)
        }
      }
    } catch let error as IngestError {
      throw told(error)
    }
  }

  /// An input's failure for somebody who has no pipeline yet: paths start where the command runs.
  static func told(_ error: IngestError) -> RunError {
    let failure = RunError(error)
    guard ["missing_file", "empty_glob"].contains(error.code), let remedy = failure.remedy,
      remedy.en.contains("pipeline")
    else { return failure }
    return RunError(
      failure.exit, failure.message,
      remedy: Message(
        en: "check the path; relative ones start at the current folder",
        fr: "vérifiez le chemin ; les chemins relatifs partent du dossier courant"))
  }

  static func resources(_ threads: Int, _ scratch: String) -> Resources {
    Resources(threads: threads, memory: 1 << 28, scratch: scratch)
  }
}

/// A private folder that goes when nobody holds it any more.
final class PrivateScratch {
  let path: String

  init() throws {
    let base = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
    var template = Array((base + "/octroi-XXXXXX").utf8CString)
    guard mkdtemp(&template) != nil else {
      throw RunError.machine(
        Message(en: "make a folder in", fr: "créer un dossier dans"), base, errno)
    }
    path = template.withUnsafeBufferPointer { buffer in
      buffer.baseAddress.map { String(cString: $0) } ?? base
    }
  }

  deinit { rmdir(path) }
}

/// A file kept open; a copy of standard input loses its name at once, so that nothing of it stays
/// whatever becomes of this process.
final class HeldFile {
  let file: InputFile
  private let descriptor: Int32

  init(_ input: InputFile, unlinking: Bool) throws {
    guard unlinking else {
      (file, descriptor) = (input, -1)
      return
    }
    descriptor = open(input.path, O_RDONLY | O_CLOEXEC)
    let number = errno
    unlink(input.path)
    guard descriptor >= 0 else {
      throw RunError.machine(Message(en: "read", fr: "lire"), input.name, number)
    }
    file = InputFile(name: input.name, path: "/proc/self/fd/\(descriptor)")
  }

  deinit { if descriptor >= 0 { close(descriptor) } }
}
