import Json
import Tabular

/// Features' properties as columns: one type each.
struct PropertyTable {
  let properties: [Property]
  /// A row a feature.
  let values: [[Value]]

  init(_ features: [[JSONMember]]) {
    var names: [String] = []
    var places: [String: Int] = [:]
    for member in features.lazy.joined() where places[member.key] == nil {
      places[member.key] = names.count
      names.append(member.key)
    }
    var kinds = [Kind](repeating: .nothing, count: names.count)
    var counts = [Int](repeating: 0, count: names.count)
    for member in features.lazy.joined() {
      guard let place = places[member.key], member.value.content != .null else { continue }
      kinds[place] = kinds[place].with(Kind(member.value))
      counts[place] += 1
    }
    properties = names.indices.map { place in
      Property(
        name: names[place], type: kinds[place].type, isNullable: counts[place] < features.count)
    }
    values = features.map { members in
      var row = [Value](repeating: .null, count: names.count)
      for member in members {
        guard let place = places[member.key] else { continue }
        row[place] = kinds[place].value(member.value)
      }
      return row
    }
  }

  /// The kinds of values, each fitting into some of the later ones.
  private enum Kind: Int {
    case nothing, boolean, integer, decimal, double, text, nested

    init(_ node: JSONNode) {
      switch node.content {
      case .null: self = .nothing
      case .boolean: self = .boolean
      case .string: self = .text
      case .array, .object: self = .nested
      case .number(let digits):
        if Int64(digits) != nil {
          self = .integer
        } else {
          self = NumberText.decimal(Array(digits.utf8).span) == nil ? .double : .decimal
        }
      }
    }

    func with(_ other: Kind) -> Kind {
      if self == other || other == .nothing { return self }
      if self == .nothing { return other }
      // Truth values and numbers have only their texts in common.
      if self == .boolean || other == .boolean {
        return self == .nested || other == .nested ? .nested : .text
      }
      return rawValue > other.rawValue ? self : other
    }

    var type: DataType? {
      switch self {
      case .nothing, .text: .text
      case .boolean: .boolean
      case .integer: .integer
      case .decimal: .decimal
      case .double: .double
      case .nested: nil
      }
    }

    func value(_ node: JSONNode) -> Value {
      let text = node.scalarText ?? ""
      if node.content == .null { return .null }
      switch self {
      case .nothing, .nested: return .null
      case .boolean: return node.boolean.map { .boolean($0) } ?? .null
      case .integer: return Int64(text).map { .integer($0) } ?? .null
      case .decimal: return NumberText.decimal(Array(text.utf8).span).map { .decimal($0) } ?? .null
      case .double: return Double(text).map { .double($0) } ?? .null
      case .text: return .text(text)
      }
    }
  }
}
