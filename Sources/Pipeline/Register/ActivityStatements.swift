import Reports
import StageKit
import Tabular

/// What the charter says of one activity: under `register` for the activity, else in the governance
/// entries of its sources, else under `register` for all. What none of them says is a gap.
struct ActivityStatements {
  typealias Statement = ProcessingRegister.Statement

  let charter: Charter
  let purpose: String?
  /// Those about persons.
  let sources: [GovernedSource]
  let gaps: RegisterGaps

  private(set) var said: [RegisterItem: [Statement]] = [:]

  private var shared: SpecNode? { charter.node?["register"] }
  var own: SpecNode? { purpose.flatMap { shared?["activities"]?[$0] } }

  init(_ charter: Charter, _ purpose: String?, _ sources: [GovernedSource], _ gaps: RegisterGaps) {
    (self.charter, self.purpose, self.sources, self.gaps) = (charter, purpose, sources, gaps)
    for item in RegisterItem.allCases where item != .retention { read(item) }
    readRetention()
  }

  private func lines(_ node: SpecNode?, _ item: RegisterItem) -> [Message] {
    CharterText.lines(node?[item.rawValue]).map { CharterText.worded($0, item.rawValue) }
  }

  private mutating func read(_ item: RegisterItem) {
    var list = StatementList(all: sources.map(\.title))
    let (own, common) = (lines(self.own, item), lines(shared, item))
    own.forEach { list.add($0) }
    if own.isEmpty || item.adds {
      var silent: [GovernedSource] = []
      for source in sources {
        let told = lines(source.node, item)
        for line in told { list.add(line, of: source.title) }
        if told.isEmpty { silent.append(source) }
      }
      // What protects all protects these, too; anything else said of all is for those that say
      // nothing themselves.
      if item == .security {
        common.forEach { list.add($0) }
      } else {
        for source in silent { common.forEach { list.add($0, of: source.title) } }
      }
      if own.isEmpty, common.isEmpty { ask(item, of: silent) }
    }
    said[item] = list.statements
  }

  private func ask(_ item: RegisterItem, of silent: [GovernedSource]) {
    switch item {
    case .jointControllers, .representative, .processors, .authorisation, .law: return
    case .sensitiveBasis:
      for source in silent where !source.names([.sensitive]).isEmpty {
        gaps.add(item, item.label, source, item.rawValue)
      }
    default:
      for source in silent { gaps.add(item, item.label, source, item.rawValue) }
    }
  }

  // MARK: Retention

  private static let parts: [(key: String, what: Message)] = [
    ("retention_period", Message(en: "Retention, period", fr: "Conservation, durée")),
    ("retention_trigger", Message(en: "Retention, from when", fr: "Conservation, point de départ")),
    ("retention_fate", Message(en: "Retention, what then", fr: "Conservation, sort final")),
  ]

  private mutating func readRetention() {
    var list = StatementList(all: sources.map(\.title))
    let own = Self.retention(self.own)
    if let own { list.add(own) }
    for source in sources {
      if let told = Self.retention(source.node) { list.add(told, of: source.title) }
      if let last = source.governance.keptUntil {
        list.add(
          Message(
            en: "not used after \(Day.text(last))", fr: "pas d’usage après le \(Day.text(last))"),
          of: source.title)
      }
      for part in Self.parts
      where CharterText.line(source.node[part.key]) == nil
        && CharterText.line(self.own?[part.key]) == nil
      {
        gaps.add(.retention, part.what, source, part.key)
      }
    }
    said[.retention] = list.statements
  }

  private static func retention(_ node: SpecNode?) -> Message? {
    guard let node else { return nil }
    let period = CharterText.line(node["retention_period"]).map { said in
      Message(en: CharterText.period(said.en).en, fr: CharterText.period(said.fr).fr)
    }
    let start = CharterText.line(node["retention_trigger"]).map { said in
      Message(en: "from: \(said.en)", fr: "à compter de : \(said.fr)")
    }
    let fate = CharterText.line(node["retention_fate"]).map { said in
      Message(en: "then: \(said.en)", fr: "puis : \(said.fr)")
    }
    let parts = [period, start, fate].compactMap { $0 }
    guard !parts.isEmpty else { return nil }
    return Message(
      en: parts.map(\.en).joined(separator: ", "), fr: parts.map(\.fr).joined(separator: ", "))
  }
}

/// Statements, each once, with what it is said of.
private struct StatementList {
  /// Titles of all that something could be said of.
  let all: [Message]
  private var found: [ProcessingRegister.Statement] = []

  init(all: [Message]) { self.all = all }

  /// - Parameter source: nil for what is said of all.
  mutating func add(_ text: Message, of source: Message? = nil) {
    if let place = found.firstIndex(where: { $0.text == text }) {
      guard !found[place].sources.isEmpty else { return }
      if let source {
        if !found[place].sources.contains(source) { found[place].sources.append(source) }
      } else {
        found[place].sources = []
      }
    } else {
      found.append(ProcessingRegister.Statement(text, of: source.map { [$0] } ?? []))
    }
  }

  /// What is said of every source is said of all.
  var statements: [ProcessingRegister.Statement] {
    found.map { statement in
      Set(statement.sources) == Set(all)
        ? ProcessingRegister.Statement(statement.text) : statement
    }
  }
}
