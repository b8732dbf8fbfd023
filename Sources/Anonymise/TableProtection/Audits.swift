import Tabular

/// All that the hidden cells of a table are held to.
struct Audits {
  let dimensions: [TableDimension]
  let keys: [[Int32]]
  let counts: [Int64]
  let knowsMargins: Bool
  private var primary: [Bool] = []
  private var widths: [Int64] = []
  private var others: [TableAudit] = []

  init(dimensions: [TableDimension], keys: [[Int32]], counts: [Int64], knowsMargins: Bool) {
    (self.dimensions, self.keys) = (dimensions, keys)
    (self.counts, self.knowsMargins) = (counts, knowsMargins)
  }

  /// Small cells, and those whose amounts tell one contribution.
  mutating func add(_ rules: TableRules, _ cells: [[Value]?]) throws {
    primary = counts.map(rules.isSmall)
    for rule in rules.amounts {
      var amounts = try rule.amounts(cells, counts)
      for row in counts.indices where amounts.widths[row] > 0 { primary[row] = true }
      // The amount of a small cell is as little anyone's business as its count.
      let asked = counts.indices.map { row in
        max(amounts.widths[row], rules.isSmall(counts[row]) && amounts.totals[row] > 0 ? 1 : 0)
      }
      amounts = AmountRule.Amounts(totals: amounts.totals, widths: asked)
      others.append(TableAudit(try system(amounts.totals), amounts.widths, least: 0))
    }
    widths = primary.map { $0 ? Int64(rules.width) : 0 }
  }

  /// What must hold besides.
  mutating func add(_ audit: (TableSystem) throws -> TableAudit) throws {
    others.append(try audit(try system(nil)))
  }

  /// Cells that differ too little from what was published.
  mutating func add(_ releases: TableReleases) throws {
    for (row, isPrimary) in releases.primary(counts).enumerated() where isPrimary {
      primary[row] = true
      widths[row] = max(widths[row], releases.isCumulative ? 1 : releases.minCount)
    }
    for growth in try releases.growths(counts) {
      others.append(TableAudit(try system(growth), releases.widths(growth), least: 0))
    }
  }

  /// Which cells are hidden.
  func suppressed(_ remark: (Message) -> Void) throws -> [Bool] {
    let main = TableAudit(try system(nil), widths)
    do throws(TableSuppression.Exposed) {
      let found = try TableSuppression([main] + others, hiding: primary)
      remark(
        TableMessages.hidden(found.isHidden.count { $0 }, of: counts.count, found.isProvenBest))
      return found.isHidden
    } catch {
      throw TableMessages.exposed
    }
  }

  private func system(_ values: [Int64]?) throws -> TableSystem {
    do throws(TableSystem.Fault) {
      return try TableSystem(
        dimensions: dimensions, keys: keys, values: values ?? counts, knowsMargins: knowsMargins,
        counts: values == nil ? nil : counts)
    } catch {
      throw TableMessages.fault(error, "protect_table")
    }
  }
}
