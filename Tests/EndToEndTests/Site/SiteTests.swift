import Foundation
import TestSupport
import Testing

/// Sites as the binary makes them.
@Suite struct SiteTests {
  private static func attributes(_ name: String, _ page: String) -> [String] {
    page.components(separatedBy: " \(name)=\"").dropFirst().map { part in
      String(part.prefix { $0 != "\"" }).replacingOccurrences(of: "&amp;", with: "&")
    }
  }

  /// Every link leads to a page, a place in it, or a file that is there.
  private func checkLinks(_ site: [String: String], _ project: SiteProject, _ folder: String)
    throws
  {
    let place = project.folder.url.appending(path: folder)
    for (name, page) in site where name.hasSuffix(".html") {
      let ids = Self.attributes("id", page)
      #expect(Set(ids).count == ids.count, "\(name): an id stands twice")
      for link in Self.attributes("href", page) {
        if link.hasPrefix("#") {
          #expect(ids.contains(String(link.dropFirst())), "\(name): \(link)")
        } else if link.hasPrefix("http") {
          #expect(
            link.hasPrefix("http://publications.europa.eu/") || link.contains("spdx.org"),
            "\(name): \(link)")
        } else {
          #expect(!link.contains("#") && !link.contains("?") && !link.contains(":"), "\(link)")
          let target = try #require(URL(string: link, relativeTo: place.appending(path: "x")))
          #expect(FileManager.default.fileExists(atPath: target.path), "\(name): \(link)")
        }
      }
    }
  }

  @Test(arguments: ["open", "internal"], ["en", "fr"])
  func everyLinkLeadsSomewhere(_ audience: String, _ language: String) throws {
    let project = try SiteProject()
    try project.run()
    let folder = "sites/\(audience) & co"
    let result = try project.octroi(
      "site", folder + "/", "--audience", audience, language: language)
    #expect(result.status == 0 && result.output.isEmpty, "\(result.errors)")
    let site = try project.site(folder)
    let names = ["catalogue.html", "index.html", "octroi-site.json", "reports.html", "runs.html"]
    let own = site.keys.filter { $0.hasPrefix("pipeline-") }
    #expect(Set(site.keys) == Set(names).union(own))
    #expect(own.count == (audience == "open" ? 1 : 2))
    try checkLinks(site, project, folder)
    for (name, page) in site where name.hasSuffix(".html") {
      #expect(page.contains("<html lang=\"\(language)\">"))
      #expect(!page.contains("<script") && !page.contains(" src=") && !page.contains("url("))
      #expect(page.components(separatedBy: "<h1>").count == 2, "\(name)")
      let count = { (text: String) in page.components(separatedBy: text).count - 1 }
      #expect(count("<table ") == count("<caption "))
      #expect(count("role=\"img\"") == count("<desc "))
    }
    // What there is: the report in both languages with its workbook, the table with its package.
    let reports = try #require(site["reports.html"])
    for file in ["rapport%20%C3%A9lus.html", "lus.en.html", "lus.xlsx", "lus.md"] {
      #expect(reports.contains(file), "no link to \(file)")
    }
    let catalogue = try #require(site["catalogue.html"])
    #expect(catalogue.contains("les%20nombres%20%231%3Fa%3D100%2525%20%C3%A9.csv\""))
    #expect(catalogue.contains(".datapackage.json\""))
    #expect(catalogue.contains(language == "fr" ? "quotidienne" : "daily"))
    #expect(catalogue.contains(">ODbL-1.0</a>"))
    let page = try #require(site[own.sorted().last ?? ""])
    #expect(page.contains("<svg class=\"lineage\""))
    #expect(page.contains(language == "fr" ? "D’où cela vient" : "Where it comes from"))
  }

  @Test func anOpenSiteTellsNothingOfTheInside() throws {
    let project = try SiteProject()
    try project.run()
    // A run that was refused and a pipeline that is broken are nobody's business either.
    try project.folder.write(
      SiteProject.pipeline.replacingOccurrences(of: "at_most: 80%", with: "at_most: 1%"),
      to: "essai.yml")
    #expect(try project.octroi("run", "essai.yml").status == 1)
    try project.folder.write(SiteProject.pipeline, to: "essai.yml")
    try project.folder.write("octroi: 1\npipeline: cassee\n", to: "cassee.yml")
    #expect(try project.octroi("site", "site").status == 0)
    let site = try project.site()
    #expect(site.count == 6)
    for (name, text) in site where name.hasSuffix(".html") {
      let told = text.components(separatedBy: "</style>").last ?? text
      for secret in SiteProject.secrets {
        #expect(!told.contains(secret), "\(name) tells \(secret)")
      }
    }
    let page = try #require(site.first { $0.key.hasPrefix("pipeline-") }?.value)
    #expect(page.contains("Source not public"))
    #expect(page.contains("Public &lt;zones&gt;") && page.contains("Step\u{a0}1"))
    #expect(page.contains("join") && !page.contains("refused"))
    // Not the hour, and not the run that published nothing.
    let runs = try #require(site["runs.html"])
    #expect(runs.components(separatedBy: "<tr>").count == 2 + 2)
    #expect(!hasClock(runs))
  }

  private func hasClock(_ page: String) -> Bool {
    let told = page.components(separatedBy: "</style>").last ?? page
    return told.range(of: "[0-2][0-9]:[0-5][0-9]", options: .regularExpression) != nil
  }

  @Test func anInternalSiteTellsOfRuns() throws {
    let project = try SiteProject()
    try project.run()
    #expect(try project.octroi("site", "site", "--audience", "internal").status == 0)
    let site = try project.site()
    let page = try #require(site["pipeline-essai--1---b-.html"])
    for told in [
      "1,237", "2,345", "52.8%", "Confidential file", "etape_reservee", "not a number",
      "lignes.numero_confidentiel", "../out/interne/compte.html",
      "../out/interne/brutes%20%C3%BCnd%20%27mehr%27.csv", "essai.yml", "Reserved report",
    ] { #expect(page.contains(told), "does not tell \(told)") }
    let runs = try #require(site["runs.html"])
    #expect(hasClock(runs) && runs.contains("cachee"))
    #expect(runs.components(separatedBy: "<svg class=\"runs\"").count == 1 + 4)
    #expect(try project.mode("site") == 0o700)
    for name in site.keys { #expect(try project.mode("site/" + name) == 0o600) }
    // All that is kept from others is told here: what is looked for there can be found.
    let all = site.values.joined()
    for secret in ["confidentiel", "Hidden", "rejets", "2,345", "numero", "staff", "brutes"] {
      #expect(all.contains(secret), "does not tell \(secret)")
    }
    // The same folder, for everyone: nothing of the staff's site is left.
    #expect(try project.octroi("site", "site").status == 0)
    #expect(try project.site().count == 6)
    #expect(try project.mode("site") == 0o755 && project.mode("site/index.html") == 0o644)
  }

  @Test func textNeverBecomesMarkup() throws {
    let project = try SiteProject()
    try project.run()
    #expect(
      try project.octroi("site", "site", "--audience", "internal", language: "fr").status == 0)
    for (name, page) in try project.site() where name.hasSuffix(".html") {
      for markup in ["<script", "<b>", "<em>", "<i>", "<publiques"] {
        #expect(!page.contains(markup), "\(name) has \(markup)")
      }
    }
    let index = try #require(try project.site()["index.html"])
    #expect(index.contains("&lt;script&gt;alert(&#39;é&#39;)&lt;/script&gt; &amp; &quot;Co&quot;"))
    #expect(index.contains("100\u{a0}%"), "French spaces")
    #expect(index.contains("Essai-sur-Mer &amp; Cie"))
  }

  @Test func theSameLedgerAndOutputsGiveTheSameBytes() throws {
    let project = try SiteProject()
    try project.run()
    for audience in ["open", "internal"] {
      #expect(try project.octroi("site", "site", "--audience", audience).status == 0)
      let first = try project.site()
      #expect(try project.octroi("site", "site", "--audience", audience).status == 0)
      #expect(try project.site() == first)
      // From elsewhere in the project, too.
      try project.folder.write("", to: "sous/rien")
      #expect(
        try project.octroi("site", "../site", "--audience", audience, from: "sous").status == 0)
      #expect(try project.site() == first)
    }
  }

  @Test func everyStateOfThingsIsShown() throws {
    let project = try SiteProject()
    // Nothing has run.
    #expect(try project.octroi("site", "site", "--audience", "internal").status == 0)
    var site = try project.site()
    #expect(try #require(site["index.html"]).contains("Nothing has run yet"))
    #expect(try #require(site["runs.html"]).contains("The ledger knows of no run"))
    #expect(try #require(site["catalogue.html"]).contains("not published yet"))
    try checkLinks(site, project, "site")
    #expect(try project.octroi("site", "ouvert").status == 0)
    #expect(try #require(try project.site("ouvert")["index.html"]).contains("Nothing has been"))
    try project.run()
    // A pipeline that has gone, one that fails its check, a run without input, outputs that have
    // gone, were purged and changed.
    try FileManager.default.removeItem(at: project.folder.url.appending(path: "cachee.yml"))
    try project.folder.write(
      "octroi: 1\npipeline: cassee\ncharter: charte.yml\nsteps: {x: {from: y}}\n",
      to: "cassee.yml")
    #expect(try project.octroi("purge").status == 0)
    try project.folder.write("autre\n", to: "out/public/" + SiteProject.openFile)
    try FileManager.default.removeItem(
      at: project.folder.url.appending(path: "out/public/rapport élus.xlsx"))
    try FileManager.default.removeItem(
      at: project.folder.url.appending(path: "lignes-confidentielles.csv"))
    #expect(try project.octroi("run", "essai.yml").status == 3)
    let result = try project.octroi("site", "site", "--audience", "internal")
    #expect(result.status == 0 && result.errors.contains("the check of 'cassee' fails"))
    site = try project.site()
    try checkLinks(site, project, "site")
    let index = try #require(site["index.html"])
    for told in ["No longer in the project", ">cachee<", "check fails", "input missing"] {
      #expect(index.contains(told), "does not tell \(told)")
    }
    let broken = try #require(site["pipeline-cassee.html"])
    #expect(broken.contains("cassee.yml:") && broken.contains("As it is written now"))
    #expect(try #require(site["catalogue.html"]).contains("is not the file that was published"))
    let reports = try #require(site["reports.html"])
    #expect(reports.contains("is no longer where it was published"))
    #expect(reports.contains("as retention asks"))
    // No outputs at all.
    try FileManager.default.removeItem(at: project.folder.url.appending(path: "out"))
    #expect(try project.octroi("site", "site", "--audience", "internal").status == 0)
    try checkLinks(try project.site(), project, "site")
  }

  @Test func versionsOfReportsAreTold() throws {
    let project = try SiteProject()
    try project.run()
    // Again the same, then another content.
    #expect(try project.octroi("run", "essai.yml").status == 0)
    try project.folder.write(
      SiteProject.lines + "987900000,Z1,1\n", to: "lignes-confidentielles.csv")
    #expect(try project.octroi("run", "essai.yml").status == 0)
    #expect(try project.octroi("site", "site").status == 0)
    let reports = try #require(try project.site()["reports.html"])
    #expect(reports.components(separatedBy: "<tr>").count == 1 + 1 + 2, "two versions")
    #expect(reports.components(separatedBy: "replaced since").count == 2)
  }
}
