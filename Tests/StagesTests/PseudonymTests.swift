import Anonymise
import Tabular
import Testing

/// Pseudonyms against vectors computed with Python's `hmac`, key 00 01 … 1f.
@Suite struct PseudonymTests {
  private func pseudonym(
    _ value: String, scope: String = "recherche-2026", domain: String,
    _ format: Pseudonyms.Format = .hex, _ length: Int = 32
  ) -> String {
    let pseudonyms = Pseudonyms(
      key: Array(0..<32), scope: scope, domain: domain, format: format, length: length)
    var out: [UInt8] = []
    pseudonyms.append(of: Array(value.utf8).span, to: &out)
    return String(decoding: out, as: UTF8.self)
  }

  @Test func vectors() {
    #expect(
      pseudonym("durand@example.org", domain: "courriel") == "f441bd7e0a80ae4cbcb77b79b4b8749c")
    #expect(
      pseudonym("durand@example.org", domain: "courriel", .hex, 64)
        == "f441bd7e0a80ae4cbcb77b79b4b8749cb2de310cd1f5c9e4e2a227abd798c042")
    #expect(
      pseudonym("durand@example.org", domain: "courriel", .base32, 51)
        == "6ra327qkqcxezpfxpn43jodutszn4mim2h24tzhcuit2xv4yybb")
    #expect(pseudonym("Élodie", domain: "nom", .base32, 26) == "nsw6yh2ulilvcb57wlokpideq4")
    #expect(pseudonym("", domain: "nom") == "d0972cfa60d501fe4c41ce919bbea42a")
  }

  @Test func normalFormsAgree() {
    #expect(
      pseudonym("E\u{301}lodie", domain: "nom") == pseudonym("\u{c9}lodie", domain: "nom"))
  }

  /// Without the lengths, `ab` + `c` and `a` + `bc` would be the same message.
  @Test func scopesAndDomainsAreApart() {
    let all = [
      pseudonym("d", scope: "ab", domain: "c"), pseudonym("d", scope: "a", domain: "bc"),
      pseudonym("", scope: "ab", domain: "cd"), pseudonym("cd", scope: "ab", domain: ""),
    ]
    #expect(Set(all).count == all.count)
  }
}
