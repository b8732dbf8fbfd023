import StageKit
import Tabular

/// A hierarchy of days.
enum HierarchyDates {
  enum Level: String, CaseIterable {
    case month, quarter, year
    case fiveYears = "five_years"
    case decade
    case twentyYears = "twenty_years"
    case century

    func text(_ date: CivilDate) -> String {
      switch self {
      case .month: "\(HierarchyDates.padded(date.year, 4))-\(HierarchyDates.padded(date.month, 2))"
      case .quarter: "\(HierarchyDates.padded(date.year, 4))-Q\((date.month - 1) / 3 + 1)"
      case .year: HierarchyDates.padded(date.year, 4)
      case .fiveYears: years(date, 5)
      case .decade: years(date, 10)
      case .twentyYears: years(date, 20)
      case .century: years(date, 100)
      }
    }

    private func years(_ date: CivilDate, _ width: Int) -> String {
      let start = date.year - (date.year % width + width) % width
      return "\(start)-\(start + width - 1)"
    }
  }

  static func levels(_ node: SpecNode) throws(Hierarchy.Fault) -> [[String]] {
    guard let from = day(node["from"]), let to = day(node["to"]) else {
      throw Hierarchy.Fault(
        message: Message(
          en: "the first and the last day are written as 1920-01-31",
          fr: "le premier et le dernier jour s’écrivent comme 1920-01-31"))
    }
    guard from <= to, to - from < HierarchyOptions.most else { throw HierarchyOptions.tooMany }
    let dates = (from...to).map { CivilDate(daysSinceEpoch: $0) }
    let levels = (node["levels"]?.items ?? []).compactMap { $0.text.flatMap(Level.init) }
    return [
      dates.map { "\(padded($0.year, 4))-\(padded($0.month, 2))-\(padded($0.day, 2))" }
    ] + levels.map { level in dates.map { level.text($0) } }
  }

  private static func day(_ node: SpecNode?) -> Int? {
    guard let text = node?.text else { return nil }
    return IsoText.date(Array(text.utf8).span).map(Int.init)
  }

  private static func padded(_ number: Int, _ digits: Int) -> String {
    let text = String(number)
    return String(repeating: "0", count: max(digits - text.count, 0)) + text
  }
}

/// A hierarchy of values in groups, and groups in groups.
struct HierarchyGroups {
  private var paths: [(value: String, groups: [String])] = []

  init(_ node: SpecNode) throws(Hierarchy.Fault) {
    add(node, [])
    guard !paths.isEmpty, paths.count <= HierarchyOptions.most else {
      throw HierarchyOptions.tooMany
    }
    guard Set(paths.map(\.value)).count == paths.count else { throw HierarchyOptions.repeated }
    guard Set(paths.map(\.groups.count)).count == 1 else {
      throw Hierarchy.Fault(
        message: Message(
          en: "all values of a hierarchy must lie equally deep in groups",
          fr: "toutes les valeurs d’une hiérarchie doivent être aussi profondes dans des groupes"))
    }
  }

  private mutating func add(_ node: SpecNode, _ groups: [String]) {
    for item in node.items ?? [] {
      if let value = item.text { paths.append((value, groups)) }
    }
    for entry in node.entries ?? [] { add(entry.value, [entry.key] + groups) }
  }

  var levels: [[String]] {
    let depth = paths.first?.groups.count ?? 0
    return [paths.map(\.value)] + (0..<depth).map { level in paths.map { $0.groups[level] } }
  }
}
