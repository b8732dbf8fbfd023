/// A period as it stands within a sentence.
package struct SpokenPeriod {
  private let text: String

  /// - Parameter text: as `ReportPeriod.Grain` has it: `octobre 2026`, `semaine du 5 mai 2026`…
  package init(_ text: String) { self.text = text }

  /// Whether French says « la » of it.
  package var isFeminine: Bool { text.hasPrefix("semaine ") }

  /// Days and quarters: `5 mai 2026`, `1er trimestre 2026`; no years.
  private var isNumbered: Bool {
    text.first?.isNumber == true && text.contains { $0.isWhitespace }
  }

  package var en: String { text.hasPrefix("week ") ? "the " + text : text }

  /// « la semaine du 5 mai », « le 1er trimestre », « octobre 2026 ».
  package var fr: String { isFeminine ? "la " + text : isNumbered ? "le " + text : text }

  /// « de la semaine du 5 mai », « du 1er trimestre », « d’octobre 2026 », « de 2024 ».
  package var frOf: String {
    if isFeminine { return "de la " + text }
    if isNumbered { return "du " + text }
    return (text.first.map { "ao".contains($0) } ?? false ? "d’" : "de ") + text
  }

  /// « à la semaine du 5 mai », « au 1er trimestre », « à octobre 2026 ».
  package var frTo: String { isFeminine ? "à la " + text : isNumbered ? "au " + text : "à " + text }
}
