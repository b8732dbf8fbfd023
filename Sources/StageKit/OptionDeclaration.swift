import Tabular

/// The shape of an option's value, as data: YAML decoding, documentation and the editors' JSON
/// Schema all come from it.
public indirect enum OptionType: Sendable {
  /// A SQL scalar expression.
  case expression
  /// An expression over aggregates, as in `aggregate`.
  case measure
  /// The name of a field of the input.
  case field
  /// One field's name or a list of them.
  case fields
  /// A new name: letters, digits and `_`, not beginning with a digit.
  case name
  /// The name of a step or source.
  case table
  case text
  case boolean
  case integer(ClosedRange<Int>)
  case number(ClosedRange<Double>)
  /// A share such as `1%` or `0.01`, or a count such as `20`.
  case limit
  case choice([String])
  /// A scalar of any type: text, number, boolean, date, null.
  case literal
  /// A file, relative to the pipeline's own.
  case file
  /// A stage's name with its options; they are decoded by the stage's own declaration.
  case stage
  case list(OptionType)
  /// A mapping whose keys the author chooses; `keys` tells what they are.
  case map(keys: String, OptionType)
  case record([OptionDeclaration])
  /// The first alternative whose shape fits.
  case either([OptionType])
}

/// An option of a stage, or of anything else that is written in YAML.
public struct OptionDeclaration: Sendable {
  public let name: String
  public let type: OptionType
  public let required: Bool
  /// As it would be written, for the documentation.
  public let defaultText: String?
  public let summary: Message

  public init(
    _ name: String, _ type: OptionType, required: Bool = false, default defaultText: String? = nil,
    _ summary: Message
  ) {
    (self.name, self.type, self.required) = (name, type, required)
    (self.defaultText, self.summary) = (defaultText, summary)
  }
}
