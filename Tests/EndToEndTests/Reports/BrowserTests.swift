import Foundation
import TestSupport
import Testing

/// A report in a real browser: no error, no request, in light and dark; and what is made of it
/// beside the page.
@Suite struct BrowserTests {
  /// Sorting the table of bars twice changes its first row, or it was the first in both ways.
  static let sorting = """
    const sorter = document.querySelector("table.bars th button");
    const cells = () => [...document.querySelectorAll("table.bars tbody tr")][0].textContent;
    const before = cells();
    sorter.click();
    sorter.click();
    own = before !== cells() || before.startsWith("1");
    """

  /// Every kind of section that a report without configuration has, and the same twice, with what
  /// names only repeat.
  @Test(
    .enabled(if: PageProbe.isPossible),
    arguments: [
      "",
      """
          sections: [figures: mois, figures: unites, map: {value: moyen}, map: {value: nombre},
            ranking: unites, ranking: unites, series: mois, heat: unites, heat: unites,
            box: unites, box: unites, profiles: unites, table: unites, table: unites,
            revisions: true, methodology: true, quality: true, quality: true,
            confidentiality: true, provenance: true, provenance: true]

      """,
    ])
  func rendersWithoutErrorRequestOrBarrier(_ sections: String) throws {
    let project = try ReportProject(sections: sections)
    let run = try project.project.run()
    #expect(run.status == 0, "\(run.errors)")
    let (found, errors) = try PageProbe.look(
      at: URL(filePath: project.path), own: Self.sorting)
    #expect(found.light == [], "axe, in light: \(found.light.joined(separator: "; "))")
    #expect(found.dark == [], "axe, in dark: \(found.dark.joined(separator: "; "))")
    #expect(found.errors == [] && found.requests == 0)
    #expect(found.own && !found.wide)
    #expect(!errors.contains("CONSOLE"), "\(errors)")
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
