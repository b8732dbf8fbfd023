import Foundation
import TestSupport
import Testing

/// The folder of a site: nothing of anybody else's is replaced, and it changes all at once.
@Suite struct SiteFolderTests {
  @Test func nothingOfOthersIsReplaced() throws {
    let project = try SiteProject()
    try project.folder.write("à moi", to: "site/notes #1.txt")
    let foreign = try project.octroi("site", "site")
    #expect(foreign.status == 2, "\(foreign.errors)")
    #expect(
      foreign.errors.contains("holds what no site has made") && foreign.errors.contains("notes #1"))
    #expect(foreign.errors.contains("name a folder that is new or empty"))
    #expect(try project.site() == ["notes #1.txt": "à moi"])
    // One that stands in a site.
    #expect(try project.octroi("site", "autre").status == 0)
    try project.folder.write("à moi", to: "autre/notes.txt")
    #expect(try project.octroi("site", "autre").status == 2)
    try FileManager.default.removeItem(at: project.folder.url.appending(path: "autre/notes.txt"))
    #expect(try project.octroi("site", "autre").status == 0)
    // A page that somebody has edited.
    let page = try project.folder.read("autre/index.html")
    try project.folder.write(page + "<!-- corrigé -->", to: "autre/index.html")
    let edited = try project.octroi("site", "autre")
    #expect(edited.status == 2 && edited.errors.contains("index.html"))
    try project.folder.write(page, to: "autre/index.html")
    // A marker that is none.
    try project.folder.write("{}", to: "autre/octroi-site.json")
    #expect(try project.octroi("site", "autre").status == 2)
    // A file, and a link to a folder.
    try project.folder.write("", to: "fichier")
    #expect(try project.octroi("site", "fichier").status == 2)
    try FileManager.default.createDirectory(
      at: project.folder.url.appending(path: "vide"), withIntermediateDirectories: true)
    try FileManager.default.createSymbolicLink(
      atPath: project.folder.url.appending(path: "lien").path, withDestinationPath: "vide")
    #expect(try project.octroi("site", "lien").status == 2)
    #expect(try project.octroi("site", "vide").status == 0)
    #expect(try project.octroi("site", ".").status == 2)
  }

  @Test func itLiesWhereItsReadersMayLook() throws {
    let project = try SiteProject()
    try project.run()
    let exposed = try project.octroi("site", "out/public/site", "--audience", "internal")
    #expect(exposed.status == 2 && exposed.errors.contains("the folder of 'open'"))
    #expect(!project.exists("out/public/site"))
    try FileManager.default.createSymbolicLink(
      atPath: project.folder.url.appending(path: "lien").path, withDestinationPath: "out/public")
    #expect(try project.octroi("site", "lien/site", "--audience", "internal").status == 2)
    #expect(try project.octroi("site", "out/public/site").status == 0)
    #expect(try project.octroi("site", "out/interne/site", "--audience", "internal").status == 0)
    #expect(try project.octroi("verify", "out").status == 0)
    let unknown = try project.octroi("site", "site", "--audience", "opne")
    #expect(unknown.status == 2 && unknown.errors.contains("did you mean 'open'?"))
    #expect(unknown.errors.contains("--audience: internal, open"))
    // Out of the project, only if somebody says so.
    let elsewhere = try TemporaryFolder()
    let path = elsewhere.url.appending(path: "site").path
    let outside = try project.octroi("site", path)
    #expect(outside.status == 2 && outside.errors.contains("lies outside of the project"))
    #expect(try project.octroi("site", path, "--allow-outside").status == 0)
    #expect(FileManager.default.fileExists(atPath: path + "/index.html"))
  }

  @Test func aRunIsWaitedFor() throws {
    let project = try SiteProject()
    let fifo = project.folder.url.appending(path: "lignes-confidentielles.csv")
    try FileManager.default.removeItem(at: fifo)
    #expect(mkfifo(fifo.path, 0o600) == 0)
    let run = try Program.start(
      Program.octroi, ["run", "essai.yml"], in: project.folder.url,
      environment: project.environment)
    // Whoever holds the lock has written into it who that is.
    let state = project.folder.url.appending(path: ".state").path
    let deadline = Date().addingTimeInterval(30)
    var isHeld = false
    while !isHeld, Date() < deadline {
      usleep(20_000)
      isHeld = (FileManager.default.enumerator(atPath: state)?.allObjects as? [String] ?? [])
        .contains { name in
          name.hasSuffix("/lock")
            && FileManager.default.contents(atPath: state + "/" + name)?.isEmpty == false
        }
    }
    #expect(isHeld)
    let site = try project.octroi("site", "site")
    #expect(site.status == 75 && !project.exists("site"), "\(site.errors)")
    kill(run.process.processIdentifier, SIGKILL)
    run.process.waitUntilExit()
  }

  @Test func severalAtOnceFollowEachOther() throws {
    let project = try SiteProject()
    try project.run()
    let sites = try ["open", "internal"].map { audience in
      #expect(try project.octroi("site", audience, "--audience", audience).status == 0)
      return try project.site(audience)
    }
    let started = try (0..<6).map { number in
      try Program.start(
        Program.octroi,
        ["site", "site", "--audience", number.isMultiple(of: 2) ? "open" : "internal"]
          + ["--wait", "60", "--lang", "en"], in: project.folder.url,
        environment: project.environment)
    }
    for one in started {
      one.process.waitUntilExit()
      #expect(one.process.terminationStatus == 0)
    }
    #expect(sites.contains(try project.site()))
  }

  @Test func machinesAreToldWhatWasMade() throws {
    let project = try SiteProject()
    let result = try project.octroi("site", "site", "--json", "-q")
    #expect(result.status == 0 && result.errors.isEmpty)
    let told = try JSONDecoder().decode([String: Told].self, from: Data(result.output.utf8))
    #expect(told["audience"] == .text("open") && told["folder"] == .text("site"))
    // The overview first, then as in its bar.
    let first = ["index.html", "reports.html", "catalogue.html", "runs.html"]
    let pages = try project.site().keys.filter { $0.hasSuffix(".html") }
    #expect(told["pages"] == .list(first + pages.filter { !first.contains($0) }))
  }

  private enum Told: Decodable, Equatable {
    case text(String)
    case list([String])

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      if let text = try? container.decode(String.self) {
        self = .text(text)
      } else {
        self = .list(try container.decode([String].self))
      }
    }
  }

  @Test func killedAtAnyMomentOneSiteIsWhole() throws {
    let project = try SiteProject()
    try project.run()
    let arguments = { (audience: String) in
      ["site", "site", "--audience", audience, "--lang", "en"]
    }
    var sites: [[String: String]] = []
    var duration = 0.0
    for audience in ["open", "internal"] {
      let started = Date()
      #expect(try project.octroi("site", "site", "--audience", audience).status == 0)
      duration = Date().timeIntervalSince(started)
      sites.append(try project.site())
    }
    #expect(sites[0] != sites[1])
    var random = SystemRandomNumberGenerator()
    var seen: Set<Int> = []
    for moment in 0..<40 {
      let audience = moment.isMultiple(of: 2) ? "open" : "internal"
      let made = try Program.start(
        Program.octroi, arguments(audience), in: project.folder.url,
        environment: project.environment)
      // Some are left to end, of either audience: on a busy machine all others may come too early.
      if moment % 10 != 0, moment % 10 != 9 {
        Thread.sleep(forTimeInterval: Double.random(in: 0...(duration * 1.1), using: &random))
        kill(made.process.processIdentifier, SIGKILL)
      }
      made.process.waitUntilExit()
      let now = try project.site()
      let which = sites.firstIndex { $0 == now }
      #expect(which != nil, "neither the old nor the new site: \(now.keys.sorted())")
      seen.insert(which ?? -1)
    }
    #expect(seen.count == 2, "both were seen")
    // Where folders cannot be exchanged, one may be killed while the old site lies aside.
    try FileManager.default.moveItem(
      at: project.folder.url.appending(path: "site"),
      to: project.folder.url.appending(path: ".octroi-site-site.old"))
    #expect(try project.octroi("site", "site").status == 0)
    #expect(try project.site() == sites[0])
    let left = try FileManager.default.contentsOfDirectory(atPath: project.folder.url.path)
    #expect(!left.contains { $0.hasPrefix(".octroi-site") }, "\(left)")
  }
}
