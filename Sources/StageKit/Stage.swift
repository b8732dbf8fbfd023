import Tabular

/// One composable transformation of a table: one file, one line in the catalogue, one golden
/// folder. It is bound once to its input's facts and says all that the plan must know.
public protocol Stage: Sendable {
  static var declaration: StageDeclaration { get }

  /// Checks the options against the input's facts. Reports every finding to `binding.diagnostics`
  /// and throws `StageRejected` when it cannot go on.
  init(_ options: Options, _ binding: Binding) throws

  /// The facts of the output: fields with types and privacy classes, guarantees, order.
  var output: Facts { get }

  /// Fields of the input needed to give the wanted fields of the output.
  func needs(_ wanted: Set<String>) -> Set<String>

  /// The steps or sources that it reads besides its input, with the fields needed of each to
  /// give the wanted fields of the output; each table once.
  func sides(_ wanted: Set<String>) -> [SideNeed]

  /// What runs. Called once per run, when the side tables are complete.
  func operation(_ context: StageContext) throws -> StageOperation
}

extension Stage {
  public func sides(_ wanted: Set<String>) -> [SideNeed] { [] }
}

/// A table that a stage reads besides its input.
public struct SideNeed: Sendable {
  public let table: String
  public let fields: Set<String>

  public init(table: String, fields: Set<String>) { (self.table, self.fields) = (table, fields) }

  /// One need for each table, in the order of their first mention.
  public static func merged(_ needs: [SideNeed]) -> [SideNeed] {
    var merged: [SideNeed] = []
    for need in needs {
      if let index = merged.firstIndex(where: { $0.table == need.table }) {
        merged[index] = SideNeed(
          table: need.table, fields: merged[index].fields.union(need.fields))
      } else {
        merged.append(need)
      }
    }
    return merged
  }
}

/// The operator behind a stage.
public enum StageOperation: Sendable {
  case rowLocal(any RowOperator)
  case breaker(any Breaker)
}

/// The stage's options do not fit; the diagnostics tell why.
public struct StageRejected: Error {
  public init() {}
}

/// What a stage gets when a run begins.
public struct StageContext: Sendable {
  /// The fields of the output that something downstream reads. The stage may leave the others
  /// absent, and must not read inputs that only they need: those may be absent.
  public let wanted: Set<String>
  /// The side tables, whole, by name; their columns follow the side's facts, those not needed
  /// absent.
  public let sides: [String: HeldBatches]
  public let keys: any KeySource
  public let vault: any TokenVault
  public let history: any ReleaseHistory
  /// What noisy figures are debited from.
  public let budget: any PrivacyBudget
  public let resources: Resources
  /// Tells the author something about this run's rows, for the run's report.
  public let remark: @Sendable (Message) -> Void
  /// Nil where nothing is released, as in a preview.
  public let propose: KeepProposal?
  /// What was published of persons before.
  public let releases: any PersonReleases
  /// Tells of the classes that rows were hidden in, for the account of their risk.
  public let account: @Sendable (ClassAccount) -> Void

  public init(
    wanted: Set<String>, sides: [String: HeldBatches], keys: any KeySource, resources: Resources,
    vault: any TokenVault = NoVault(), history: any ReleaseHistory = NoHistory(),
    budget: any PrivacyBudget = Rehearsal(), propose: KeepProposal? = nil,
    releases: any PersonReleases = NoReleases(),
    account: @escaping @Sendable (ClassAccount) -> Void = { _ in },
    remark: @escaping @Sendable (Message) -> Void
  ) {
    (self.account, self.releases) = (account, releases)
    (self.wanted, self.sides) = (wanted, sides)
    (self.vault, self.history, self.budget) = (vault, history, budget)
    (self.keys, self.resources, self.remark) = (keys, resources, remark)
    self.propose = propose
  }

  /// A side table in memory.
  /// - Throws: `OperatorError` when it does not fit.
  public func side(_ table: String) throws -> [Batch] {
    try sides[table]?.all(resources, for: table) ?? []
  }
}

/// Where secret keys come from: never from YAML, never into a message.
public protocol KeySource: Sendable {
  /// The newest key of a pseudonym scope, at least 32 bytes. Whoever has used it wipes it.
  /// - Throws: `OperatorError` that names the scope and the remedy, never the key.
  func key(scope: String) throws -> [UInt8]

  /// One key of a scope that has several, as it does while keys are rotated.
  /// - Parameter id: from 1 for the first; nil for the newest.
  func key(scope: String, id: Int?) throws -> [UInt8]
}

extension KeySource {
  public func key(scope: String, id: Int?) throws -> [UInt8] { try key(scope: scope) }
}
