/// The ways by which rows leave operators or are made by them: the keys of a `Tally`.
public enum RowWay {
  /// A filter's condition was false.
  public static let filteredFalse = "filtered_false"
  /// A filter's condition was unknown, because a value it needs is null.
  public static let filteredUnknown = "filtered_unknown"
  /// Rows that the output rows of an aggregation stand for, beyond themselves.
  public static let folded = "folded"
  /// Made: the one row of an aggregation without keys over no rows.
  public static let emptyGroup = "empty_group"
  /// Before a limit's offset.
  public static let beforeOffset = "before_offset"
  /// Past a limit.
  public static let beyondLimit = "beyond_limit"
  /// A row with the same keys was kept instead.
  public static let duplicate = "duplicate"
  /// Not drawn by a sample.
  public static let notSampled = "not_sampled"
  /// A join found no row with the key.
  public static let unmatched = "unmatched"
  /// A join found a null in the key, which matches nothing.
  public static let nullKey = "null_key"
  /// An anti-join found a row with the key.
  public static let matched = "matched"
  /// Made: a joined row's second and further matches.
  public static let matchedAgain = "matched_again"
  /// Made: rows of the other tables of a union.
  public static let appended = "appended"
  /// Made: a combination of keys that had no row.
  public static let completed = "completed"
  /// Made: the second and further rows that an unpivoted row gives.
  public static let unpivoted = "unpivoted"
  /// An unpivoted cell was null.
  public static let nullCell = "null_cell"
  /// A pivoted row whose name is not among the columns asked for.
  public static let unlisted = "unlisted"
  /// Beyond what one person may contribute.
  public static let overBound = "over_bound"
  /// Nobody is named whose row it is.
  public static let noPerson = "no_person"
  /// The row's group is not among those declared.
  public static let undeclared = "undeclared"
  /// In a group of too few to be shown.
  public static let belowThreshold = "below_threshold"
  /// In a group whose count became 0.
  public static let perturbedAway = "perturbed_to_zero"
  /// In a group that is not shown because nothing is released.
  public static let rehearsed = "rehearsed"
  /// A point lies in no district.
  public static let outsidePlaces = "outside_places"
  /// A row has no coordinates.
  public static let noCoordinates = "no_coordinates"
  /// The person objected.
  public static let opposed = "opposed"
}
