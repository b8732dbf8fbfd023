/// Residents' requests by the gigabyte, for benchmarks: 12 columns, 20 % of the fields quoted,
/// 200,000 distinct e-mails, 2 % of the amounts empty.
///
/// Cells are copied from pools that are already in the file's encoding; nothing is a `String` here.
struct BenchmarkRows {
  /// How the rows are written. With `;` go the decimal comma, dd/mm/yyyy and CR LF, as office
  /// software in French writes; with `,` the decimal point, ISO dates and LF.
  struct Style {
    var delimiter: UInt8
    var encoding: TextEncoding
    /// No broken row, no grouped thousands, no line break inside a field.
    var clean: Bool

    var isFrench: Bool { delimiter == UInt8(ascii: ";") }
  }

  static let header = [
    "id", "ouverture", "cloture", "statut", "categorie", "quartier", "canal", "nom", "courriel",
    "telephone", "montant", "commentaire",
  ]
  static let distinctEmails = 200_000

  private let style: Style
  private var dice: Dice
  private let pools: BenchmarkPools
  private(set) var broken = 0

  init(style: Style, seed: UInt64) throws {
    self.style = style
    dice = Dice(seed: seed, stream: "banc")
    pools = try BenchmarkPools(style)
  }

  /// Appends the header, in the file's style.
  func appendHeader(to out: inout [UInt8]) {
    let separator = String(decoding: [style.delimiter], as: UTF8.self)
    out += BenchmarkRows.header.joined(separator: separator).utf8
    out += pools.newline
  }

  /// Appends the row with this number, from 0.
  mutating func appendRow(_ number: Int, to out: inout [UInt8]) {
    let random = dice.next()
    let spoiled = !style.clean && random % 2_000 == 0
    if spoiled { broken += 1 }
    let kind = spoiled ? Int((random >> 11) % 4) : -1
    appendWhat(number, random, spoiledDate: kind == 0, to: &out)
    if kind == 1 {  // Too few fields.
      out.removeLast()
      out += pools.newline
      return
    }
    appendWho(to: &out)
    if kind == 2 {
      out += pools.badNumber
    } else {
      appendAmount(to: &out)
    }
    out.append(style.delimiter)
    if kind == 3 {
      out += pools.strayQuote
    } else {
      out += pools.comments[dice.below(pools.comments.count)]
    }
    out += pools.newline
  }

  /// The first seven cells: the request itself.
  private mutating func appendWhat(
    _ number: Int, _ random: UInt64, spoiledDate: Bool, to out: inout [UInt8]
  ) {
    appendDigits(number, width: 12, to: &out)
    out.append(style.delimiter)
    let days = pools.days.count - BenchmarkPools.longestDelay
    let opened = Int((random >> 16) & 0xFFFF_FFFF) % days
    out += spoiledDate ? pools.badDate : pools.days[opened]
    out.append(style.delimiter)
    let open = (random >> 50) % 10 == 0
    if !open { out += pools.days[opened + dice.below(BenchmarkPools.longestDelay)] }
    out.append(style.delimiter)
    out += open ? pools.statuses[1] : pools.statuses[(random >> 54) % 16 == 0 ? 2 : 0]
    out.append(style.delimiter)
    out += pools.categories[dice.below(pools.categories.count)]
    out.append(style.delimiter)
    out += pools.districts[dice.below(pools.districts.count)]
    out.append(style.delimiter)
    out += pools.channels[dice.below(pools.channels.count)]
    out.append(style.delimiter)
  }

  /// Name, e-mail and telephone of the same person.
  private mutating func appendWho(to out: inout [UInt8]) {
    let person = dice.below(BenchmarkRows.distinctEmails)
    out += pools.names[person % pools.names.count]
    out.append(style.delimiter)
    out += pools.mailboxes[person % pools.mailboxes.count]
    appendDigits(person, width: 6, to: &out)
    out += pools.mailHost
    out.append(style.delimiter)
    out += pools.phonePrefix
    appendDigits(person % 10_000, width: 4, to: &out)
    out.append(style.delimiter)
  }

