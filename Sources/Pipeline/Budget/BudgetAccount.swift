import Foundation
import StageKit
import Tabular

/// What an audience's budget of one source is, and what is left of it.
public struct BudgetAccount: Sendable, Encodable {
  /// The source's entry in the charter.
  public let source: String
  public let audience: String
  /// ε granted, as a decimal; nil where the charter grants none any more.
  public let epsilon: String?
  /// δ at which it is told, such as `1e-9`.
  public let delta: String
  /// ε spent, rounded up to four decimals.
  public let spent: String
  /// ε left, rounded down to four decimals, 0 at least.
  public let left: String
  /// Releases, each of one table.
  public let debits: Int
  /// Of the latest, ISO 8601, UTC.
  public let last: String?

  /// All budgets that the charter grants or something was spent of, by audience and source.
  /// - Parameters:
  ///   - root: the project's.
  ///   - charter: a charter's path; nil for the one that `octroi.yml` names.
  /// - Throws: `RunError`, also when the journal was changed.
  public static func all(root: String, charter: String?) throws -> [BudgetAccount] {
    let top = try ProjectCharter.read(charter, root: root).top
    let grants = BudgetGrant.grants(of: top, Diagnostics())
    let path = try ProjectCharter.path(charter, root: root)
    let known = [
      try Ledger.open(root: root)?.budgetEntries() ?? [],
      try BudgetJournal(besideCharter: path).entries(),
    ]
    let sources = top["governance"]?.entries?.map(\.key) ?? []
    var places = Set(grants.keys.flatMap { audience in sources.map { [audience, $0] } })
    for entry in known.joined() { places.insert([entry.audience, entry.source]) }
    return places.sorted { $0.lexicographicallyPrecedes($1) }.map { place in
      account(place[1], place[0], grants[place[0]], known)
    }
  }

  private static func account(
    _ source: String, _ audience: String, _ grant: BudgetGrant?, _ known: [[BudgetEntry]]
  ) -> BudgetAccount {
    let exponent = grant?.deltaExponent ?? -9
    let spent = BudgetEntry.spent(known, source: source, audience: audience)
      .epsilon(deltaExponent: exponent)
    // What is spent is told rounded up, so that this is rounded down.
    let granted = (grant?.epsilonMillionths ?? 0) / 100
    let left = Int(exactly: (spent * 1e4).rounded(.up)).map { max(0, granted - $0) } ?? 0
    let own = known.map { entries in
      entries.filter { $0.source == source && $0.audience == audience }
    }
    return BudgetAccount(
      source: source, audience: audience,
      epsilon: grant.map { Guarantee.share($0.epsilonMillionths) }, delta: "1e\(exponent)",
      spent: BudgetMessages.rounded(spent), left: Guarantee.share(left * 100),
      debits: own.map(\.count).max() ?? 0,
      last: own.joined().map(\.time).max())
  }

  /// In one line.
  public var line: Message {
    let granted = epsilon.map { "ε \($0) (δ \(delta))" }
    return Message(
      en: "\(audience)  \(source)  " + (granted ?? "no budget")
        + ", \(spent) spent in \(debits) debits, \(left) left"
        + (last.map { ", last \($0)" } ?? ""),
      fr: "\(audience)  \(source)  " + (granted ?? "pas de budget")
        + ", \(spent) dépensé en \(debits) débits, reste \(left)"
        + (last.map { ", la dernière le \($0)" } ?? ""))
  }

  /// - Throws: never for accounts as they are.
  public static func json(_ accounts: [BudgetAccount]) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(accounts), as: UTF8.self) + "\n"
  }
}
