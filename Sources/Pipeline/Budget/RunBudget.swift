import Foundation
import StageKit
import Synchronization
import Tabular

/// The budgets of a run: each stage that draws noise debits from those of the sources that its rows
/// come from, for all audiences that its figures reach. The run holds the project's lock.
final class RunBudget: Sendable {
  private let plan: Plan
  private let journal: BudgetJournal
  /// The project's state folder, where the ledger lies.
  private let folder: String
  /// ISO 8601, UTC.
  private let time: String
  private let turn = Mutex(())

  init(_ plan: Plan, folder: String, time: String) {
    (self.plan, self.folder, self.time) = (plan, folder, time)
    journal = BudgetJournal(besideCharter: plan.charter.path)
  }

  /// The budget of one node.
  func budget(of node: Int) -> any PrivacyBudget { OfNode(whole: self, node: node) }

  private struct OfNode: PrivacyBudget {
    let whole: RunBudget
    let node: Int

    func debit(_ cost: PrivacyCost) throws -> Bool { try whole.debit(cost, of: node) }
  }

  private func debit(_ cost: PrivacyCost, of node: Int) throws -> Bool {
    let reach = NoiseReach(plan.nodes, plan.leaving)
    let audiences = reach.audiences(of: node)
    // What reaches nobody is no release.
    if audiences.isEmpty { return false }
    let entries = reach.sources(of: node).flatMap { source in
      audiences.map { audience in
        BudgetEntry(
          time: time, pipeline: plan.pipeline, source: source, audience: audience.name, cost: cost)
      }
    }
    try turn.withLock { _ in
      let ledger = try Ledger(folder: folder)
      let known = [try ledger.budgetEntries(), try journal.entries()]
      for entry in entries {
        try check(entry, known, audiences.first { $0.name == entry.audience })
      }
      // The journal first: once it is on disk the debit holds, whatever becomes of the ledger.
      try journal.append(entries)
      try ledger.debit(entries)
    }
    return true
  }

  private func check(
    _ entry: BudgetEntry, _ known: [[BudgetEntry]], _ audience: Charter.Audience?
  ) throws {
    guard let grant = plan.charter.budgets[entry.audience] else {
      // Who may see the persons themselves needs no budget.
      if audience?.allows.contains(.direct) == true { return }
      throw RunError(
        .refused, NoiseMessages.noGrant(entry.audience),
        remedy: NoiseMessages.grant(entry.audience))
    }
    let spent = BudgetEntry.spent(known, source: entry.source, audience: entry.audience)
    let before = spent.epsilon(deltaExponent: grant.deltaExponent)
    let after = spent.and(entry.cost).epsilon(deltaExponent: grant.deltaExponent)
    guard after * 1e6 <= Double(grant.epsilonMillionths) else {
      throw RunError(
        .refused,
        BudgetMessages.spent(entry, grant, before: before, after: after),
        remedy: BudgetMessages.wait)
    }
  }
}
