import Tabular

/// A column of a plan node: what is known of it before a byte is read.
public struct Field: Sendable, Hashable {
  public var name: String
  public var type: DataType
  /// Fixed digits after the point when printed, for decimals; nil prints what is there.
  public var decimals: Int?
  public var privacy: Privacy
  /// Whether nulls may occur.
  public var nullable: Bool
  /// What people call it; falls back to the name.
  public var title: Message?
  /// What its texts stand for, where they are codes of the house: people are told the words.
  public var words: [String: Message] = [:]
  /// Whether less of it is better; nil where nobody has said.
  public var lessIsBetter: Bool?
  /// What it counts, where it is a count of rows and nothing else: `count()` without `where`, or
  /// the sum of such counts.
  public var counts: RowCount?
  /// The rows of its group that it is computed of, where they are chosen and it is computed of no
  /// others.
  public var chosen: Basis?
  /// Whether it is a number of rows or of different values, to which each adds 1.
  public var isTally = false
  /// The amounts that its numbers or days are: nothing personal decided on them, so that their sum
  /// is no number of persons. Nil for what is not known to be any.
  public var amount: Amount?
  /// Whether something decided on its values, row by row.
  public var isDecided = false
  /// How coarse its dates, or what it tells of dates, are known to be; nil for days or finer.
  public var precision: DatePrecision?
  /// Where it holds places: metres across, at least; nil for what is not known to be a cell.
  public var placeMetres: Int?

  public init(
    _ name: String, _ type: DataType, privacy: Privacy, decimals: Int? = nil,
    nullable: Bool = true, title: Message? = nil, counts: RowCount? = nil
  ) {
    (self.name, self.type, self.privacy) = (name, type, privacy)
    (self.decimals, self.nullable, self.title) = (decimals, nullable, title)
    self.counts = counts
  }
}

/// How coarse a date is, the finest first.
public enum DatePrecision: String, Sendable, Hashable, CaseIterable, Comparable {
  case day, month, quarter, year

  /// That of what tells nothing of a date.
  public static let coarsest = DatePrecision.year

  public static func < (left: DatePrecision, right: DatePrecision) -> Bool {
    let all = DatePrecision.allCases
    return (all.firstIndex(of: left) ?? 0) < (all.firstIndex(of: right) ?? 0)
  }
}

/// An aggregation of rows about persons, which everything computed of its groups rests on; or of
/// those rows of its groups for which a condition is true.
public struct Basis: Sendable, Hashable {
  /// Where the aggregation stands.
  public let aggregate: SpecPosition
  /// The condition in its canonical writing; nil for all rows of a group.
  public let condition: String?
  /// The rows that were grouped.
  public let rows: RowSelection

  public init(
    aggregate: SpecPosition, condition: String? = nil, rows: RowSelection = RowSelection()
  ) {
    (self.aggregate, self.condition, self.rows) = (aggregate, condition, rows)
  }

  /// All rows of the groups.
  public var whole: Basis { Basis(aggregate: aggregate, rows: rows) }

  /// Whether its rows are of another's, too: chosen by all that the other is, and by more.
  public func narrows(_ other: Basis) -> Bool {
    guard aggregate == other.aggregate, let condition, condition != other.condition else {
      return false
    }
    guard let wider = other.condition else { return true }
    func parts(_ text: String) -> Set<String> {
      Set(((try? Expression.parse(text))?.conjuncts ?? []).map(\.canonical))
    }
    let (own, their) = (parts(condition), parts(wider))
    return !their.isEmpty && their.isStrictSubset(of: own)
  }

  /// The rows of a wider basis that are not of this one: what a subtraction of counts tells.
  public func rest(of wider: Basis) -> Basis {
    Basis(
      aggregate: aggregate, condition: "(\(wider.condition ?? "true")) but \(condition ?? "true")",
      rows: rows)
  }
}

/// What a field counts: for each row, source rows of one basis.
public struct RowCount: Sendable, Hashable {
  public let basis: Basis
  /// Whether each source row is counted in one row only, so that sums of counts count rows too.
  public var isAdditive: Bool

  public init(of basis: Basis, isAdditive: Bool = true) {
    (self.basis, self.isAdditive) = (basis, isAdditive)
  }
}

/// A key of a row order.
public struct OrderKey: Sendable, Hashable {
  public let field: String
  public let descending: Bool

  public init(field: String, descending: Bool) {
    (self.field, self.descending) = (field, descending)
  }
}

/// The facts of a plan node: its fields, what is guaranteed, how rows are ordered, and what the
/// choice of its rows gives away.
public struct Facts: Sendable {
  public var fields: [Field]
  public var guarantees: Set<Guarantee>
  /// Known order of the rows, empty when only the ordinal order is known.
  public var order: [OrderKey]
  /// Whether the rows stand in an order by a field that is no longer there.
  public private(set) var isOrderHidden = false
  /// Whether the rows are a sample that everybody who reads the pipeline can draw again.
  public var isDrawnOpenly = false
  /// What filters and joins on personal fields left on every row.
  public var taint: Privacy
  /// Whether rows are still rows of persons or things (false after an aggregate).
  public var isMicrodata: Bool
  /// Whether the rows are, or stand for, rows about persons: stays true when the fields that
  /// say so are dropped.
  public var isAboutPersons: Bool
  /// Whether a source row may stand behind several rows here (a join with several matches, an
  /// unpivot), so that counting rows would count it more than once. Stays true.
  public var rowsRepeat = false
  /// Which rows of the sources are here.
  public var selection = RowSelection()
  /// The aggregations of rows about persons that the table rests on, each with the number of its
  /// source rows that every row here is known to stand for.
  public private(set) var bases: [Basis: Int] = [:]

