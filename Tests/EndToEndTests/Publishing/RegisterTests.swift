import Foundation
import TestSupport
import Testing

/// The register of processing activities, as a data protection officer gets it.
@Suite struct RegisterTests {
  /// A copy of the recorded project.
  final class Place {
    static let source = Repository.root.appending(path: "Tests/GoldenTests/cases/register")
    let folder: TemporaryFolder
    static let files = [
      "octroi.yml", "charte.yml", "aide.yml", "elus.yml", "quartiers.yml", "gens.schema.json",
      "elus.schema.json", "quartiers.schema.json",
    ]

    init() throws {
      folder = try TemporaryFolder()
      for file in Self.files {
        try FileManager.default.copyItem(
          at: Self.source.appending(path: file), to: folder.url.appending(path: file))
      }
    }

    func edit(_ file: String, _ change: (String) -> String) throws {
      try folder.write(change(try folder.read(file)), to: file)
    }

    /// Nothing goes to others than the staff.
    func stayInside() throws {
      for file in ["aide.yml", "elus.yml", "quartiers.yml"] {
        try edit(file) {
          $0.replacing("audience: open", with: "audience: internal")
            .replacing("audience: partners", with: "audience: internal")
            .replacing("out/public", with: "out/interne")
            .replacing("out/partenaires", with: "out/interne")
        }
      }
    }

    func octroi(
      _ arguments: [String], _ language: String = "en", in sub: String = ""
    ) throws -> ProgramResult {
      try Program.run(
        Program.octroi, arguments + ["--lang", language], in: folder.url.appending(path: sub),
        environment: ["OCTROI_STATE": folder.url.appending(path: ".state").path])
    }

    /// All writings of the register, judged.
    func judged(_ arguments: [String] = []) throws -> ProgramResult {
      let files = [("r.html", "fr"), ("fr.csv", "fr"), ("en.csv", "en"), ("r.json", "fr")]
      for (file, language) in files {
        let result = try octroi(["register"] + arguments + ["-o", file, "-q"], language)
        #expect(result.status == 0 && result.output.isEmpty, "\(result.errors)")
      }
      return try OracleTests.python(
        "register.py", files.map { folder.url.appending(path: $0.0).path })
    }
  }

  @Test(arguments: ["fr", "en"]) func isAsRecorded(_ language: String) throws {
    let place = try Place()
    let result = try place.octroi(["register"], language)
    #expect(result.status == 0, "\(result.errors)")
    for (text, name) in [(result.output, "md"), (result.errors, "txt")] {
      let file = Place.source.appending(path: "expected.\(language).\(name)")
      if ProcessInfo.processInfo.environment["OCTROI_RECORD"] == "1" {
        try Data(text.utf8).write(to: file)
      } else {
        #expect(text == (try? String(contentsOf: file, encoding: .utf8)), "\(name)")
      }
    }
  }

  @Test func allWritingsSayTheSame() throws {
    let place = try Place()
    let judged = try place.judged()
    #expect(judged.status == 0, "\(judged.output)\(judged.errors)")
    #expect(judged.output.hasPrefix("2 activities, "))
    let page = try place.folder.read("r.html")
    #expect(page.contains("<html lang=\"fr\">") && !page.contains("<script"))
    // What people decided, and where the charter holds it.
    let record = try place.folder.read("r.json")
    for told in ["\"singles_out\"", "\"declassified\"", "\"maires\"", "\"adjoints\"", "CNDP"] {
      #expect(record.contains(told), "no \(told)")
    }
  }

  @Test func theSameBytesComeOutWhereverTheCommandRuns() throws {
    let place = try Place()
    try place.folder.write("", to: "sous/dossier/rien.txt")
    for format in ["html", "markdown", "csv", "json"] {
      let here = try place.octroi(["register", "--format", format], "fr")
      let again = try place.octroi(["register", "--format", format], "fr")
      let below = try place.octroi(
        ["register", "../..", "--format", format], "fr", in: "sous/dossier")
      #expect(here.status == 0 && !here.output.isEmpty)
      #expect(here.output == again.output && here.output == below.output, "\(format)")
    }
    let before = try place.octroi(["register", "--json"])
    #expect(before.output == (try place.octroi(["register", "--json"], "fr")).output)
    try place.edit("gens.schema.json") { $0.replacing("\"Montant\"", with: "\"Somme\"") }
    let version = try place.octroi(["register", "--json"]).output
    #expect(version.contains("\"Somme\"") && version.contains("\"version\""))
    func digest(_ text: String) -> Substring? {
      text.split(separator: "\n").first { $0.contains("\"version\"") }
    }
    #expect(digest(version) != digest(before.output))
  }

