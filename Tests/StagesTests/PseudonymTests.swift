import Anonymise
import Foundation
import Tabular
import TestSupport
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

  private struct Vector: Decodable {
    let key: String
    let scope: String
    let domain: String
    let value: String
    let format: String
    let length: Int
    let pseudonym: String
  }

  /// The vectors that others may hold their programs to; Python's `hmac` is held to them as well.
  @Test func publishedVectors() throws {
    let text = try Repository.text("Tests/EndToEndTests/oracles/pseudonyms.json")
    let vectors = try JSONDecoder().decode([Vector].self, from: Data(text.utf8))
    #expect(vectors.count > 20)
    for vector in vectors {
      let digits = vector.key.compactMap(\.hexDigitValue)
      let key = stride(from: 0, to: digits.count, by: 2).map {
        UInt8(digits[$0] * 16 + digits[$0 + 1])
      }
      let pseudonyms = Pseudonyms(
        key: key, scope: vector.scope, domain: vector.domain,
        format: try #require(Pseudonyms.Format(rawValue: vector.format)), length: vector.length)
      var out: [UInt8] = []
      pseudonyms.append(of: Array(vector.value.utf8).span, to: &out)
      #expect(String(decoding: out, as: UTF8.self) == vector.pseudonym, "\(vector.domain)")
    }
    let published = try Repository.text("Docs/PSEUDONYMS.md")
    let told = vectors.filter { published.contains("`" + $0.pseudonym + "`") }
    #expect(told.count >= 6)
  }

  @Test func wipedKeysAreGone() {
    var key: [UInt8] = Array(1...64)
    Secrecy.wipe(&key)
    #expect(key.isEmpty)
    Secrecy.forbidMemoryImages()
    #expect(!Secrecy.allowsMemoryImages)
  }

  /// Keys up to the hash's block, of just it and beyond; a message of many blocks.
  @Test func longKeysAndTexts() {
    for (count, expected) in [
      (32, "f441bd7e0a80ae4cbcb77b79b4b8749cb2de310cd1f5c9e4e2a227abd798c042"),
      (63, "594178aa2515c753fc18143720752c4dbc1c7c574235a896fd07ec7c3ab8eb8a"),
      (64, "8cc74abc9167bc439f6e8c59763bf085e2b34a649e9f9697197bc2e78d0da3a0"),
      (65, "5628e146f4ee8595b95781a6ddfd299432ff7146a3a0b5db3c74c7c05d1f2f7c"),
      (200, "77b06bf910b4ecb08a5f886edb8c662b562d633c8386daef5b46ea5a3998191e"),
    ] {
      let pseudonyms = Pseudonyms(
        key: (0..<count).map { UInt8($0) }, scope: "recherche-2026", domain: "courriel",
        format: .hex, length: 64)
      for _ in 0..<2 {
        var out: [UInt8] = []
        pseudonyms.append(of: Array("durand@example.org".utf8).span, to: &out)
        #expect(String(decoding: out, as: UTF8.self) == expected, "key of \(count) bytes")
      }
    }
    let scope = String(repeating: "recherche-2026", count: 9)
    #expect(
      pseudonym(String(repeating: "é", count: 300), scope: scope, domain: "courriel", .hex, 64)
        == "aa6cc0ed47bc97634b176c3d2defc1304d4f256c4d64b59662fed7f79ab41cf1")
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
