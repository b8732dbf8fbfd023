import Tabular

/// How good the data behind a key figure are: a word, a sign and the numbers that it rests on, so
/// that no colour has to be told.
struct FigureQuality {
  enum Grade { case good, fair, weak }

  /// Values that there are, and that there would be if none were missing.
  let known: Int
  let all: Int
  /// Sources of the figure's table.
  let sources: [ReportFacts.Source]
  let facts: ReportFacts

  /// - Returns: nil where nothing is known of the sources.
  init?(_ table: ReportTable, known: Int, of all: Int, _ facts: ReportFacts?) {
    guard let facts else { return nil }
    sources = facts.sources.filter { $0.tables.contains(table.name) }
    guard !sources.isEmpty, all > 0 else { return nil }
    (self.known, self.all, self.facts) = (known, all, facts)
  }

  private var read: Int { sources.reduce(0) { $0 + $1.read } }
  private var rejected: Int { min(facts.told(sources.reduce(0) { $0 + $1.rejected }), read) }

  /// Days since the first that data are missing from; 0 where none are.
  private var late: Int {
    guard let asOf = facts.asOf, let since = sources.compactMap(\.missingSince).min() else {
      return 0
    }
    return asOf - since + 1
  }

  var grade: Grade {
    if known * 3 < all * 2 || rejected * 10 > read || late > 92 { return .weak }
    return known * 20 >= all * 19 && rejected * 50 <= read && late == 0 ? .good : .fair
  }

  /// The badge, then what it rests on.
  func nodes(_ context: ReportContext) -> [HtmlNode] {
    let (sign, word, style): (String, Message, HtmlAttribute.Style) =
      switch grade {
      case .good: ("✓", Message(en: "Good data", fr: "Données bonnes"), .good)
      case .fair: ("≈", Message(en: "Fair data", fr: "Données passables"), .fair)
      case .weak: ("!", Message(en: "Weak data", fr: "Données fragiles"), .poor)
      }
    return [
      .of(
        .span, [.style(.badge, style)], .of(.span, [.isDecoration], sign + " "),
        .text(context.say(word))),
      .of(.span, [.style(.why)], reasons(context).joined(separator: " · ")),
    ]
  }

  private func reasons(_ context: ReportContext) -> [String] {
    var reasons: [String] = []
    if all > 1 {
      let (some, whole) = (context.count(known), context.count(all))
      reasons.append(
        context.say(Message(en: "\(some) values of \(whole)", fr: "\(some) valeurs sur \(whole)")))
    }
    if read > 0 {
      let share = Typography.share(rejected, of: read, context.language)
      reasons.append(
        context.say(Message(en: "\(share) of rows rejected", fr: "\(share) de lignes rejetées")))
    }
    let day = { (day: Int) in Typography.date(day, context.language) }
    if let since = sources.compactMap(\.missingSince).min().map(day) {
      reasons.append(
        context.say(
          Message(en: "data missing since \(since)", fr: "données manquantes depuis le \(since)")))
    } else if let through = sources.compactMap(\.through).min().map(day) {
      reasons.append(context.say(Message(en: "up to \(through)", fr: "jusqu’au \(through)")))
    }
    return reasons
  }

  /// What the words mean.
  static let terms = Message(
    en: "Data are called good where 95% of the values are there, 2% of the rows at most were "
      + "rejected and no service is late; weak where a third of the values lacks, more than 10% of "
      + "the rows were rejected or data are missing for more than three months; fair otherwise.",
    fr: "Les données sont dites bonnes si 95 % des valeurs sont là, si 2 % des lignes au plus ont "
      + "été rejetées et si aucun service n’est en retard ; fragiles s’il manque un tiers des "
      + "valeurs, si plus de 10 % des lignes ont été rejetées ou si des données manquent depuis "
      + "plus de trois mois ; passables sinon.")
}
