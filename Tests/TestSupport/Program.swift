import Foundation
import Glibc

/// A program run to its end.
public struct ProgramResult: Sendable {
  /// The exit code, or 128 + the signal's number.
  public let status: Int32
  public let output: String
  public let errors: String
}

/// Programs that the tests run as a user would.
public enum Program {
  /// The folder that the build put its binaries into: where the tests' own binary lies.
  public static let buildFolder: URL = {
    var folder = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()
    while folder.path != "/", !FileManager.default.fileExists(atPath: folder.path + "/octroi") {
      folder.deleteLastPathComponent()
    }
    return folder
  }()

  /// What the tests are built with, if anything, and so the programs beside them.
  public enum Sanitizer: Sendable { case address, thread }

  /// The sanitizer that this process runs under.
  public static let sanitizer: Sanitizer? =
    dlsym(nil, "__asan_init") != nil ? .address : dlsym(nil, "__tsan_init") != nil ? .thread : nil

  /// The `octroi` binary under test.
  public static var octroi: URL { buildFolder.appending(path: "octroi") }

  /// The Python that the Makefile prepared with the oracles, or nil when tests run without it.
  public static var python: URL? {
    let asked = ProcessInfo.processInfo.environment["OCTROI_PYTHON"]
    let path = asked ?? Repository.root.appending(path: ".venv/bin/python").path
    return FileManager.default.isExecutableFile(atPath: path) ? URL(filePath: path) : nil
  }

  /// Runs a program and waits for it.
  /// - Parameter environment: added to a bare environment (PATH, HOME and a C locale), so that
  ///   a developer's settings change nothing.
  public static func run(
    _ program: URL, _ arguments: [String], in folder: URL? = nil,
    environment: [String: String] = [:], input: Data = Data()
  ) throws -> ProgramResult {
    let process = try start(program, arguments, in: folder, environment: environment)
    let errors = ErrorReader(process.errors)
    try? process.input.fileHandleForWriting.write(contentsOf: input)
    try? process.input.fileHandleForWriting.close()
    let output = process.output.fileHandleForReading.readDataToEndOfFile()
    let errorText = errors.wait()
    process.process.waitUntilExit()
    let signalled = process.process.terminationReason == .uncaughtSignal
    let status = process.process.terminationStatus
    return ProgramResult(
      status: signalled ? 128 + status : status, output: String(decoding: output, as: UTF8.self),
      errors: String(decoding: errorText, as: UTF8.self))
  }

  /// A program that has been started, with its pipes.
  public struct Started {
    public let process: Process
    public let input: Pipe
    public let output: Pipe
    public let errors: Pipe

    /// Waits for the end, and kills what has not ended by itself.
    /// - Returns: what it said on standard error (little enough to fit a pipe).
    public func end(within seconds: Double) -> String {
      let deadline = Date().addingTimeInterval(seconds)
      while process.isRunning, Date() < deadline { Thread.sleep(forTimeInterval: 0.005) }
      if process.isRunning { kill(process.processIdentifier, SIGKILL) }
      process.waitUntilExit()
      return String(
        decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    }
  }

  /// Starts a program without waiting, for tests that interrupt it.
  public static func start(
    _ program: URL, _ arguments: [String], in folder: URL? = nil,
    environment: [String: String] = [:]
  ) throws -> Started {
    let started = Started(process: Process(), input: Pipe(), output: Pipe(), errors: Pipe())
    started.process.executableURL = program
    started.process.arguments = arguments
    if let folder { started.process.currentDirectoryURL = folder }
    let own = ProcessInfo.processInfo.environment
    var merged = ["PATH": own["PATH"] ?? "/usr/bin:/bin", "HOME": own["HOME"] ?? "/tmp"]
    merged["LC_ALL"] = "C.UTF-8"
    merged["SWIFT_BACKTRACE"] = "enable=no"
    // What the sanitizers are told holds for the programs they are built into, too.
    for name in ["ASAN_OPTIONS", "TSAN_OPTIONS"] { merged[name] = own[name] }
    merged.merge(environment) { $1 }
    started.process.environment = merged
    started.process.standardInput = started.input
    started.process.standardOutput = started.output
    started.process.standardError = started.errors
    try started.process.run()
    return started
  }
}

/// Drains a pipe on its own thread, so that a chatty program never blocks.
private final class ErrorReader: @unchecked Sendable {
  private var data = Data()
  private let done = DispatchSemaphore(value: 0)

  init(_ pipe: Pipe) {
    Thread.detachNewThread { [self] in
      data = pipe.fileHandleForReading.readDataToEndOfFile()
      done.signal()
    }
  }

  func wait() -> Data {
    done.wait()
    return data
  }
}

/// A folder that lives as long as the test.
public final class TemporaryFolder: Sendable {
  public let url: URL

  public init() throws {
    url = FileManager.default.temporaryDirectory.appending(path: "octroi-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit {
    try? FileManager.default.removeItem(at: url)
  }

  /// Writes a file below the folder, with the folders above it.
  @discardableResult
  public func write(_ text: String, to path: String) throws -> URL {
    try write(Data(text.utf8), to: path)
  }

  @discardableResult
  public func write(_ data: Data, to path: String) throws -> URL {
    let file = url.appending(path: path)
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try data.write(to: file)
    return file
  }

  /// The text of a file below the folder.
  public func read(_ path: String) throws -> String {
    try String(contentsOf: url.appending(path: path), encoding: .utf8)
  }
}
