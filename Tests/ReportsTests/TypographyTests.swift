import Tabular
import Testing

import Reports

/// Numbers, dates and signs as French and English print them.
@Suite struct TypographyTests {
  @Test func thousandsAndMarks() {
    let value = Decimal(digits: 12_345_678, scale: 4)
    #expect(Typography.number(value, decimals: 1, .fr) == "1\u{202f}234,6")
    #expect(Typography.number(value, decimals: 1, .en) == "1,234.6")
    #expect(Typography.number(-0.05, decimals: 1, .fr) == "\u{2212}0,1")
    #expect(Typography.number(Decimal(digits: 5, scale: 2), decimals: 2, .fr) == "0,05")
    #expect(Typography.number(.nan, decimals: 1, .fr) == "–")
    #expect(Typography.number(.infinity, decimals: 1, .en) == "–")
    #expect(Typography.count(-1_234_567, .fr) == "\u{2212}1\u{202f}234\u{202f}567")
  }

  @Test func unitsAndShares() {
    #expect(Typography.measured("1\u{202f}234,5", "%", .fr) == "1\u{202f}234,5\u{a0}%")
    #expect(Typography.measured("12.5", "%", .en) == "12.5%")
    #expect(Typography.measured("6", "jours", .fr) == "6\u{a0}jours")
    #expect(Typography.share(1, of: 8, .fr) == "12,5\u{a0}%")
    #expect(Typography.share(1, of: 0, .fr) == "–")
  }

  @Test func differencesHaveASign() {
    #expect(Typography.signed(4.44, decimals: 1, .fr) == "+4,4")
    #expect(Typography.signed(-4.44, decimals: 1, .en) == "\u{2212}4.4")
    #expect(Typography.signed(0.04, decimals: 1, .fr) == "0,0")
    #expect(Typography.signed(-0.04, decimals: 1, .fr) == "0,0")
  }

  @Test func datesInWords() {
    let day = 20_779
    #expect(Typography.date(day, .fr) == "22\u{a0}novembre 2026")
    #expect(Typography.date(day, .en) == "22\u{a0}November 2026")
    #expect(Typography.date(day - 21, .fr) == "1er\u{a0}novembre 2026")
  }

  @Test func signsTakeTheirSpaces() {
    #expect(
      Typography.text("« Oui » : 3 % ; non !", .fr)
        == "«\u{a0}Oui\u{a0}»\u{a0}: 3\u{a0}%\u{a0}; non\u{a0}!")
    #expect(Typography.text("Yes : 3 %", .en) == "Yes : 3 %")
    #expect(
      Typography.text("pour 1 000 ou 1 234 567, en 2026 150, le 3 12", .fr)
        == "pour 1\u{202f}000 ou 1\u{202f}234\u{202f}567, en 2026 150, le 3 12")
    #expect(Typography.text("« à 5 » ?", .fr) == "«\u{a0}à 5\u{a0}»\u{a0}?")
  }

  /// Months, quarters and years are told by their first days.
  @Test func periodsByGrain() {
    func days(_ all: [(Int, Int, Int)]) -> [Value] {
      all.compactMap { CivilDate(year: $0.0, month: $0.1, day: $0.2) }
        .map { .date(Int32($0.daysSinceEpoch)) }
    }
    let months = days([(2026, 1, 1), (2026, 2, 1), (2026, 3, 1)])
    let january = 20_454
    #expect(ReportPeriod.grain(of: months) == .month)
    #expect(ReportPeriod.Grain.month.text(january, .fr) == "janvier 2026")
    #expect(ReportPeriod.Grain.month.end(of: january) == january + 31)
    #expect(ReportPeriod.grain(of: days([(2024, 1, 1), (2025, 1, 1)])) == .year)
    #expect(ReportPeriod.grain(of: days([(2026, 1, 1), (2026, 4, 1), (2026, 7, 1)])) == .quarter)
    #expect(ReportPeriod.Grain.quarter.text(january, .fr) == "1er trimestre 2026")
    #expect(ReportPeriod.grain(of: days([(2026, 1, 5), (2026, 1, 12), (2026, 1, 19)])) == .week)
    #expect(ReportPeriod.grain(of: days([(2026, 1, 5), (2026, 1, 7)])) == .day)
  }

  /// French wants articles and elisions around periods.
  @Test func periodsStandInSentences() {
    let told = ["octobre 2026", "mars 2026", "2024", "1er trimestre 2026", "semaine du 5 mai 2026"]
    #expect(
      told.map { SpokenPeriod($0).frOf } == [
        "d’octobre 2026", "de mars 2026", "de 2024", "du 1er trimestre 2026",
        "de la semaine du 5 mai 2026",
      ])
    #expect(
      told.map { SpokenPeriod($0).frTo } == [
        "à octobre 2026", "à mars 2026", "à 2024", "au 1er trimestre 2026",
        "à la semaine du 5 mai 2026",
      ])
    #expect(SpokenPeriod("week of 5 May 2026").en == "the week of 5 May 2026")
  }
}
