import StageKit

extension Manifest.Entry {
  /// Rows alike in `quasi` are of at least `k` persons.
  struct Classes: Codable {
    /// Values that each class has of a sensitive field.
    struct Diversity: Codable {
      let field: String
      let values: Int
    }

    /// What else a class's values of a sensitive field are.
    struct Spread: Codable {
      let field: String
      let isNumber: Bool
      let spread: Anonymity.Spread

      enum CodingKeys: String, CodingKey {
        case field, model, millionths, rank
        case isNumber = "is_number"
      }
    }

    let k: Int
    let quasi: [String]
    let person: String?
    /// Whether persons are told apart by a field that the table does not have.
    let personIsHidden: Bool?
    let distinct: [Diversity]
    let spreads: [Spread]?

    enum CodingKeys: String, CodingKey {
      case k, quasi, person, distinct, spreads
      case personIsHidden = "person_is_hidden"
    }
  }
}

extension Manifest.Entry.Classes {
  init(_ terms: ClassTerms, _ names: [String]) {
    k = terms.k
    quasi = terms.quasi.map { names[$0] }.sorted()
    person = terms.person.map { names[$0] }
    personIsHidden = terms.hasPersons ? nil : true
    var (distinct, others): ([Diversity], [Spread]) = ([], [])
    for column in terms.sensitive {
      for spread in column.spreads {
        if case .distinct(let values) = spread {
          distinct.append(Diversity(field: column.field, values: values))
        } else {
          others.append(
            Spread(field: column.field, isNumber: column.isNumber, spread: spread))
        }
      }
    }
    self.distinct = distinct
    spreads = others.isEmpty ? nil : others
  }

  /// What is to be counted in a table of these columns.
  /// - Throws: `RunError` when it lacks some.
  func terms(_ names: [String], _ file: String) throws -> ClassTerms {
    func place(_ name: String) throws -> Int {
      guard let place = names.firstIndex(of: name) else {
        throw RunError(.refused, RunMessages.gateColumns(file))
      }
      return place
    }
    var sensitive: [ClassTerms.Sensitive] = []
    for one in distinct {
      sensitive.append(
        ClassTerms.Sensitive(
          field: one.field, column: try place(one.field), isNumber: false,
          spreads: [.distinct(one.values)]))
    }
    for one in spreads ?? [] {
      sensitive.append(
        ClassTerms.Sensitive(
          field: one.field, column: try place(one.field), isNumber: one.isNumber,
          spreads: [one.spread]))
    }
    return ClassTerms(
      k: k, quasi: try quasi.map(place), person: try person.map(place),
      hasPersons: personIsHidden != true, sensitive: sensitive)
  }

  /// That persons are hidden in classes, as guarantees tell it.
  var told: String { "k=\(k) (\(quasi.joined(separator: ", ")))" }

  /// Promises that the file's bytes prove, as guarantees tell them.
  var proven: [String] {
    (personIsHidden == true ? [] : [told]) + distinct.map { "l=\($0.values) (\($0.field))" }
      + (spreads ?? []).filter { !$0.spread.isRelative }.map { one in
        "\(one.spread.told("=")) (\(one.field))"
      }
  }
}

extension Manifest.Entry.Classes.Spread {
  init(from decoder: any Decoder) throws {
    let box = try decoder.container(keyedBy: CodingKeys.self)
    field = try box.decode(String.self, forKey: .field)
    isNumber = try box.decodeIfPresent(Bool.self, forKey: .isNumber) ?? false
    let bound = try box.decodeIfPresent(Int.self, forKey: .millionths) ?? 0
    let rank = try box.decodeIfPresent(Int.self, forKey: .rank) ?? 1
    let model = try box.decode(String.self, forKey: .model)
    switch model {
    case "entropy": spread = .entropy(millionths: bound)
    case "recursive": spread = .recursive(millionths: bound, rank)
    case "closeness_equal": spread = .closeness(millionths: bound, .equal)
    case "closeness_ordered": spread = .closeness(millionths: bound, .ordered)
    case "closeness_hierarchical": spread = .closeness(millionths: bound, .hierarchical(""))
    case "likeness": spread = .betaLikeness(millionths: bound, isEnhanced: false)
    case "likeness_enhanced": spread = .betaLikeness(millionths: bound, isEnhanced: true)
    case "disclosure": spread = .disclosure(millionths: bound)
    default:
      throw DecodingError.dataCorruptedError(
        forKey: .model, in: box, debugDescription: "unknown model")
    }
  }

  func encode(to encoder: any Encoder) throws {
    var box = encoder.container(keyedBy: CodingKeys.self)
    try box.encode(field, forKey: .field)
    if isNumber { try box.encode(true, forKey: .isNumber) }
    let (model, bound): (String, Int) =
      switch spread {
      case .distinct(let values): ("distinct", values)
      case .entropy(let l): ("entropy", l)
      case .recursive(let c, _): ("recursive", c)
      case .closeness(let t, .equal): ("closeness_equal", t)
      case .closeness(let t, .ordered): ("closeness_ordered", t)
      case .closeness(let t, .hierarchical): ("closeness_hierarchical", t)
      case .betaLikeness(let beta, let isEnhanced):
        (isEnhanced ? "likeness_enhanced" : "likeness", beta)
      case .disclosure(let delta): ("disclosure", delta)
      }
    try box.encode(model, forKey: .model)
    try box.encode(bound, forKey: .millionths)
    if case .recursive(_, let rank) = spread { try box.encode(rank, forKey: .rank) }
  }
}
