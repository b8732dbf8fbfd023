import Foundation
import Reports
import StageKit
import Tabular

/// What is asked for of a site.
public struct SiteOptions: Sendable {
  /// The folder, from where the command runs.
  public var folder: String
  /// For whom, as the charter names them.
  public var audience: String
  public var language: Language
  /// Whether the folder may lie out of the project.
  public var allowOutside = false
  /// Seconds to wait for a run that holds the project's lock.
  public var wait = 0.0

  public init(folder: String, audience: String, _ language: Language) {
    (self.folder, self.audience, self.language) = (folder, audience, language)
  }
}

/// A static site over a project's ledger and outputs, for one audience.
public struct Site: Sendable, Encodable {
  public let audience: String
  /// The names of its pages, the first one first.
  public let pages: [String]
  /// As users know it.
  public let folder: String
  /// Of pipelines that the site cannot tell of as they are.
  public let diagnostics: [Diagnostic]

  enum CodingKeys: String, CodingKey {
    case audience, pages, folder
  }

  /// Makes the site and puts it in its folder.
  /// - Throws: `RunError`.
  public init(_ project: ProjectPlans, _ options: SiteOptions) throws {
    do {
      let audience = try Self.audience(project, options)
      let folder = try Self.folder(project, audience, options)
      try SiteFolder(path: folder).check()
      let readers = SiteReaders(audience: audience, charter: project.charter)
      // No run publishes while its files are looked at, and no other site is put in the folder.
      let state = try StateFolder(root: project.root)
      try state.acquire(wait: options.wait)
      pages = try withExtendedLifetime(state) {
        let facts = try SiteReader(
          project, readers, folder: folder, try Ledger.open(root: project.root)
        ).facts()
        let made = SitePages(facts, options.language).pages
          .map { (name: $0.name, bytes: Array($0.markup.utf8)) }
        for page in made where !PageCheck(page.bytes).isSelfContained {
          throw RunError(.refused, SiteMessages.badPage(page.name))
        }
        try SiteFolder(path: folder).replace(with: made, audience)
        return made.map(\.name)
      }
      self.audience = audience.name
      self.folder = SpecFiles.shown(folder)
      diagnostics = project.unplanned.map { Self.warning($0.file, $0.found, readers) }
    } catch {
      throw RunError.explaining(error)
    }
  }

  private static func audience(
    _ project: ProjectPlans, _ options: SiteOptions
  ) throws -> Charter.Audience {
    if let audience = project.charter.audiences[options.audience] { return audience }
    let names = project.charter.audiences.keys.sorted()
    throw RunError(
      .spec,
      SpecMessages.unknownAudience(
        options.audience, near: Suggestion.nearest(to: options.audience, among: names)),
      remedy: SiteMessages.audiences(names))
  }

  /// Where the site goes: in the project, and not where others than its readers look.
  private static func folder(
    _ project: ProjectPlans, _ audience: Charter.Audience, _ options: SiteOptions
  ) throws -> String {
    var path = SpecFiles.absolute(options.folder)
    while path.count > 1, path.hasSuffix("/") { path.removeLast() }
    let real = SpecFiles.real(URL(filePath: path))
    guard options.allowOutside || real.hasPrefix(project.root + "/") else {
      throw RunError(
        .spec, SpecMessages.outside(options.folder, root: project.root),
        remedy: SpecMessages.allowOutside)
    }
    for other in project.charter.audiences.values.sorted(by: { $0.name < $1.name })
    where other.name != audience.name && !audience.allows.isSubset(of: other.allows) {
      guard let place = other.folder else { continue }
      let realPlace = SpecFiles.real(URL(filePath: place))
      guard CharterCheck.lies(path, in: place) || CharterCheck.lies(real, in: realPlace) else {
        continue
      }
      throw RunError(
        .spec,
        SiteMessages.othersFolder(options.folder, audience: audience.name, other: other.name),
        remedy: SiteMessages.chooseFolder)
    }
    return path
  }

  private static func warning(
    _ file: String, _ found: [Diagnostic], _ readers: SiteReaders
  ) -> Diagnostic {
    let start = SpecPosition(file: file, line: 1, column: 1)
    let name = (try? Why.pipelineName(file)) ?? SpecFiles.fileName(file)
    return Diagnostic(
      .warning, "check-fails", at: found.first?.position ?? start,
      SiteMessages.checkFails(name, told: readers.areInside),
      remedy: SiteMessages.runCheck(file))
  }

  /// One line for people.
  public func line(_ language: Language) -> String {
    SiteMessages.made(pages.count, audience: audience, folder).text(language) + "\n"
  }

  /// The same for machines.
  public func json() throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(self), as: UTF8.self) + "\n"
  }
}
