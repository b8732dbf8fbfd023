import Tabular

/// How a stage meets its rows.
public enum StageKind: String, Sendable {
  /// Row by row: fuses with its neighbours, in parallel, order kept.
  case rowLocal = "row-local"
  /// Must see all rows before it gives one out.
  case breaker
  /// Observes all rows, solves, then maps them.
  case twoPass = "two-pass"
}

/// What an anonymising stage promises, and does not.
public struct StagePromise: Sendable {
  public let guarantee: Message
  /// What must hold for it.
  public let assumes: Message
  /// What it does not protect against.
  public let leaves: Message

  public init(guarantee: Message, assumes: Message, leaves: Message) {
    (self.guarantee, self.assumes, self.leaves) = (guarantee, assumes, leaves)
  }
}

/// What a stage says of itself; from it come its YAML decoding, its documentation and its JSON
/// Schema.
public struct StageDeclaration: Sendable {
  public let name: String
  /// Other names that it is written by.
  public let otherNames: [String]
  public let kind: StageKind
  public let summary: Message
  public let options: [OptionDeclaration]
  /// The option that a body which is not a mapping of options fills (`filter: expr`,
  /// `drop: [a, b]`); with `bodyIsMap` also a mapping (`derive: {a: expr}`).
  public let shorthand: String?
  /// Whether a mapping body is the shorthand option itself, never a record of options.
  public let bodyIsMap: Bool
  /// How privacy classes and guarantees pass through.
  public let privacy: Message
  /// Every stage of the anonymisation set has one.
  public let promise: StagePromise?
  /// The ways in which rows can leave or appear, by the identifiers used in tallies.
  public let ways: [(id: String, meaning: Message)]
  /// A stage as written in YAML, for the documentation; checked by a test.
  public let example: String

  public init(
    name: String, otherNames: [String] = [], kind: StageKind, summary: Message,
    options: [OptionDeclaration],
    shorthand: String? = nil, bodyIsMap: Bool = false, privacy: Message,
    promise: StagePromise? = nil, ways: [(id: String, meaning: Message)] = [], example: String
  ) {
    (self.name, self.otherNames, self.kind) = (name, otherNames, kind)
    (self.summary, self.options) = (summary, options)
    (self.shorthand, self.bodyIsMap, self.privacy) = (shorthand, bodyIsMap, privacy)
    (self.promise, self.ways, self.example) = (promise, ways, example)
  }

  /// Whether it is written so.
  public func isCalled(_ name: String) -> Bool { self.name == name || otherNames.contains(name) }
}
