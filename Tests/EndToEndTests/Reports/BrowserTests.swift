import Foundation
import TestSupport
import Testing

/// A report in a real browser: no error, no request, in light and dark; and what is made of it
/// beside the page.
@Suite struct BrowserTests {
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

  static let probe = """
    <script>
    const errors = [];
    addEventListener("error", (event) => errors.push(event.message));
    (async () => {
      const root = document.documentElement;
      const found = async () => (await axe.run()).violations.map((one) =>
        one.id + " " + one.nodes.map((node) => node.target.join(" ")).join(" | "));
      for (const details of document.querySelectorAll("details")) details.open = true;
      root.dataset.theme = "light";
      const light = await found();
      root.dataset.theme = "dark";
      const dark = await found();
      const sorter = document.querySelector("table.bars th button");
      const cells = () => [...document.querySelectorAll("table.bars tbody tr")][0].textContent;
      const before = cells();
      sorter.click();
      sorter.click();
      root.dataset.result = JSON.stringify({
        light, dark, errors, sorted: before !== cells() || before.startsWith("1"),
        requests: performance.getEntriesByType("resource").length,
        wide: root.scrollWidth > innerWidth,
      });
    })();
    </script>
    """

  struct Found: Decodable {
    let light: [String]
    let dark: [String]
    let errors: [String]
    let sorted: Bool
    let requests: Int
    let wide: Bool
  }

  @Test(.enabled(if: browser != nil && axe != nil))
  func rendersWithoutErrorRequestOrBarrier() throws {
    let browser = try #require(Self.browser)
    let axe = try #require(Self.axe)
    let project = try ReportProject()
    #expect(try project.project.run().status == 0)
    let probed = try project.page().replacingOccurrences(
      of: "</body>", with: "<script>\(axe)</script>\(Self.probe)</body>")
    try project.project.folder.write(probed, to: "probe.html")
    let page = project.project.folder.url.appending(path: "probe.html")
    let result = try Program.run(
      browser,
      [
        "--headless", "--no-sandbox", "--disable-gpu", "--enable-logging=stderr",
        "--window-size=390,844", "--virtual-time-budget=60000",
        "--user-data-dir=" + project.project.folder.url.appending(path: "browser").path,
        "--dump-dom", page.absoluteString,
      ])
    let parts = result.output.components(separatedBy: " data-result=\"")
    try #require(parts.count == 2, "the page did not come to its end: \(result.errors.suffix(800))")
    let json = String(parts[1].prefix { $0 != "\"" }).replacingOccurrences(of: "&quot;", with: "\"")
      .replacingOccurrences(of: "&amp;", with: "&").replacingOccurrences(of: "&lt;", with: "<")
      .replacingOccurrences(of: "&gt;", with: ">")
    let found = try JSONDecoder().decode(Found.self, from: Data(json.utf8))
    #expect(found.errors == [] && found.requests == 0)
    #expect(found.sorted && !found.wide)
    #expect(!result.errors.contains("CONSOLE"), "\(result.errors)")
  }

  @Test func withoutABrowserAPDFIsRefusedBeforeAnythingIsRead() throws {
    let project = try ReportProject()
    let result = try project.project.octroi(
      ["run", "essai.yml", "--pdf"], environment: ["OCTROI_CHROMIUM": "/nowhere/chromium"])
    #expect(result.status == 4)
    #expect(
      result.errors.contains("no Chromium is installed") && result.errors.contains("install it"))
    #expect(!project.project.hasOutput)
  }

  /// The workbook as openpyxl reads it: types, formats, what is frozen, and no formula.
  @Test(.enabled(if: Program.python != nil))
  func theWorkbookHoldsNumbersAndDates() throws {
    let project = try ReportProject("    also: [xlsx, md]\n")
    #expect(try project.project.run().status == 0)
    let book = project.project.folder.url.appending(path: "out/elus.xlsx")
    let first = try Data(contentsOf: book)
    let script = """
      import openpyxl, sys
      book = openpyxl.load_workbook(sys.argv[1])
      units, months, method = book.worksheets
      print(units.freeze_panes, units.auto_filter.ref, months.auto_filter.ref)
      print([cell.data_type for cell in units[2]], [cell.number_format for cell in units[2]])
      print([cell.data_type for cell in months[2]], months["A2"].number_format)
      print(sorted(row[0].value for row in units.iter_rows(min_row=2))[:2])
      print(any(cell.data_type == "f" for sheet in book for row in sheet for cell in row))
      print(units.column_dimensions["A"].width > 8, method["A1"].value, book.properties.created.date())
      """
    let python = try #require(Program.python)
    let read = try Program.run(python, ["-c", script, book.path])
    #expect(
      read.output == """
        B2 A1:E7 A1:C5
        ['s', 'n', 'n', 'n', 'n'] ['General', '#,##0', '#,##0.0', '#,##0.0', '#,##0.0']
        ['d', 'n', 'n'] dd/mm/yyyy
        ['"Q4" \\'q\\'', '<b>Halles</b>']
        False
        True Demandes <i>& autres</i> 2026-04-10

        """, "\(read.output) \(read.errors)")
    let mail = try project.page("elus.md")
    #expect(mail.contains("# Demandes \\<i\\>\\& autres\\</i\\>") && mail.contains("## Mars 2026"))
    #expect(try project.project.octroi(["run", "essai.yml", "--threads", "1"]).status == 0)
    #expect(try Data(contentsOf: book) == first)
  }
}
