import Anonymise
import Foundation
import Pipeline
import StageKit
import Tabular

/// Erasure: finds what is left of a person in what was published, and removes it from the vault.
/// The person's identifiers are held in memory only, and told to nobody.
public struct Forgetting: Sendable {
  /// A published table that holds, or may have held, a pseudonym of the person.
  public struct Export: Sendable, Hashable {
    public let output: String
    /// Absolute.
    public let path: String
    public let audience: String
    /// As the sources' governance entries name them.
    public let recipients: String
    /// How many runs published it, and when (ISO 8601, UTC); 0 where the ledger does not know and
    /// the pipeline as it is now tells of it.
    public let runs: Int
    public let first: String
    public let last: String
    public let pseudonym: String
    public let scope: String
    /// Whether the file as it lies there now holds it; nil when there is none.
    public let isHeld: Bool?
  }

  public let exports: [Export]
  /// Files that hold an identifier in clear: absolute paths.
  public let inClear: [String]
  /// Rows of the vault that were, or would be, removed.
  public let vaultRows: Int
  /// Releases whose memory the person was, or would be, taken out of.
  public let releases: Int
  /// Memories of releases that were changed, so that nobody can tell who is in them: paths.
  public let unreadReleases: [String]
  /// Scopes whose keys are not at hand, so that nothing can be said of them.
  public let unknownScopes: [String]
  /// Whether the ledger knows of any run.
  public let knowsRuns: Bool
  /// Published files that the ledger does not know of: absolute paths.
  public let unremembered: [String]
  /// Pipelines that do not pass their check, so that nobody can tell how they make pseudonyms.
  public let unplanned: [String]

  /// - Parameters:
  ///   - identifiers: of one person, as sources write them; other cases and spaces are tried too.
  ///   - root: the project's.
  ///   - isDry: whether the vault stays as it is.
  ///   - project: its pipelines, which tell how pseudonyms are made where the ledger does not;
  ///     nil where there are none.
  /// - Throws: `RunError`.
  public init(
    _ identifiers: [String], root: String, isDry: Bool, now: Date, project: ProjectPlans? = nil
  ) throws {
    Secrecy.forbidMemoryImages()
    let texts = Self.variants(identifiers)
    let state = try KeptState(root: root, day: now.formatted(.iso8601.year().month().day()))
    if !isDry { try state.lock() }
    do {
      let kept = try state.exports()
      let known =
        kept
        + KeptState.exports(of: project?.plans ?? []).filter { made in
          !kept.contains { $0.path == made.path && $0.use == made.use }
        }
      let vault = try state.vault()
      var unknown: Set<String> = []
      var (exports, pseudonyms) = ([Export](), [String]())
      for export in known {
        let found: [String]
        switch export.use.kind {
        case .keyed: found = Self.keyed(export.use, texts, state, &unknown)
        case .vault: found = try Self.drawn(export.use, texts, vault, &unknown)
        }
        pseudonyms += found
        exports += found.compactMap { Self.export(export, $0) }
      }
      var rows: [Vault.Address] = []
      for (scope, domain) in try vault?.domains() ?? [] where !unknown.contains(scope) {
        for value in Set(texts.map(Self.normal)).sorted(by: { $0.lexicographicallyPrecedes($1) })
        where try vault?.token(of: value, scope: scope, domain: domain) != nil {
          rows.append(Vault.Address(scope: scope, domain: domain, value: value))
        }
      }
      let search = FileSearch(texts)
      (knowsRuns, unremembered) = (try state.knowsRuns(), try state.unremembered())
      unplanned = project?.unplanned.map(\.file) ?? []
      inClear = try state.places().filter { search.isFound(in: $0) == true }
      (self.exports, vaultRows, unknownScopes) = (exports, rows.count, unknown.sorted())
      // The vault last: it alone tells a person's tokens, so that whoever is stopped before can
      // begin again.
      let names = pseudonyms + Self.writings(texts)
      let memory = try state.forgetReleases(isDry: isDry) {
        ReleasedPersons.names(of: names, secret: $0)
      }
      (releases, unreadReleases) = (memory.releases, memory.unread)
      if !isDry, !rows.isEmpty {
        try vault?.forget(rows)
        try state.noteForgotten(rows.count)
      }
    } catch {
      throw Self.told(error)
    }
  }

