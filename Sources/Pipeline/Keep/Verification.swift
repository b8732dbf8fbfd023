import Codecs
import Foundation
import Glibc
import Ingest
import Tabular

/// Published files held to their manifests, by other code than wrote them.
public struct Verification: Sendable {
  /// What became of a file.
  public enum State: Sendable, Hashable {
    case intact
    /// On this day (ISO 8601), as retention asks.
    case purged(String)
    case missing
    /// Other bytes than were published.
    case changed
    /// The bytes are those that were published, and break what the manifest promises.
    case broken(Message)
  }

  /// One file of a manifest.
  public struct File: Sendable, Hashable {
    public let path: String
    public let audience: String
    public let state: State
    /// Promises that were counted again.
    public let proven: [String]
    /// Promises that the bytes alone cannot prove.
    public let unproven: [String]
  }

  public let files: [File]

  /// Whether nothing is missing, changed or broken.
  public var isSound: Bool {
    files.allSatisfy {
      switch $0.state {
      case .intact, .purged: true
      default: false
      }
    }
  }

  /// - Parameters:
  ///   - folder: where manifests lie, in it or below.
  ///   - root: of the project; nil where there is none, and so no memory of its releases.
  /// - Throws: `RunError` when there is none, or one that cannot be read.
  public init(folder: String, root: String? = nil) throws {
    let walker = FileManager.default.enumerator(atPath: folder)
    let names = (walker?.allObjects as? [String] ?? []).filter {
      $0.hasSuffix(".manifest.json") && !$0.contains("/.") && !$0.hasPrefix(".")
    }
    guard !names.isEmpty else { throw RunError(.input, KeepMessages.noManifest(folder)) }
    let sidecars = root.flatMap { KeptSidecars(root: $0) }
    var files: [File] = []
    for name in names.sorted() {
      let path = folder + "/" + name
      guard let data = FileManager.default.contents(atPath: path),
        let manifest = try? JSONDecoder().decode(Manifest.self, from: data)
      else { throw RunError(.input, KeepMessages.badManifest(path)) }
      let place = SafeFile.folder(of: path)
      let notes = PurgeNotes.read(place)
      for entry in manifest.outputs {
        files += Self.files(entry, place, notes, sidecars?.of(entry, manifest.pipeline) ?? [])
        for companion in entry.companions ?? [] {
          files.append(Self.file(companion, entry.audience, place))
        }
      }
    }
    self.files = files + (try root.map { try RememberedReleases(root: $0, in: folder).files } ?? [])
  }

  /// - Returns: the table, and sidecars of other rows than it has.
  private static func files(
    _ entry: Manifest.Entry, _ folder: String, _ notes: PurgeNotes, _ sidecars: [KeptSidecars.One]
  ) -> [File] {
    let path = folder + "/" + entry.path
    let classes = entry.classes ?? []
    var counted =
      (entry.least.map { ["min_count=\($0.count)"] } ?? [])
      + classes.flatMap(\.proven) + (entry.rounded.map { ["rounded=\($0.base)"] } ?? [])
      + (DetectorTerms(entry.detectors, names: entry.fields.map(\.name)) == nil
        ? [] : ["identifiers=\(entry.detectors?.hits ?? 0)"])
    var state = Self.state(path, entry.sha256, entry.path, notes)
    let isReport = entry.format == Manifest.Entry.report
    var others: [File] = []
    if state == .intact, !isReport {
      do {
        let table = try recount(entry, path)
        for sidecar in sidecars {
          switch sidecar.verdict(on: table.rows, table.bytes) {
          case .proven(let told): counted.append(told)
          case .broken(let message): state = .broken(message)
          case .changed: others.append(sidecar.changed)
          }
        }
      } catch { state = .broken(RunError.explaining(error).message) }
    }
    let isProven = state == .intact
    let rest = entry.guarantees.flatMap { $0.components(separatedBy: "; ") }.filter { told in
      !isProven || !counted.contains(told)
    }
    let table = File(
      path: path, audience: entry.audience, state: state,
      proven: isReport || !isProven
        ? [] : ["rows=\(entry.rows)", "fields=\(entry.fields.count)"] + counted,
      unproven: rest)
    return [table] + others
  }

  private static func file(
    _ companion: Manifest.Companion, _ audience: String, _ folder: String
  ) -> File {
    let path = folder + "/" + companion.path
    let place = SafeFile.folder(of: path)
    let name = String(path.dropFirst(place.count + 1))
    return File(
      path: path, audience: audience,
      state: state(path, companion.sha256, name, PurgeNotes.read(place)), proven: [], unproven: [])
  }

  private static func state(
    _ path: String, _ sha256: String, _ name: String, _ notes: PurgeNotes
  ) -> State {
    guard access(path, F_OK) == 0 else {
      return notes.note(name, sha256).map { .purged($0.purged) } ?? .missing
    }
    guard let digest = try? FileDigest.of(path) else { return .missing }
    return digest == sha256 ? .intact : .changed
  }

  /// Reads the table again and counts what was promised.
  /// - Throws: `RunError` when it is not kept.
  private static func recount(
    _ entry: Manifest.Entry, _ path: String
  ) throws -> (rows: StagedRows, bytes: Fingerprint) {
    let format =
      entry.format.flatMap { PlannedOutput.Format(rawValue: $0) }
      ?? PlannedOutput.Format.allCases.last { path.hasSuffix("." + $0.rawValue) } ?? .csv
    let isExcel = entry.profile == PlannedOutput.Profile.excelFR.rawValue
    let delimiter = UInt8(ascii: isExcel ? ";" : ",")
    let names = entry.fields.map(\.name)
    let least = entry.least.flatMap { least in
      names.firstIndex(of: least.field).map { (column: $0, count: least.count) }
    }
    var terms = GateTerms(
      name: path, format: format, delimiter: delimiter, names: names, least: least,
      classes: try (entry.classes ?? []).map { try $0.terms(names, path) },
      rounded: entry.rounded.map { rounded in
        (rounded.fields.compactMap { names.firstIndex(of: $0) }, rounded.base)
      })
    terms.detectors = DetectorTerms(entry.detectors, names: names)
    terms.sparesZero = entry.guarantees.contains { $0.hasPrefix("protected ") }
    let report = try Gate(terms: terms, path: path).inspect(try FileDigest.source(path))
    guard report.rows == entry.rows else {
      throw RunError(
        .refused, RunMessages.gateRows(path, written: entry.rows, read: report.rows))
    }
    guard report.contentSHA256 == entry.contentSHA256 else {
      throw RunError(.refused, RunMessages.gateBytes(path))
    }
    let rows = StagedRows(terms: terms, path: path) { try FileDigest.source(path) }
    if terms.asksForRows { try PromiseRecount(rows, report.fingerprint).run() }
    return (rows, report.fingerprint)
  }
}
