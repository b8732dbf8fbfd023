import Foundation
import TestSupport

/// A page in a real browser, with a script of the test's own in it.
enum PageProbe {
  static let browser: URL? = ["chromium", "chromium-browser", "google-chrome"].lazy
    .map { URL(filePath: "/usr/bin/\($0)") }
    .first { FileManager.default.isExecutableFile(atPath: $0.path) }

  /// The script of axe-core, as a Python package brings it.
  static let axe: String? = {
    guard let python = Program.python,
      let found = try? Program.run(
        python,
        ["-c", "import axe_core_python, os; print(os.path.dirname(axe_core_python.__file__))"])
    else { return nil }
    let folder = found.output.trimmingCharacters(in: .whitespacesAndNewlines)
    return try? String(contentsOfFile: folder + "/axe.min.js", encoding: .utf8)
  }()

  static var isPossible: Bool { browser != nil && axe != nil }

  /// What every page is asked: barriers in light and dark, errors, requests, width.
  struct Found: Decodable {
    let light: [String]
    let dark: [String]
    let errors: [String]
    let requests: Int
    let wide: Bool
    /// What the test's own part found.
    let own: Bool
  }

  private static func script(_ own: String) -> String {
    """
    <script>
    const errors = [];
    addEventListener("error", (event) => errors.push(event.message));
    (async () => {
      const root = document.documentElement;
      const found = async () => (await axe.run()).violations.map((one) =>
        one.id + " " + one.nodes.map((node) => node.target.join(" ")).join(" | "));
      for (const details of document.querySelectorAll("details")) details.open = true;
      // Rows of a long table are alike, and a thousand of them take minutes.
      const rest = [...document.querySelectorAll("tbody > tr:nth-child(n+31)")]
        .map((row) => [row.parentElement, row]);
      for (const [, row] of rest) row.remove();
      root.dataset.theme = "light";
      const light = await found();
      root.dataset.theme = "dark";
      const dark = await found();
      for (const [body, row] of rest) body.append(row);
      let own = true;
      \(own)
      root.dataset.result = JSON.stringify({
        light, dark, errors, own, wide: root.scrollWidth > innerWidth,
        requests: performance.getEntriesByType("resource").length,
      });
    })();
    </script>
    """
  }

  /// Opens a page on a telephone's screen.
  /// - Parameter own: what the page is asked besides, as JavaScript that sets `own`.
  /// - Throws: what went wrong with the browser.
  static func look(at page: URL, own: String = "") throws -> (found: Found, errors: String) {
    guard let browser, let axe else { throw ProjectError(text: "no browser") }
    let markup = try String(contentsOf: page, encoding: .utf8)
    let folder = try TemporaryFolder()
    let probed = try folder.write(
      markup.replacingOccurrences(
        of: "</body>", with: "<script>\(axe)</script>\(script(own))</body>"), to: "probe.html")
    let result = try Program.run(
      browser,
      [
        "--headless", "--no-sandbox", "--disable-gpu", "--enable-logging=stderr",
        "--window-size=390,844", "--virtual-time-budget=60000",
        "--user-data-dir=" + folder.url.appending(path: "browser").path, "--dump-dom",
        probed.absoluteString,
      ])
    let parts = result.output.components(separatedBy: " data-result=\"")
    guard parts.count == 2 else {
      throw ProjectError(text: "the page did not come to its end: \(result.errors.suffix(800))")
    }
    let json = String(parts[1].prefix { $0 != "\"" }).replacingOccurrences(of: "&quot;", with: "\"")
      .replacingOccurrences(of: "&amp;", with: "&").replacingOccurrences(of: "&lt;", with: "<")
      .replacingOccurrences(of: "&gt;", with: ">")
    return (try JSONDecoder().decode(Found.self, from: Data(json.utf8)), result.errors)
  }
}