  /// - Parameter isAboutPersons: by default, whether a field is personal.
  public init(
    fields: [Field], guarantees: Set<Guarantee> = [], order: [OrderKey] = [],
    taint: Privacy = .none, isMicrodata: Bool = true, isAboutPersons: Bool? = nil
  ) {
    (self.fields, self.guarantees, self.order) = (fields, guarantees, order)
    (self.taint, self.isMicrodata) = (taint, isMicrodata)
    self.isAboutPersons = isAboutPersons ?? fields.contains { $0.privacy.isPersonal }
  }

  public var names: [String] { fields.map(\.name) }

  /// The position of a field.
  public func index(of name: String) -> Int? { fields.firstIndex { $0.name == name } }

  public func field(_ name: String) -> Field? { fields.first { $0.name == name } }

  /// The same table with other fields.
  public func replacingFields(_ fields: [Field]) -> Facts {
    var facts = self
    facts.fields = fields
    facts.order = Array(order.prefix { key in fields.contains { $0.name == key.field } })
    facts.isOrderHidden = isOrderHidden || facts.order.count < order.count
    return facts
  }

  /// The same table with one field set anew: in its place if there is one of that name, else at
  /// the end.
  public func setting(_ field: Field) -> Facts {
    var facts = self
    // Other values make other classes, those of a name that was given up, too.
    facts.guarantees = Set(
      guarantees.filter { !$0.rests(on: field.name) }.map { $0.overwriting(field.name) })
    if let index = index(of: field.name) {
      facts.fields[index] = field
      // Nor do they count what was counted.
      facts.fields[index].counts = nil
      facts.order = Array(order.prefix { $0.field != field.name })
    } else {
      facts.fields.append(field)
    }
    return facts
  }

  /// The same table resting on other bases; its `minCount` follows: the least of their numbers, as
  /// long as the rows are not themselves rows of persons.
  public func resting(on bases: [Basis: Int]) -> Facts {
    var facts = self
    facts.bases = bases
    facts.guarantees = guarantees.filter { if case .minCount = $0 { false } else { true } }
    if !(isMicrodata && isAboutPersons), let least = bases.values.min(), least > 1 {
      facts.guarantees.insert(.minCount(least))
    }
    return facts
  }

  /// Rows may stand several times from here on: counts of rows still hold for each row, but sums
  /// of them count some twice.
  public func repeatingRows() -> Facts {
    var facts = self
    facts.rowsRepeat = true
    for index in facts.fields.indices { facts.fields[index].counts?.isAdditive = false }
    return facts
  }

  /// The same table where every row is known to stand for so many rows of a basis, and so of the
  /// groups that these are of.
  public func standing(for count: Int, of basis: Basis) -> Facts {
    var bases = bases
    for one in [basis, basis.whole] { bases[one] = max(bases[one] ?? 0, count) }
    return resting(on: bases)
  }

  /// After rows took values from another table: what that table gives away, this one does.
  public func taking(from side: Facts) -> Facts {
    var facts = self
    facts.taint = taint.union(side.taint)
    facts.isDrawnOpenly = isDrawnOpenly || side.isDrawnOpenly
    // Noise hides whom it was added for, not whom another table is about.
    if side.isAboutPersons { facts.guarantees = guarantees.filter { !$0.isNoise } }
    if side.isAboutPersons, side.isMicrodata {
      (facts.isMicrodata, facts.isAboutPersons) = (true, true)
    } else if side.isAboutPersons, !isAboutPersons {
      // Rows of places that show counts of persons stand for the persons counted. Counting such
      // rows counts places, however few persons stand behind them.
      (facts.isMicrodata, facts.isAboutPersons) = (false, true)
      facts = facts.repeatingRows()
    }
    return facts.resting(on: Facts.bases(ofEither: self, or: side))
  }

  /// After rows stayed or left by whether another table has rows for them. Which places have any
  /// is a count of persons, too.
  public func chosen(by side: Facts) -> Facts {
    guard side.isAboutPersons, !isAboutPersons else { return self }
    var facts = self
    (facts.isMicrodata, facts.isAboutPersons) = (false, true)
    return facts.repeatingRows().resting(on: side.bases)
  }

  /// What every row stands for that may come of either table.
  public static func bases(ofEither one: Facts, or other: Facts) -> [Basis: Int] {
    one.bases.merging(other.bases, uniquingKeysWith: min).filter { basis, _ in
      // Where one table has rows of these groups and says nothing of the choice, it is unknown.
      basis.condition == nil
        || [one.bases, other.bases].allSatisfy { $0[basis] != nil || $0[basis.whole] == nil }
    }
  }

  /// After a choice of rows: k-like guarantees are void, and a predicate on personal fields taints.
  /// - Parameter choices: those that are known of.
  public func afterChoice(
    reading privacy: Privacy, by choices: [RowSelection.Choice] = []
  ) -> Facts {
    var facts = self
    facts.selection = selection.chosen(by: choices)
    facts.guarantees = guarantees.filter { !$0.endsWithChoice }
    facts.taint = taint.union(privacy.taint)
    return facts
  }
}
