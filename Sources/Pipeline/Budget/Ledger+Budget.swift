import GRDB
import StageKit

extension Ledger {
  /// All debits that this ledger knows of.
  func budgetEntries() throws -> [BudgetEntry] {
    try database.read { db in
      try Row.fetchAll(
        db, sql: "SELECT time, pipeline, source, audience, rho, epsilon, delta FROM budget"
      ).map {
        BudgetEntry(
          time: $0["time"], pipeline: $0["pipeline"], source: $0["source"],
          audience: $0["audience"],
          cost: PrivacyCost(
            rhoTrillionths: $0["rho"], epsilonMillionths: $0["epsilon"], deltaAttos: $0["delta"]))
      }
    }
  }

  func debit(_ entries: [BudgetEntry]) throws {
    try database.write { db in
      for entry in entries {
        try db.execute(
          sql:
            "INSERT INTO budget (time, pipeline, source, audience, rho, epsilon, delta) "
            + "VALUES (?, ?, ?, ?, ?, ?, ?)",
          arguments: [
            entry.time, entry.pipeline, entry.source, entry.audience, entry.cost.rhoTrillionths,
            entry.cost.epsilonMillionths, entry.cost.deltaAttos,
          ])
      }
    }
  }
}
