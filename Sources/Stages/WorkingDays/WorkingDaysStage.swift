import StageKit
import Tabular

/// `working_days`: counts working days between two dates, or marks those of a date.
public struct WorkingDaysStage: Stage, MethodTold {
  public static let declaration = StageDeclaration(
    name: "working_days", kind: .rowLocal,
    summary: Message(
      en: "Counts the working days between two dates, or says whether a date is one, by a table of "
        + "public holidays. It knows the years from the first holiday's to the last's; for dates "
        + "outside, the result is empty, and counted.",
      fr: "Compte les jours ouvrés entre deux dates, ou dit si une date en est un, d’après une "
        + "table de jours fériés. Il connaît les années du premier férié au dernier ; pour les "
        + "dates hors de celles-ci, le résultat est vide, et compté."),
    options: [
      OptionDeclaration(
        "from", .field,
        Message(
          en: "The date after which days are counted.",
          fr: "La date après laquelle on compte les jours.")),
      OptionDeclaration(
        "to", .field,
        Message(
          en: "The last date that counts; before `from` the number is negative.",
          fr: "La dernière date qui compte ; avant `from`, le nombre est négatif.")),
      OptionDeclaration(
        "day", .field,
        Message(
          en: "Instead of both: the date of which to say whether it is a working day.",
          fr: "Au lieu des deux : la date dont dire si elle est un jour ouvré.")),
      OptionDeclaration(
        "ends", .choice(WorkingCalendar.Ends.allCases.map(\.rawValue)), default: "after",
        Message(
          en: "`after` counts from the day after `from`, so that counts add up; `both` counts "
            + "`from` itself too.",
          fr: "`after` compte à partir du lendemain de `from`, et les nombres s’additionnent ; "
            + "`both` compte aussi `from`.")),
      OptionDeclaration(
        "holidays", .table, required: true,
        Message(
          en: "A step or source of public holidays, such as seeds/calendriers.",
          fr: "Une étape ou une source de jours fériés, comme seeds/calendriers.")),
      OptionDeclaration(
        "date", .field, default: "date",
        Message(en: "Its field with the days.", fr: "Son champ avec les jours.")),
      OptionDeclaration(
        "weekend", .list(.choice(days)), default: "[saturday, sunday]",
        Message(
          en: "Days of the week that are no working days.",
          fr: "Les jours de la semaine qui ne sont pas ouvrés.")),
      OptionDeclaration(
        "into", .name, default: "jours_ouvres or jour_ouvre",
        Message(en: "A new field for the result.", fr: "Un nouveau champ pour le résultat.")),
    ],
    privacy: Message(
      en: "The result carries the classes of the dates and of the table's field.",
      fr: "Le résultat porte les classes des dates et du champ de la table."),
    example: "working_days: {from: ouverture, to: cloture, holidays: feries}")

  private static let days = [
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
  ]

  public let output: Facts
  private let dates: [Field]
  private let result: Field
  private let ends: WorkingCalendar.Ends?
  private let table: String
  private let holiday: Field
  private let holidayPlace: Int
  private let weekend: Set<Int>
  private let input: Facts

  public let methodTold = [
    Message(
      en: "Working days leave out weekends and public holidays.",
      fr: "Les jours ouvrés ne comptent ni les week-ends ni les jours fériés.")
  ]

  public init(_ options: Options, _ binding: Binding) throws {
    input = binding.input
    let asked = ["from", "to", "day"].filter { options[$0] != nil }
    guard asked == ["day"] || asked == ["from", "to"] else {
      binding.diagnostics.error(
        "one-of", at: options.position,
        Message(
          en: "give either 'from' and 'to', or 'day'",
          fr: "donnez « from » et « to », ou bien « day »"))
      throw StageRejected()
    }
    if let node = options["ends"], asked == ["day"] {
      binding.diagnostics.error(
        "unused-key", at: node.position,
        Message(en: "'ends' goes with 'from' and 'to'", fr: "« ends » va avec « from » et « to »"))
    }
    dates = asked.compactMap { key in
      guard let node = options[key], let field = binding.field(node) else { return nil }
      Self.isDate(field, at: node.position, binding)
      return field
    }
    let node = try binding.require(options["holidays"])
    let side = try binding.require(binding.table(node))
    let place = options["date"] ?? SpecNode(.scalar("date", .quoted), at: node.position)
    let day = binding.field(place, in: side)
    if let day { Self.isDate(day, at: place.position, binding) }
    let name = options["into"]?.text ?? (asked == ["day"] ? "jour_ouvre" : "jours_ouvres")
    binding.isNewName(
      name, at: options["into"]?.position ?? options.position, among: input.names)
    try binding.settle()
    holiday = try binding.require(day)
    holidayPlace = try binding.require(side.index(of: holiday.name))
    table = node.text ?? ""
    ends =
      asked == ["day"]
      ? nil : options["ends"]?.text.flatMap(WorkingCalendar.Ends.init) ?? .after
    weekend = Set(
      options["weekend"]?.items?.compactMap { item in
        Self.days.firstIndex(of: item.text ?? "").map { $0 + 1 }
      } ?? [6, 7])
    result = Field(
      name, ends == nil ? .boolean : .integer,
      privacy: Privacy.union(dates.map(\.privacy)).union(holiday.privacy))
    output = input.setting(result).taking(from: side)
  }

  private static func isDate(_ field: Field, at position: SpecPosition, _ binding: Binding) {
    binding.isOfType(
      field, [.date], at: position,
      remedy: Message(
        en: "cast it to a date before: cast(x as date)",
        fr: "convertissez-le d’abord en date : cast(x as date)"))
  }

  public func needs(_ wanted: Set<String>) -> Set<String> {
    guard wanted.contains(result.name) else { return wanted }
    return wanted.subtracting([result.name]).union(dates.map(\.name))
  }

  public func sides(_ wanted: Set<String>) -> [SideNeed] {
    wanted.contains(result.name) ? [SideNeed(table: table, fields: [holiday.name])] : []
  }

  public func operation(_ context: StageContext) throws -> StageOperation {
    let positions = dates.compactMap { input.index(of: $0.name) }
    guard context.wanted.contains(result.name), let first = positions.first else {
      let places = input.fields.indices.map { Arrange.Place.column($0) } + [.absent(result.type)]
      return .rowLocal(Arrange(places))
    }
    var holidays: [Int32] = []
    for batch in try context.side(table) {
      guard case .date(let days) = batch.columns[holidayPlace].values else { continue }
      let valid = batch.columns[holidayPlace].validity
      for row in days.indices where valid[row] { holidays.append(days[row]) }
    }
    let question: WorkingDayCounts.Question =
      ends.map { .between(first, positions.last ?? first, $0) } ?? .isWorking(first)
    let (table, remark) = (table, context.remark)
    return .rowLocal(
      WorkingDayCounts(
        calendar: WorkingCalendar(holidays: holidays, weekend: weekend), question: question,
        judge: { if $0 > 0 { remark(Self.unknown($0, table)) } }))
  }

  private static func unknown(_ rows: Int, _ table: String) -> Message {
    Message(
      en: "\(rows) row\(rows == 1 ? "" : "s") with a date outside of the years that '\(table)' "
        + "knows: the working days are empty there",
      fr: "\(rows) ligne\(rows > 1 ? "s" : "") avec une date hors des années que « \(table) » "
        + "connaît : les jours ouvrés y sont vides")
  }
}
