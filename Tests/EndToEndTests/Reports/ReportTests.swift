import Foundation
import TestSupport
import Testing

/// Reports as the binary publishes them.
@Suite struct ReportTests {
  @Test func looksGoodWithoutConfiguration() throws {
    let project = try ReportProject()
    let result = try project.project.run()
    #expect(result.status == 0, "\(result.errors)")
    let page = try project.page()
    for heading in [
      "Chiffres clés", "Carte", "Classement", "Évolution", "Qualité", "Provenance",
    ] {
      #expect(page.contains(heading), "no section \(heading)")
    }
    // April is not over on the 10th: March is shown, and compared with February.
    #expect(page.contains("Avril 2026 n’est pas terminé"))
    #expect(page.contains("par rapport à février 2026"))
    #expect(page.contains("Au 10\u{a0}avril 2026"))
    #expect(page.contains("<td>1\u{202f}"), "thousands are set apart")
    let english = try project.page("elus.en.html")
    #expect(
      english.contains("<html lang=\"en\">") && english.contains("compared with February 2026"))
    #expect(english.contains("<td>1,"))
    #expect(english.contains("As of 10\u{a0}April 2026"))
  }

  /// A table of codes borrows the names that another table of the report has for them.
  @Test func codesAreCalledWhatOtherTablesCallThem() throws {
    let project = try ReportProject(
      "", sections: "    sections: [{heat: {table: unites, value: nombre}}]")
    let folder = project.project.folder
    let text = try folder.read("essai.yml")
    let named = text.replacingOccurrences(
      of: "reports:",
      with: """
          noms:
            from: unites
            stages:
              - derive: {nom: "'Quartier ' || upper(quartier)"}
              - select: [quartier, nom, nombre]
        reports:
        """
    ).replacingOccurrences(of: "from: [unites, mois]", with: "from: [unites, noms]")
    try folder.write(named, to: "essai.yml")
    let result = try project.project.run()
    #expect(result.status == 0, "\(result.errors)")
    #expect(try project.page().contains("Quartier VIEUX-PORT"))
  }

  @Test func textNeverBecomesMarkup() throws {
    let project = try ReportProject(
      "",
      sections: """
            sections:
              - text: "**Gras** <script>alert(1)</script> [x](javascript:alert(1))"
              - ranking: {table: unites, value: moyen, low: bas, high: haut}
        """)
    let result = try project.project.run()
    #expect(result.status == 0, "\(result.errors)")
    let page = try project.page()
    #expect(page.contains("<strong>Gras</strong> &lt;script&gt;"))
    #expect(!page.contains("<b>Halles") && page.contains("&lt;b&gt;Halles&lt;/b&gt;"))
    #expect(!page.contains("href=\"javascript"))
    #expect(page.components(separatedBy: "<script").count == 2, "one script, ours")
    for outside in ["http:", "https:", " src=", "@import", "url(", " style="] {
      #expect(!page.contains(outside), "the page asks for something: \(outside)")
    }
  }

  /// Units whose intervals overlap have one group of positions.
  @Test func overlappingUnitsShareAGroup() throws {
    let project = try ReportProject(
      "", sections: "    sections: [{ranking: {table: unites, value: moyen, low: bas, high: haut}}]"
    )
    #expect(try project.project.run().status == 0)
    let page = try project.page()
    // The fifth does not overlap with the first, though it does with the fourth.
    #expect(page.contains(">1–4<") && page.contains(">5–6<") && page.contains("départager"))
  }

  /// What RGAA asks of the page, as far as it can be read off its text.
  @Test(arguments: ["elus.html", "elus.en.html"])
  func readsWellWithoutSight(_ name: String) throws {
    let project = try ReportProject()
    #expect(try project.project.run().status == 0)
    let page = try project.page(name)
    let count = { (text: String) in page.components(separatedBy: text).count - 1 }
    #expect(count("<h1>") == 1 && count("<main ") == 1 && count("<nav ") == 1)
    #expect(count("<table ") >= 6 && count("<table ") == count("<caption "))
    #expect(count("<th>") == 0, "every header cell says what it heads")
    let attributes = { (name: String) in
      page.components(separatedBy: " \(name)=\"").dropFirst().map { $0.prefix { $0 != "\"" } }
    }
    let ids = attributes("id")
    #expect(Set(ids).count == ids.count)
    let references = attributes("aria-labelledby") + attributes("aria-describedby")
    let named = references.flatMap { $0.split(separator: " ") }
    #expect(Set(named).isSubset(of: Set(ids)))
    #expect(Set(attributes("href").map { $0.dropFirst() }).isSubset(of: Set(ids)))
    // Pictures have a text or are silent.
    let pictures = page.components(separatedBy: "<svg ").dropFirst()
    for picture in pictures {
      let tag = picture.prefix { $0 != ">" }
      let isInner = tag.contains("preserveAspectRatio")
      #expect(
        tag.contains("role=\"img\"") || tag.contains("aria-hidden=\"true\"") || isInner, "\(tag)")
    }
    #expect(count("role=\"img\"") == count("<desc "))
    // Headings go down one level at a time.
    var level = 1
    for piece in page.components(separatedBy: "<h").dropFirst() {
      guard let next = piece.first?.wholeNumberValue else { continue }
      #expect(next <= level + 1)
      level = next
    }
    // What scrolls can be reached by keyboard.
    #expect(count("class=\"scroll\"") == count("tabindex=\"0\""))
  }

  /// One sentence tells which service's data are missing since when, wherever the report goes.
  @Test func lateServicesAreNamed() throws {
    let project = try ReportProject(
      "    also: [md]\n    subtitle: {fr: 1. Où en est-on, en: Where we are}\n")
    let folder = project.project.folder
    try folder.write(
      folder.read("charte.yml") + "    frequency: MONTHLY\n    owner: Service des essais\n",
      to: "charte.yml")
    try folder.write(
      folder.read("essai.yml").replacingOccurrences(
        of: "reject: {at_most: 50%}", with: "reject: {at_most: 50%}\n    dated_by: mois"),
      to: "essai.yml")
    let late = try project.project.octroi(["run", "essai.yml", "--param", "jour=2026-07-10"])
    #expect(late.status == 0, "\(late.errors)")
    let sentence =
      "Il manque des données\u{a0}: Lignes (Service des essais) depuis le 1er\u{a0}mai 2026."
    for name in ["elus.html", "elus.md"] {
      #expect(try project.page(name).contains(sentence), "\(name)")
    }
    #expect(
      try project.page("elus.en.html").contains(
        "Data are missing: Rows (Service des essais) since 1\u{a0}May 2026."))
    #expect(try project.page().contains("données manquantes depuis le 1er\u{a0}mai 2026"))
    // In a mail months keep their capitals, and no line becomes a list.
    #expect(try project.page("elus.en.md").contains(", as of 10\u{a0}July 2026\n"))
    #expect(try project.page("elus.md").contains("\n1\\. Où en est-on\n"))
    #expect(try project.project.octroi(["run", "essai.yml"]).status == 0)
    let page = try project.page()
    #expect(page.contains("Aucun service n’est en retard") && !page.contains("Il manque"))
    try folder.write(
      folder.read("essai.yml").replacingOccurrences(of: "dated_by: mois", with: "dated_by: note"),
      to: "essai.yml")
    let wrong = try project.project.octroi(["check", "essai.yml"])
    #expect(wrong.status == 2 && wrong.errors.contains("no field 'note'"), "\(wrong.errors)")
    #expect(wrong.errors.contains("name a date or datetime field"))
  }

  /// Key figures say how good their data are, in words.
  @Test func keyFiguresSayHowGoodTheirDataAre() throws {
    let project = try ReportProject()
    #expect(try project.project.run().status == 0)
    let page = try project.page()
    #expect(
      page.contains("</span>Données bonnes") && page.contains("0,4\u{a0}% de lignes rejetées"))
    let lines = try project.project.folder.read("lignes.csv")
    let rows = lines.split(separator: "\n").enumerated().map { number, line in
      (1...40).contains(number) ? line + "x" : line
    }
    try project.project.folder.write(rows.joined(separator: "\n") + "\n", to: "lignes.csv")
    let broken = try project.project.run()
    #expect(broken.status == 0, "\(broken.errors)")
    #expect(try project.page().contains("</span>Données fragiles"))
    // 40 of 240 rows are gone: a small file is not good for being small.
    #expect(try project.page().contains("class=\"badge fair\">83,3\u{a0}%"))
  }

  /// What sets a unit apart stands in its profile, where somebody has said which end is better.
  @Test func profilesNameStrengthsAndWeaknesses() throws {
    let fields = "    fields: {moyen: {title: Montant moyen, better: less}}\n"
    let project = try ReportProject(fields, sections: "    sections: [profiles: unites]")
    let run = try project.project.run()
    #expect(run.status == 0, "\(run.errors)")
    let page = try project.page()
    let best = try #require(
      page.components(separatedBy: "<details").first { $0.contains("&lt;b&gt;") })
    #expect(best.contains("Points forts\u{a0}:") && best.contains("Montant moyen (rang 1 sur 6)"))
    #expect(page.contains("Points faibles\u{a0}:") && page.contains("(rang 6 sur 6)"))
    #expect(!page.contains("Nombre (rang"), "of a number nobody has said whether more is better")
  }

  @Test func sameInputSameBytes() throws {
    let project = try ReportProject()
    #expect(try project.project.run().status == 0)
    let first = try project.page()
    #expect(try project.project.octroi(["run", "essai.yml", "--threads", "1"]).status == 0)
    #expect(try project.page() == first)
  }

  @Test func standsInTheManifestAndIsVerified() throws {
    let project = try ReportProject()
    #expect(try project.project.run().status == 0)
    let manifest = try project.page("essai.manifest.json")
    #expect(manifest.contains("\"elus.unites\"") && manifest.contains("\"elus.en.html\""))
    #expect(try project.project.octroi(["verify", "out"]).status == 0)
    try project.project.folder.write(try project.page() + " ", to: "out/elus.html")
    #expect(try project.project.octroi(["verify", "out"]).status == 1)
    let names = try FileManager.default.contentsOfDirectory(
      atPath: project.project.folder.url.appending(path: "out").path)
    #expect(!names.contains { $0.hasSuffix(".unites.csv") || $0.hasPrefix(".octroi") })
  }

  /// What was published is not changed in silence, and the same again says the same.
  @Test func revisionsSinceTheLastReportAreListed() throws {
    let project = try ReportProject(
      "", sections: "    sections: [revisions: true, ranking: unites]")
    #expect(try project.project.run().status == 0)
    #expect(try project.page().contains("C’est le premier rapport"))
    let lines = try project.project.folder.read("lignes.csv")
    try project.project.folder.write(
      lines.replacingOccurrences(
        of: "4,\"Vieux-Port\",2026-01-01,1188.5", with: "4,\"Vieux-Port\",2026-01-01,9999.5"),
      to: "lignes.csv")
    let changed = try project.project.run()
    #expect(changed.status == 0, "\(changed.errors)")
    let page = try project.page()
    #expect(page.contains("Vieux-Port") && page.contains("<td>9\u{202f}999,5"))
    #expect(page.contains("dits autrement à présent"))
    #expect(try project.project.run().status == 0)
    #expect(try project.page() == page)
  }
}