  /// Nothing is made up where the charter is silent: each thing is told with its place.
  @Test func whatIsNotSaidIsMissing() throws {
    let place = try Place()
    try place.edit("charte.yml") { text in
      let start = text.range(of: "register:")?.lowerBound ?? text.endIndex
      return text[..<start].replacing("    retention_days: 90\n", with: "")
        .replacing(", retention_days: 30", with: "")
        + "governance:\n  gens: {}\n  elus: {}\n  quartiers: {}\n"
    }
    try place.stayInside()
    let result = try place.octroi(["register"])
    #expect(result.status == 0, "\(result.errors)")
    for lacking in [
      "controller", "dpo", "legal_basis", "people", "data_categories", "recipients", "transfers",
      "retention_period", "retention_trigger", "retention_fate", "security", "dpia", "title",
      "owner", "steward", "origin", "personal_data", "sensitive_basis",
    ] {
      #expect(result.output.contains("governance: gens: \(lacking)".escaped), "no \(lacking)")
      #expect(result.errors.contains("write it under governance: gens: \(lacking)\n"))
    }
    for path in [
      "rejects: retention_days", "audiences: internal: retention_days", "register: applicable_law",
    ] { #expect(result.output.contains(path.escaped), "no \(path)") }
    #expect(result.errors.contains("charte.yml:") && result.output.contains("GDPR art. 30(1)(g)"))
    #expect(!result.output.contains("None") && !result.output.contains("sensitive_basis of elus"))
    let judged = try place.judged()
    #expect(judged.status == 0, "\(judged.output)\(judged.errors)")
    #expect(judged.output.hasPrefix("2 activities, "))
  }

  /// What people write is text: never markup, never a formula, never a line of its own.
  @Test func textStaysText() throws {
    let hostile = [
      "<script>alert(1)</script>", "</td></table><img src=x onerror=alert(2)>",
      "=cmd|' /C calc'!A0",
      "@SUM(1+1)", "+1\\n# Titre\\n- liste", "-2+3",
      "a | b ` c ` *d* _e_ [f](javascript:x) ~g~ &lt;",
      "1. un", "＝HYPERLINK(1)", "\\u202Erenversé\\u0007\\u001b[31m", "  =espace", "\\u200b=caché",
      "fin;\\\"guillemets\\\",virgule\\r\\n=ligne",
    ]
    let place = try Place()
    try place.edit("charte.yml") { text in
      let lines = hostile.map { "      - \"\($0)\"\n" }.joined()
      return
        text
        .replacing(
          "    people: {fr: Personnes aidées, en: Persons who get aid}\n",
          with: "    people:\n" + lines
        )
        .replacing("reference: \"7\"", with: "reference: \"\(hostile[2])\"")
        .replacing(
          "description: {fr: Suivre les aides versées., en: Following the aid paid.}",
          with: "description: \"\(hostile[4])\""
        )
        .replacing("because: le nom des maires est public", with: "because: \"\(hostile[0])\"")
        .replacing("{fr: Aider les habitants, en: Helping residents}", with: "\"\(hostile[1])\"")
        .replacing("owner: Cabinet", with: "owner: \"\(hostile[6])\"")
    }
    try place.edit("elus.yml") {
      $0.replacing("because: les maires sont connus", with: "because: \"\(hostile[1])\"")
    }
    let judged = try place.judged()
    #expect(judged.status == 0, "\(judged.output)\(judged.errors)")
    let page = try place.folder.read("r.html")
    #expect(page.contains("&lt;script&gt;alert(1)&lt;/script&gt;"))
    let text = try place.octroi(["register", "-q"], "fr").output
    #expect(text.contains("\\<script\\>"))
    #expect(!text.replacing("\\<", with: "").contains("<"))
    #expect(!text.contains("\n# Titre") && !text.contains("\n- liste") && !text.contains("\u{1b}"))
    #expect(text.contains("  - \\+1") && text.contains("  - 1\\. un") && text.contains("  - \\-2"))
    #expect(!text.contains("\u{202e}") && !text.contains("\u{7}"))
    for file in ["fr.csv", "en.csv"] {
      let table = try place.folder.read(file)
      #expect(table.contains("\"'=cmd|") && !table.contains("\u{200b}"))
    }
  }

  @Test func aPipelineThatDoesNotPassRefusesTheRegister() throws {
    let place = try Place()
    try place.edit("elus.yml") {
      $0.replacing("fields: {maire: plain}", with: "fields: {adjoints: plain}")
    }
    let refused = try place.octroi(["register", "-o", "r.html"])
    #expect(refused.status == 2 && refused.output.isEmpty)
    #expect(refused.errors.contains("elus.yml:12:31: error:"), "\(refused.errors)")
    #expect(refused.errors.contains("no register is written"))
    #expect(!FileManager.default.fileExists(atPath: place.folder.url.path + "/r.html"))
    let machine = try place.octroi(["register", "--json"])
    #expect(machine.status == 2 && machine.output.contains("\"register\""))
    // Of those that pass there is one, which says what it leaves out.
    let part = try place.octroi(["register", "aide.yml"])
    #expect(part.status == 0 && part.output.contains("> Not covered"))
    #expect(part.output.contains("elus.yml, quartiers.yml"))
    #expect(part.errors.contains("elus.yml:1:1: warning: 'elus.yml' lies beside the charter"))
    let judged = try place.judged(["aide.yml"])
    #expect(judged.status == 0, "\(judged.output)\(judged.errors)")
  }

  @Test func whatCannotBeReadIsNotLeftOut() throws {
    let place = try Place()
    try place.folder.write("sources: {}\n\"pipeline\": tard\n", to: "tard.yml")
    #expect(try place.octroi(["register"]).errors.contains("tard.yml:1:1: error:"))
    try place.folder.write("octroi: 1\npipeline: [\n", to: "tard.yml")
    #expect(try place.octroi(["register"]).errors.contains("tard.yml:"))
    // What is beside and no pipeline does not disturb.
    try place.folder.write("# rien\n", to: "tard.yml")
    #expect(try place.octroi(["register"]).status == 0)
    try FileManager.default.removeItem(atPath: place.folder.url.path + "/octroi.yml")
    try place.folder.write(try place.folder.read("charte.yml"), to: "charter.yml")
    try place.stayInside()
    try place.edit("quartiers.yml") {
      $0.replacing("charter: charte.yml", with: "charter: charter.yml")
    }
    let two = try place.octroi(["register"])
    #expect(two.status == 2 && two.errors.contains("held to another charter"), "\(two.errors)")
  }

  @Test func theFormatIsWhatIsAskedFor() throws {
    let place = try Place()
    for (file, start) in [
      ("a.HTML", "<!DOCTYPE html>"), ("a.md", "# "), ("a.json", "{"), ("a.csv", "\u{feff}"),
    ] {
      #expect(try place.octroi(["register", "-o", file, "-q"]).status == 0)
      let bytes = try Data(contentsOf: place.folder.url.appending(path: file))
      #expect(bytes.starts(with: start.utf8), "\(file)")
    }
    let unknown = try place.octroi(["register", "-o", "a.pdf"])
    #expect(unknown.status == 2 && unknown.errors.contains("tells no format"))
    #expect(try place.octroi(["register", "-o", "a.pdf", "--format", "html", "-q"]).status == 0)
    #expect(try place.octroi(["register", "--json", "--format", "csv"]).status == 2)
    let lost = try place.octroi(["register", "-o", "nulle/part.md"])
    #expect(lost.status == 4, "\(lost.errors)")
  }

  /// The charter that ships says all that a register asks.
  @Test func theShippedRegisterIsWhole() throws {
    let project = try Project()
    let result = try project.octroi("register", "--output", "registre.md")
    #expect(result.status == 0 && result.errors.isEmpty, "\(result.errors)")
    let text = try project.folder.read("registre.md")
    for told in [
      "Nothing is missing.", "## 1. Steering local services", "k ≥ 5", "HMAC-SHA-256",
      "Pipelines/chercheurs.lock.yml", "24 months", "Ombeline Stationnement",
      "consent (GDPR art. 9(2)(a))", "Pipelines without personal data", "recensement.yml",
      "removed after 730 days",
    ] { #expect(text.contains(told), "no \(told)") }
    #expect(try project.octroi("register", "--output", "registre.html").status == 0)
    // What is approved is no longer what leaves.
    let file = project.folder.url.appending(path: "Pipelines/chercheurs.yml")
    let pipeline = try String(contentsOf: file, encoding: .utf8)
    try project.folder.write(
      pipeline.replacing("recherche/effectifs.csv", with: "recherche/autres.csv"),
      to: "Pipelines/chercheurs.yml")
    let changed = try project.octroi("register")
    #expect(changed.status == 0 && changed.errors.contains("lacks 'Approval of what leaves'"))
    #expect(changed.output.contains("Approval of what leaves"))
  }

  /// The page in a browser: nothing asked for elsewhere, no barrier that axe-core finds.
  @Test(.enabled(if: PageProbe.isPossible))
  func thePageHasNoBarrier() throws {
    let place = try Place()
    #expect(try place.octroi(["register", "-o", "r.html", "-q"], "fr").status == 0)
    let (found, errors) = try PageProbe.look(at: place.folder.url.appending(path: "r.html"))
    #expect(found.light == [] && found.dark == [])
    #expect(found.errors == [] && found.requests == 0 && !found.wide)
    #expect(!errors.contains("CONSOLE"), "\(errors)")
  }

  @Test func editorsKnowTheKeys() throws {
    let place = try Place()
    let schema = try place.octroi(["schema", "--charter"])
    let file = try place.folder.write(schema.output, to: "charter.schema.json")
    let charters = ["Pipelines/charte.yml", "Tests/GoldenTests/cases/register/charte.yml"]
    let accepted = try OracleTests.python("jsonschema_check.py", ["accept", file.path] + charters)
    #expect(accepted.status == 0, "\(accepted.output)\(accepted.errors)")
    for key in ["sensitive_basis", "joint_controllers", "applicable_law"] {
      #expect(schema.output.contains("\"\(key)\""))
    }
    try place.edit("charte.yml") {
      $0.replacing("legal_basis: {fr: Intérêt", with: "legal_bassis: {fr: Intérêt")
    }
    let typo = try place.octroi(["check", "aide.yml"])
    #expect(
      typo.status == 2 && typo.errors.contains("did you mean 'legal_basis'"), "\(typo.errors)")
  }
}

extension String {
  /// As Markdown has it.
  fileprivate var escaped: String { replacing("_", with: "\\_") }
}