  private mutating func appendAmount(to out: inout [UInt8]) {
    let random = Int(truncatingIfNeeded: dice.next() >> 8)
    if random % 50 == 0 { return }
    let cents = (random >> 8) % ((random >> 40) % 8 == 0 ? 3_000_000 : 60_000)
    let euros = cents / 100
    if !style.clean && euros >= 1_000 && random % 5 == 0 {
      appendDigits(euros / 1_000, width: 1, to: &out)
      out += pools.hardSpace
      appendDigits(euros % 1_000, width: 3, to: &out)
    } else {
      appendDigits(euros, width: 1, to: &out)
    }
    out.append(UInt8(ascii: style.isFrench ? "," : "."))
    appendDigits(cents % 100, width: 2, to: &out)
  }

  private func appendDigits(_ value: Int, width: Int, to out: inout [UInt8]) {
    var divisor = 1
    var digits = 1
    while digits < width || value / divisor >= 10 {
      divisor *= 10
      digits += 1
    }
    while divisor > 0 {
      out.append(UInt8(truncatingIfNeeded: 48 + value / divisor % 10))
      divisor /= 10
    }
  }
}

/// The cells that benchmark rows are put together from, quoted and encoded.
struct BenchmarkPools {
  static let longestDelay = 60

  let days: [[UInt8]]
  let statuses: [[UInt8]]
  let categories: [[UInt8]]
  let districts: [[UInt8]]
  let channels: [[UInt8]]
  let names: [[UInt8]]
  let mailboxes: [[UInt8]]
  let comments: [[UInt8]]
  let mailHost = [UInt8]("@courrier.example".utf8)
  let phonePrefix = [UInt8]("063998".utf8)
  let badDate: [UInt8]
  let badNumber = [UInt8]("n.c.".utf8)
  let strayQuote: [UInt8]
  let hardSpace: [UInt8]
  let newline: [UInt8]

  init(_ style: BenchmarkRows.Style) throws {
    func encoded(_ cells: [String]) throws -> [[UInt8]] {
      try cells.map { try style.encoding.encode(Array($0.utf8)) }
    }
    let first = Day(2020, 1, 1)
    days = try encoded(
      (0..<2_500).map { style.isFrench ? (first + $0).french : (first + $0).iso })
    statuses = try encoded(["close", "en cours", "sans suite"])
    // Two categories in five are quoted though nothing asks for it, as some programs do.
    categories = try encoded(
      (0..<60).map { number in
        let name = RequestTexts.categories[number % RequestTexts.categories.count].name
        return number % 5 < 2 ? Sheet.inQuotes(name) : name
      })
    districts = try encoded((0..<City.districtCount).map(City.code))
    channels = try encoded(RequestTexts.channels)
    var dice = Dice(seed: 1, stream: "banc, textes")
    let separator = style.isFrench ? "; " : ", "
    names = try encoded(
      (0..<4_096).map { _ in
        Sheet.inQuotes(dice.pick(Names.families) + separator + dice.pick(Names.given))
      })
    mailboxes = try encoded(Names.given.map { Names.plain($0) + "." })
    comments = try encoded(
      (0..<4_096).map { number in
        let category = RequestTexts.categories[number % RequestTexts.categories.count]
        let text =
          switch dice.below(20) {
          case 0..<12: dice.pick(category.subjects)
          case 12..<17: RequestTexts.plainComment(category, &dice)
          default: RequestTexts.comment(category, &dice)
          }
        let flat = String(text.map { $0 == "\n" ? " " : $0 })
        return Sheet.inQuotes(style.clean ? flat : text)
      })
    (badDate, strayQuote) = try (
      style.encoding.encode(Array("31/02/2025".utf8)),
      style.encoding.encode(Array("\"Le panneau \"stop\" est tombé\"".utf8))
    )
    hardSpace = try style.encoding.encode(Array("\u{A0}".utf8))
    newline = Array((style.isFrench ? "\r\n" : "\n").utf8)
  }
}
