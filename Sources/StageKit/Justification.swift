/// What only people can decide, and must say why: a stage's lowering of a class, or a choice of
/// rows by what identifies. Stands in the privacy lock.
public struct Justification: Sendable, Hashable {
  public enum Kind: Sendable, Hashable {
    /// A field's classes become this one. Needs an entry in the charter, too.
    case declassification(PrivacyClass)
    /// Rows are chosen by the value of a direct identifier.
    case singlingOut
  }

  public let kind: Kind
  /// The field, as it is called there.
  public let field: String
  public let origins: Set<FieldOrigin>
  public let because: String
  public let position: SpecPosition

  public init(
    _ kind: Kind, field: Field, because: String, at position: SpecPosition
  ) {
    (self.kind, self.field, origins) = (kind, field.name, field.privacy.origins)
    (self.because, self.position) = (because, position)
  }
}

/// A stage with something to justify.
public protocol Justified: Stage {
  var justifications: [Justification] { get }
}
