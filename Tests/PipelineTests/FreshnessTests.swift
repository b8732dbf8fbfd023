import Pipeline
import Tabular
import Testing

/// Since when a source's data are missing, by its days and by how often it says it comes.
@Suite struct FreshnessTests {
  private func day(_ year: Int, _ month: Int, _ day: Int) -> Int {
    CivilDate(year: year, month: month, day: day)?.daysSinceEpoch ?? 0
  }

  @Test func dailyDataAreLateAfterAWeekend() throws {
    let friday = day(2026, 10, 30)
    let days = Dictionary(uniqueKeysWithValues: (friday - 40...friday).map { ($0, 20) })
    for asOf in [friday, friday + 1, friday + 3] {
      let found = try #require(Freshness(days, frequency: "DAILY", asOf: asOf, least: 11))
      #expect(found.through == friday && found.missingSince == nil, "\(asOf - friday) days after")
    }
    let late = try #require(Freshness(days, frequency: "DAILY", asOf: friday + 4, least: 11))
    #expect(late.missingSince == friday + 1)
  }

  /// A row of next year is a slip, and few rows might be one person's.
  @Test func slipsAndFewRowsDoNotCount() throws {
    let days = [
      day(2026, 3, 1): 11, day(2026, 3, 2): 30, day(2026, 3, 3): 4, day(2062, 3, 3): 50,
    ]
    let found = try #require(
      Freshness(days, frequency: "DAILY", asOf: day(2026, 3, 20), least: 11))
    #expect(found.through == day(2026, 3, 2) && found.missingSince == day(2026, 3, 3))
    #expect(Freshness([day(2026, 3, 3): 4], frequency: "DAILY", asOf: 30_000, least: 11) == nil)
  }

  /// A file of few rows a day says nothing of single days, whatever a busy one has.
  @Test func whereFewRowsAreUsualNobodyIsLate() {
    var days = Dictionary(uniqueKeysWithValues: (20_000..<20_060).map { ($0, 6) })
    days[20_030] = 40
    #expect(Freshness(days, frequency: "DAILY", asOf: 20_200, least: 11) == nil)
    #expect(Freshness(days, frequency: "DAILY", asOf: 20_200, least: 1)?.missingSince == 20_060)
  }

  /// Few rows a day may be enough a month; the running month is not over.
  @Test(arguments: [
    ("WEEKLY", (2026, 3, 15), (2026, 3, 16)), ("MONTHLY", (2026, 3, 31), (2026, 4, 1)),
    ("QUARTERLY", (2026, 3, 31), (2026, 4, 1)), ("ANNUAL", (2026, 12, 31), (2027, 1, 1)),
  ])
  func periodsAreThoseOfTheFrequency(
    _ frequency: String, _ last: (Int, Int, Int), _ next: (Int, Int, Int)
  ) throws {
    let days = Dictionary(uniqueKeysWithValues: (0..<14).map { (day(2026, 3, 1) + $0, 4) })
    let found = try #require(
      Freshness(days, frequency: frequency, asOf: day(2028, 5, 1), least: 11))
    #expect(found.through == day(last.0, last.1, last.2))
    #expect(found.missingSince == day(next.0, next.1, next.2))
    let early = try #require(
      Freshness(days, frequency: frequency, asOf: day(2026, 3, 16), least: 11))
    #expect(early.missingSince == nil && early.through <= day(2026, 3, 16))
  }

  @Test(arguments: [nil, "IRREG", "DECENNIAL", "NEVER"])
  func whatComesAtNoTimeIsNeverLate(_ frequency: String?) {
    #expect(Freshness([day(2020, 1, 1): 99], frequency: frequency, asOf: 30_000, least: 1) == nil)
  }
}
