import ArgumentParser
import Glibc
import Octroi
import Pipeline
import StageKit

/// Standard output for data, standard error for everything else.
enum Terminal {
  /// Writes a line to standard error.
  static func say(_ text: String) {
    guard !text.isEmpty else { return }
    write(text.hasSuffix("\n") ? text : text + "\n", to: STDERR_FILENO)
  }

  /// Does something; what went wrong is said with its remedy, and becomes the exit code.
  static func telling<Result>(_ language: Language, _ body: () throws -> Result) throws -> Result {
    do {
      return try body()
    } catch let error as RunError {
      say(error.text(language))
      throw ExitCode(error.exit.rawValue)
    }
  }

  /// Gives a document, or writes it to a file that is old or new at any time; before it what was
  /// found. Exits with 2 where there is no document, and machines find why on standard output.
  static func give(
    _ text: String?, to path: String?, _ found: [Diagnostic], _ common: SharedOptions
  ) throws {
    if !common.json || text == nil {
      say(
        DiagnosticText.lines(
          common.quiet ? found.filter { $0.severity == .error } : found, common.language))
    }
    guard let text else {
      if common.json { give(try DiagnosticText.json(found, common.language)) }
      throw ExitCode(2)
    }
    guard let path else { return give(text) }
    try telling(common.language) { try Project.write(text, to: path) }
  }

  /// Writes over the current line of a terminal.
  static func overwrite(_ text: String) {
    write("\r\u{1b}[K" + text, to: STDERR_FILENO)
  }

  /// A line cut to the terminal's width, so that it can be written over.
  static func fitted(_ text: String) -> String {
    var size = winsize()
    let width = ioctl(STDERR_FILENO, UInt(TIOCGWINSZ), &size) == 0 ? Int(size.ws_col) : 80
    return String(text.prefix(max((width > 0 ? width : 80) - 1, 20)))
  }

  /// A path as the user would write it from here.
  static func shown(_ path: String) -> String {
    guard let here = getcwd(nil, 0) else { return path }
    defer { free(here) }
    let prefix = String(cString: here) + "/"
    return path.hasPrefix(prefix) ? String(path.dropFirst(prefix.count)) : path
  }

  /// Writes data to standard output.
  static func give(_ text: String) {
    write(text, to: STDOUT_FILENO)
  }

  /// Whether standard error is a terminal that takes colours and progress bars.
  static var isInteractive: Bool { isatty(STDERR_FILENO) == 1 }

  /// Whether colours are welcome (https://no-color.org).
  static var takesColour: Bool {
    isInteractive && (variable("NO_COLOR") ?? "").isEmpty && variable("TERM") != "dumb"
  }

  /// The language that the command line asks for; French, otherwise, when the locale is French.
  static let language: Language = {
    if let asked = CommandWords.given.language { return asked }
    let locale = ["LC_ALL", "LC_MESSAGES", "LANG"].lazy
      .compactMap { variable($0) }.first { !$0.isEmpty }
    return locale?.hasPrefix("fr") == true ? .fr : .en
  }()

  private static func variable(_ name: String) -> String? {
    getenv(name).map { String(cString: $0) }
  }

  private static func write(_ text: String, to descriptor: Int32) {
    let bytes = Array(text.utf8)
    var written = 0
    while written < bytes.count {
      let count = bytes[written...].withUnsafeBytes {
        Glibc.write(descriptor, $0.baseAddress, $0.count)
      }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return }
      written += count
    }
  }
}
