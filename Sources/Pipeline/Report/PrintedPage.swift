import Foundation
import Glibc
import Reports
import Tabular

/// Prints a page to PDF by a headless browser that is installed on the machine.
struct PrintedPage {
  /// Names under which such browsers go.
  private static let names = ["chromium", "chromium-browser", "google-chrome", "chrome"]

  let browser: String
  /// A private folder.
  let scratch: String

  /// - Throws: `RunError` when there is no browser.
  init(scratch: String) throws {
    guard let browser = Self.find() else {
      throw RunError(.machine, ReportMessages.noBrowser, remedy: ReportMessages.installBrowser)
    }
    (self.browser, self.scratch) = (browser, scratch)
  }

  private static func find() -> String? {
    let environment = ProcessInfo.processInfo.environment
    if let named = environment["OCTROI_CHROMIUM"] {
      return access(named, X_OK) == 0 ? named : nil
    }
    let folders = (environment["PATH"] ?? "/usr/bin").split(separator: ":")
    return names.lazy.flatMap { name in folders.map { "\($0)/\(name)" } }
      .first { access($0, X_OK) == 0 }
  }

  /// - Parameters:
  ///   - page: a staged HTML file.
  ///   - path: where the PDF goes.
  /// - Throws: `RunError` when the browser failed.
  func print(_ page: String, to path: String) throws -> [UInt8] {
    let process = Process()
    process.executableURL = URL(filePath: browser)
    process.arguments =
      [
        "--headless", "--disable-gpu", "--no-pdf-header-footer", "--disable-extensions",
        "--no-first-run", "--user-data-dir=\(scratch)/browser", "--print-to-pdf=\(path)",
        // Nothing may be asked of any network.
        "--host-resolver-rules=MAP * ~NOTFOUND",
      ] + (geteuid() == 0 ? ["--no-sandbox"] : []) + [URL(filePath: page).absoluteString]
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    process.standardInput = FileHandle.nullDevice
    do { try process.run() } catch { throw RunError(.machine, ReportMessages.notPrinted) }
    process.waitUntilExit()
    guard process.terminationStatus == 0, let data = FileManager.default.contents(atPath: path),
      data.starts(with: Array("%PDF-".utf8))
    else { throw RunError(.machine, ReportMessages.notPrinted) }
    return Self.withoutClock(Array(data))
  }

  /// The hour of printing as a fixed one of the same length: the same page by the same browser
  /// gives the same bytes.
  private static func withoutClock(_ bytes: [UInt8]) -> [UInt8] {
    var bytes = bytes
    let fixed = Array("20000101000000".utf8)
    for key in ["/CreationDate (D:", "/ModDate (D:"] {
      let mark = Array(key.utf8)
      var at = 0
      while at + mark.count + fixed.count <= bytes.count,
        let start = bytes[at...].firstIndex(of: UInt8(ascii: "/"))
      {
        at = start + 1
        guard bytes[start...].starts(with: mark) else { continue }
        let first = start + mark.count
        guard first + fixed.count <= bytes.count else { break }
        bytes.replaceSubrange(first..<first + fixed.count, with: fixed)
      }
    }
    return bytes
  }
}
