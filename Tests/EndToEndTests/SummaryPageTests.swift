import Foundation
import TestSupport
import Testing

/// The page that accounts for a run, as the binary publishes it.
@Suite struct SummaryPageTests {
  private func project() throws -> TinyProject {
    let project = try TinyProject(source: ["reject: {at_most: 50%}"])
    let rows = (1...40).map { "\($0),\($0 % 8 == 0 ? "douze" : "1.5"),secret-\($0)\n" }
    try project.folder.write("id,montant,note\n" + rows.joined(), to: "lignes.csv")
    let spec = try project.folder.read("essai.yml")
    try project.folder.write(
      spec + """
        title: "<script>alert('Élan & Co')</script>"
        summary: {path: out/compte.html, language: fr}

        """, to: "essai.yml")
    return project
  }

  @Test func accountsForTheRun() throws {
    let project = try project()
    let result = try project.run()
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.errors.contains("out/compte.html"))
    let page = try project.folder.read("out/compte.html")
    #expect(page.contains("<html lang=\"fr\">"))
    #expect(page.contains("<dd>40</dd>") && page.contains("<dd>35</dd>"))
    #expect(page.contains("ce n’est pas un nombre"))
    #expect(page.contains("out/lignes.csv"))
    let mode = try FileManager.default.attributesOfItem(
      atPath: project.folder.url.appending(path: "out/compte.html").path)[.posixPermissions]
    #expect(mode as? Int == 0o600)
  }

  @Test func textNeverBecomesMarkupAndCellsAreNotShown() throws {
    let project = try project()
    #expect(try project.run().status == 0)
    let page = try project.folder.read("out/compte.html")
    #expect(!page.contains("<script"))
    #expect(page.contains("&lt;script&gt;alert(&#39;Élan &amp; Co&#39;)&lt;/script&gt;"))
    #expect(!page.contains("douze") && !page.contains("secret-"))
    for outside in ["http:", "https:", "src=", "@import", "url("] {
      #expect(!page.contains(outside), "the page asks for something: \(outside)")
    }
  }

  @Test func readsWellWithoutSight() throws {
    let project = try project()
    #expect(try project.run().status == 0)
    let page = try project.folder.read("out/compte.html")
    let count = { (text: String) in page.components(separatedBy: text).count - 1 }
    #expect(count("<h1>") == 1)
    #expect(count("<table>") >= 3)
    #expect(count("<table>") == count("<caption "))
    #expect(count("<th>") == 0, "every header cell says what it heads")
    let ids = page.components(separatedBy: " id=\"").dropFirst().map { $0.prefix { $0 != "\"" } }
    #expect(Set(ids).count == ids.count)
    let named = page.components(separatedBy: "aria-labelledby=\"").dropFirst()
      .map { $0.prefix { $0 != "\"" } }
    #expect(Set(named).isSubset(of: Set(ids)))
  }

  @Test func sameRunSamePage() throws {
    let project = try project()
    #expect(try project.run().status == 0)
    let first = try project.folder.read("out/compte.html")
    #expect(try project.octroi(["run", "essai.yml", "--threads", "1"]).status == 0)
    #expect(try project.folder.read("out/compte.html") == first)
  }
}
