import StageKit

/// Which values may be shown to somebody who looks into a pipeline: those of plain fields and of
/// aggregates. Everything else is masked: direct identifiers and sensitive data, what identifies in
/// combination, pseudonyms (which still stand for persons), and what nobody has classed.
public enum ShownClasses {
  /// What stands in the place of a masked value, an empty one too: whether somebody has a value may
  /// say as much as the value.
  public static let mask = "***"

  /// Whether a field's values may be shown.
  public static func shows(_ privacy: Privacy) -> Bool { !privacy.isPersonal }

  /// Whether a field's values are nobody's at all, not even summed up.
  public static func isPlain(_ privacy: Privacy) -> Bool {
    privacy.classes.keys.allSatisfy { $0 == .plain }
  }
}
