extension FunctionDeclaration {
  static let dates: [FunctionDeclaration] =
    [
      part(.year, Message(en: "the year", fr: "l’année")),
      part(.quarter, Message(en: "the quarter, 1 to 4", fr: "le trimestre, de 1 à 4")),
      part(.month, Message(en: "the month, 1 to 12", fr: "le mois, de 1 à 12")),
      part(.day, Message(en: "the day of the month", fr: "le jour du mois")),
      part(.hour, Message(en: "the hour, 0 to 23", fr: "l’heure, de 0 à 23")),
      part(.minute, Message(en: "the minute, 0 to 59", fr: "la minute, de 0 à 59")),
      part(
        .weekday,
        Message(
          en: "the day of the week, 1 (Monday) to 7 (Sunday)",
          fr: "le jour de la semaine, de 1 (lundi) à 7 (dimanche)")),
      part(
        .isoWeek,
        Message(
          en: "the week of ISO 8601, 1 to 53; goes with `iso_year`",
          fr: "la semaine ISO 8601, de 1 à 53 ; va avec `iso_year`")),
      part(
        .isoYear,
        Message(
          en: "the year that the ISO week belongs to",
          fr: "l’année à laquelle appartient la semaine ISO")),
    ] + reckoning

  private static func part(
    _ part: DatePartKernel.Part, _ summary: Message
  ) -> FunctionDeclaration {
    let name = part.rawValue
    return FunctionDeclaration(name, "\(name)(date)", 1...1, summary) { call in
      guard let x = call.instant(0) else { return nil }
      if part.needsTime, x.type == .date {
        call.binder.report(.wrongType, BindingMessages.dateHasNoTime, at: x.source.span)
        return nil
      }
      return call.make(DatePartKernel(part: part), [x], type: .integer)
    }
  }

  private static let reckoning: [FunctionDeclaration] = [
    FunctionDeclaration(
      "date_trunc", "date_trunc('month', date)", 2...2,
      Message(
        en: "the start of the year, quarter, month, week, day or hour",
        fr: "le début de l’année (`year`), du trimestre (`quarter`), du mois (`month`), de la "
          + "semaine (`week`), du jour (`day`) ou de l’heure (`hour`)")
    ) { call in truncated(call) },
    FunctionDeclaration(
      "days_between", "days_between(a, b)", 2...2,
      Message(
        en: "the days from a to b, negative when b comes first",
        fr: "les jours de a à b, négatifs si b vient avant")
    ) { call in
      let (a, b) = (call.instant(0), call.instant(1))
      guard let a, let b else { return nil }
      return call.make(DaysBetweenKernel(), [a, b], type: .integer)
    },
    FunctionDeclaration(
      "add_days", "add_days(date, n)", 2...2,
      Message(
        en: "so many days later, or earlier when negative",
        fr: "tant de jours plus tard, ou plus tôt si négatif")
    ) { call in
      let days = call.binder.coerced(call.arguments[1], to: .integer)
      guard let x = call.instant(0), let days else { return nil }
      return call.make(AddDaysKernel(type: x.type), [x, days], type: x.type)
    },
    reading(
      "to_date", isTry: false,
      Message(
        en: "a date from text; an error where the text is not written so",
        fr: "une date lue dans un texte ; erreur si le texte n’a pas ce format")),
    reading(
      "try_to_date", isTry: true,
      Message(
        en: "a date from text; null where the text is not written so",
        fr: "une date lue dans un texte ; null si le texte n’a pas ce format")),
  ]

  private static func truncated(_ call: FunctionCall) -> BoundNode? {
    let instant = call.instant(1)
    let what = Message(en: "the unit", fr: "l’unité")
    guard let name = call.constantText(0, what), let instant else { return nil }
    guard let unit = DateTruncKernel.Unit(rawValue: name.lowercased()) else {
      let units = DateTruncKernel.Unit.allCases.map(\.rawValue)
      let near = Suggestion.nearest(to: name, among: units)
      call.binder.report(
        .wrongArguments, BindingMessages.unknownUnit(name), at: call.arguments[0].source.span,
        remedy: near.map { SyntaxMessages.didYouMean("'\($0)'") }
          ?? BindingMessages.unitsAre(units))
      return nil
    }
    if unit == .hour, instant.type == .date {
      call.binder.report(.wrongType, BindingMessages.dateHasNoTime, at: instant.source.span)
      return nil
    }
    return call.make(
      DateTruncKernel(unit: unit, type: instant.type), [instant], type: instant.type)
  }

  private static func reading(
    _ name: String, isTry: Bool, _ summary: Message
  ) -> FunctionDeclaration {
    FunctionDeclaration(name, "\(name)(text[, 'dd/MM/yyyy'])", 1...2, summary) { call in
      guard let text = call.binder.coerced(call.arguments[0], to: .text) else { return nil }
      var format = DateFormat.iso
      if call.arguments.count > 1 {
        let what = Message(en: "the format", fr: "le format")
        guard let written = call.constantText(1, what) else { return nil }
        guard let known = DateFormat(written) else {
          call.binder.report(
            .wrongArguments, BindingMessages.badDateFormat, at: call.arguments[1].source.span,
            remedy: BindingMessages.dateFormatRemedy)
          return nil
        }
        format = known
      }
      return call.make(ToDateKernel(format: format, isTry: isTry), [text], type: .date)
    }
  }
}