  private static func told(_ error: any Error) -> RunError {
    switch error {
    case let error as RunError: error
    case let error as OperatorError: RunError(.refused, error.message)
    default:
      RunError(
        .machine,
        Message(en: "vault or ledger cannot be read", fr: "coffre ou registre illisibles"))
    }
  }

  /// Ways in which sources and pipelines may have written an identifier.
  static func variants(_ identifiers: [String]) -> [String] {
    var all: Set<String> = []
    for text in identifiers {
      let trimmed = text.trimmingCharacters(in: .whitespacesAndNewlines)
      guard !trimmed.isEmpty else { continue }
      let dense = trimmed.filter { !$0.isWhitespace && $0 != "-" && $0 != "." && $0 != "/" }
      for form in [text, trimmed, dense] {
        all.formUnion([form, form.lowercased(), form.uppercased()])
      }
    }
    return all.filter { !$0.isEmpty }.sorted()
  }

  /// Texts with their accents in one and in two characters.
  private static func writings(_ texts: [String]) -> [String] {
    texts.flatMap {
      [$0, $0.precomposedStringWithCanonicalMapping, $0.decomposedStringWithCanonicalMapping]
    }
  }

  private static func normal(_ text: String) -> [UInt8] {
    var out: [UInt8] = []
    Normalisation.nfc(Array(text.utf8).span, to: &out)
    return out
  }

  /// Pseudonyms under every key of the scope that is at hand.
  private static func keyed(
    _ use: PseudonymUse, _ texts: [String], _ state: KeptState, _ unknown: inout Set<String>
  ) -> [String] {
    guard let format = Pseudonyms.Format(rawValue: use.format) else { return [] }
    var found: Set<String> = []
    var hasKey = false
    for id in use.key.map({ [$0] }) ?? state.keyNumbers(use.scope) {
      guard var key = try? state.keys.key(scope: use.scope, id: id) else { continue }
      defer { Secrecy.wipe(&key) }
      hasKey = true
      let pseudonyms = Pseudonyms(
        key: key, scope: use.scope, domain: use.domain, format: format, length: use.length)
      for text in texts {
        var out: [UInt8] = []
        pseudonyms.append(of: Array(text.utf8).span, to: &out)
        found.insert(String(decoding: out, as: UTF8.self))
      }
    }
    if !hasKey { unknown.insert(use.scope) }
    return found.sorted()
  }

  private static func drawn(
    _ use: PseudonymUse, _ texts: [String], _ vault: Vault?, _ unknown: inout Set<String>
  ) throws -> [String] {
    guard let vault, let format = Pseudonyms.Format(rawValue: use.format) else { return [] }
    var found: Set<String> = []
    for text in texts {
      do {
        guard
          let token = try vault.token(of: normal(text), scope: use.scope, domain: use.domain)
        else { continue }
        var out: [UInt8] = []
        token.withUnsafeBytes { format.append($0, length: use.length, to: &out) }
        found.insert(String(decoding: out, as: UTF8.self))
      } catch is OperatorError {
        unknown.insert(use.scope)
      }
    }
    return found.sorted()
  }

  /// - Returns: nil where the file is there, one run made it, and the pseudonym is not in it; and
  ///   where nobody knows that there ever was one.
  private static func export(_ export: KeptState.Export, _ pseudonym: String) -> Export? {
    let isHeld = FileSearch([pseudonym]).isFound(in: export.path)
    if isHeld == false, export.runs <= 1 { return nil }
    if isHeld == nil, export.runs == 0 { return nil }
    return Export(
      output: export.output, path: export.path, audience: export.audience,
      recipients: export.recipients, runs: export.runs, first: export.first, last: export.last,
      pseudonym: pseudonym, scope: export.use.scope, isHeld: isHeld)
  }
}
