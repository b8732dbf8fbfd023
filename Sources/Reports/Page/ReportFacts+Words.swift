import Tabular

/// What a report says of its sources in a sentence, wherever it says it.
extension ReportFacts {
  /// How much of what was read could be used; nil where nothing was read.
  func kept(_ language: Language) -> (message: Message, isGood: Bool)? {
    let read = sources.reduce(0) { $0 + $1.read }
    guard read > 0 else { return nil }
    let good = max(read - told(sources.reduce(0) { $0 + $1.rejected }), 0)
    let message = ReportWords.kept(
      Typography.share(good, of: read, language), Typography.count(read, language))
    return (message, (read - good) * 50 <= read)
  }

  /// Where single rows are not told of, rejects are told in tens.
  func told(_ rejected: Int) -> Int { leastTold > 0 ? (rejected + 5) / 10 * 10 : rejected }

  /// Which services’ data are missing since when; nil where no source says how often it comes.
  func timeliness(_ language: Language) -> (text: String, isComplete: Bool)? {
    let late = sources.filter { $0.missingSince != nil }
    let text: Message
    if late.isEmpty {
      guard let least = sources.compactMap(\.through).min() else { return nil }
      text = ReportWords.nothingLate(Typography.date(least, language))
    } else {
      let parts = late.map { source in
        let title = source.title.text(language) + (source.service.map { " (\($0))" } ?? "")
        return ReportWords.since(title, Typography.date(source.missingSince ?? 0, language))
          .text(language)
      }
      text = ReportWords.late(parts.joined(separator: language == .fr ? " ; " : "; "))
    }
    return (Typography.text(text.text(language), language), late.isEmpty)
  }

  /// What nothing gives that the figures were to be made of; nil where there is all.
  func absence(_ language: Language) -> String? {
    guard !lacking.isEmpty else { return nil }
    let bare = lacking.filter { $0.because == nil }.map { $0.title.text(language) }
    var sentences: [String] = []
    if !bare.isEmpty {
      sentences.append(ReportWords.given(bare.joined(separator: ", ")).text(language))
    }
    for one in lacking {
      guard let reason = one.because?.text(language) else { continue }
      let colon = language == .fr ? " : " : ": "
      sentences.append(one.title.text(language) + colon + reason)
    }
    return Typography.text(
      sentences.map { $0.hasSuffix(".") ? $0 : $0 + "." }.joined(separator: " "), language)
  }
}
