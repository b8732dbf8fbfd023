import Anonymise
import StageKit
import Testing

/// Two releases of the same persons, against a count person by person.
@Suite struct ReleaseAuditTests {
  /// A row: who, with which combination, published in which class.
  private struct Row {
    let person: Int
    let combination: Int
    let place: Int
  }

  private func release(_ rows: [Row], fields: UInt64 = 1) -> PersonRelease {
    func stands(_ whom: (Row) -> Int) -> [PersonRelease.Stand] {
      Set(rows.map { PersonRelease.Stand(UInt64(whom($0)), in: UInt32($0.place)) }).sorted()
    }
    return PersonRelease(
      fields: fields, combinations: stands(\.combination), persons: stands(\.person))
  }

  private func persons(_ rows: [Row], _ place: Int) -> Set<Int> {
    Set(rows.filter { $0.place == place }.map(\.person))
  }

  /// Ages and districts of nine persons. Each release by itself hides everybody among three; who
  /// has both finds one person alone.
  @Test func safeAloneAndUnsafeTogether() {
    let persons = (0..<9).map { (person: $0, age: $0 / 3, district: $0 % 3) }
    let byAge = persons.map {
      Row(person: $0.person, combination: $0.age * 10 + $0.district, place: $0.age)
    }
    let byDistrict = persons.map {
      Row(person: $0.person, combination: $0.age * 10 + $0.district, place: $0.district)
    }
    let audit = ReleaseAudit(release(byAge), release(byDistrict), k: 3)
    #expect(!audit.holds && audit.tooFew == 9 && audit.fewest == 1)
    #expect(audit.arrivals == 0 && audit.departures == 0)
    #expect(ReleaseAudit(release(byAge), release(byAge), k: 3).holds)
    // Coarser levels of the same fields make no smaller groups.
    let whole = persons.map {
      Row(person: $0.person, combination: $0.age * 10 + $0.district, place: 0)
    }
    #expect(ReleaseAudit(release(byAge), release(whole), k: 3).holds)
    // Of other fields, combinations cannot be compared: those of persons are.
    #expect(!ReleaseAudit(release(byAge), release(byDistrict, fields: 2), k: 3).holds)
  }

  @Test func whoComesAndGoesIsTold() {
    let first = (0..<8).map { Row(person: $0, combination: $0 % 2, place: $0 % 2) }
    let second = (1..<9).map { Row(person: $0, combination: $0 % 2, place: $0 % 2) }
    let audit = ReleaseAudit(release(first), release(second), k: 3)
    #expect(audit.holds && audit.arrivals == 1 && audit.departures == 1)
  }

  @Test func randomReleasesAreCountedPersonByPerson() {
    var state: UInt64 = 41
    func below(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int((state >> 33) % UInt64(bound))
    }
    var refused = 0
    for _ in 0..<400 {
      let combinations = 2 + below(8)
      func classes() -> [Int] { (0..<combinations).map { _ in below(3) } }
      let (before, after) = (classes(), classes())
      // Persons of one or several combinations, some of them in one release only.
      let held = (0..<(3 + below(20))).flatMap { person in
        (0...below(2)).map { _ in (person: person, combination: below(combinations)) }
      }
      let (old, now) = (held.filter { _ in below(8) > 0 }, held.filter { _ in below(8) > 0 })
      let first = old.map {
        Row(person: $0.person, combination: $0.combination, place: before[$0.combination])
      }
      let second = now.map {
        Row(person: $0.person, combination: $0.combination, place: after[$0.combination])
      }
      let k = 1 + below(4)
      let both = Set(old.map(\.combination)).intersection(now.map(\.combination))
      let isUnsafe = both.contains { combination in
        let candidates = persons(first, before[combination])
          .intersection(persons(second, after[combination]))
        return (1..<k).contains(candidates.count)
      }
      let audit = ReleaseAudit(release(first), release(second), k: k)
      #expect(audit.holds == !isUnsafe)
      let (here, there) = (Set(old.map(\.person)), Set(now.map(\.person)))
      #expect(
        audit.arrivals
          == (0..<3).count { (1..<k).contains(persons(second, $0).subtracting(here).count) })
      #expect(
        audit.departures
          == (0..<3).count { (1..<k).contains(persons(first, $0).subtracting(there).count) })
      refused += isUnsafe ? 1 : 0
    }
    #expect(refused > 50 && refused < 350)
  }

  /// Whoever is taken out of what is remembered may be in tonight's rows still: nothing that was
  /// refused passes for it.
  @Test(arguments: [UInt64(1), 2]) func forgettingLetsNothingThrough(fields: UInt64) {
    var state: UInt64 = 97
    func below(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int((state >> 33) % UInt64(bound))
    }
    var (refused, passed) = (0, 0)
    for _ in 0..<600 {
      let combinations = 2 + below(6)
      let (before, after) = (
        (0..<combinations).map { _ in below(3) }, (0..<combinations).map { _ in below(3) }
      )
      let held = (0..<(2 + below(10))).flatMap { person in
        (0...below(2)).map { _ in (person: person, combination: below(combinations)) }
      }
      let rows = { (places: [Int]) in
        held.filter { _ in below(8) > 0 }.map {
          Row(person: $0.person, combination: $0.combination, place: places[$0.combination])
        }
      }
      var old = release(rows(before))
      let (now, k) = (release(rows(after), fields: fields), 1 + below(4))
      let whole = ReleaseAudit(old, now, k: k)
      for person in Set(held.map(\.person)).prefix(1 + below(2)) {
        let gone = old.persons.filter { $0.whom == UInt64(person) }.map(\.place)
        old.persons.removeAll { $0.whom == UInt64(person) }
        old.forgotten = Set(old.forgotten).union(gone).sorted()
      }
      let rest = ReleaseAudit(old, now, k: k)
      #expect(!rest.holds || whole.holds)
      refused += whole.holds ? 0 : 1
      passed += rest.holds ? 1 : 0
    }
    #expect(refused > 50 && passed > 50)
  }
}
