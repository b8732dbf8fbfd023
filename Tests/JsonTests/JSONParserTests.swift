import Json
import Testing

@Suite struct JSONParserTests {
  static func failure(_ text: String) -> JSONError? {
    do {
      _ = try JSONParser.parse(Array(text.utf8))
      return nil
    } catch {
      return error
    }
  }

  @Test func readsAllKindsWithTheirPlaces() throws {
    let text =
      "\u{FEFF}{\"a\": [1, -2.50e+3, true, null],\n  \"é\": {\"b\": \"x\\u00e9\\ud83d\\ude00\\n\"}}"
    let node = try JSONParser.parse(Array(text.utf8))
    #expect(
      node["a"]?.array?.map(\.content) == [
        .number("1"), .number("-2.50e+3"), .boolean(true), .null,
      ])
    #expect(node["é"]?["b"]?.string == "xé😀\n")
    #expect(node.position == JSONPosition(line: 1, column: 1))
    #expect(node["a"]?.array?[1].position == JSONPosition(line: 1, column: 11))
    #expect(node["é"]?["b"]?.position == JSONPosition(line: 2, column: 14))
    #expect(node.object?[1].keyPosition == JSONPosition(line: 2, column: 3))
  }

  @Test(arguments: [
    "", "{", "[1,]", "{\"a\":1,}", "01", "1.", "+1", "nul", "\"\u{1}\"", "\"\\x\"", "\"\\ud83d\"",
    "{\"a\":1}x", "{a:1}", "[1 2]", "\"open", "1e", "-",
  ])
  func refusesWhatIsNotJSON(text: String) {
    #expect(Self.failure(text) != nil)
  }

  @Test func saysWhere() {
    #expect(Self.failure("{\"a\": 1,\n \"a\": 2}")?.position == JSONPosition(line: 2, column: 2))
    #expect(Self.failure("{\n  \"a\": tru\n}")?.position == JSONPosition(line: 2, column: 8))
    #expect(Self.failure(String(repeating: "[", count: 100_000))?.position.column == 129)
  }

  @Test func refusesOtherEncodings() {
    do {
      _ = try JSONParser.parse(Array("{\"a\":\n\"".utf8) + [0xE9] + Array("\"}".utf8))
      Issue.record("no error")
    } catch {
      #expect(error.position == JSONPosition(line: 2, column: 2))
    }
  }
}
