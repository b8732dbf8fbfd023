import Tabular
import Testing

@Suite struct DecodeTests {
  /// Decodes one column of texts, one a line.
  static func decode(_ texts: [String], _ decoder: FieldDecoder) -> DecodedColumn {
    let bytes = Array(texts.map { $0 + ";x\n" }.joined().utf8)
    let dialect = CSVDialect(delimiter: UInt8(ascii: ";"))
    let index = FieldIndexer(dialect: dialect, columns: 2, wanted: [0]).index(bytes.span)
    #expect(index.recordCount == texts.count)
    return decoder.decode(bytes.span, index, slot: 0)
  }

  static func values(_ decoded: DecodedColumn) -> [Value] {
    (0..<decoded.column.count).map { decoded.column.value($0) }
  }

  static func decimal(_ digits: Int128, _ scale: Int) -> Value {
    .decimal(Decimal(digits: digits, scale: scale))
  }

  static let french = NumberFormat(
    decimalMark: UInt8(ascii: ","), groupMarks: [[32], [0xc2, 0xa0], [0xe2, 0x80, 0xaf]],
    affixes: [Array("€".utf8), Array("%".utf8)])

  @Test func frenchDecimals() {
    let decoded = Self.decode(
      ["1,5", "-12", "1 234,50", "1\u{202f}234\u{202f}567,25 €", "\u{2212}3,10", "", "+7,0"],
      FieldDecoder(.decimal(Self.french)))
    #expect(decoded.failures.isEmpty)
    #expect(
      Self.values(decoded) == [
        Self.decimal(15, 1), Self.decimal(-12, 0), Self.decimal(123_450, 2),
        Self.decimal(123_456_725, 2), Self.decimal(-31, 1), .null, Self.decimal(7, 0),
      ])
  }

  @Test(arguments: [
    "1.5", "1,5,0", "12 34", "1 2345", ",", "5,", "-", "abc", "1e5", "1 234 56", "#N/A",
    "1\u{a0}234\u{202f}567",
  ])
  func notFrenchDecimals(text: String) {
    let decoded = Self.decode([text], FieldDecoder(.decimal(Self.french)))
    #expect(decoded.failures.count == 1, "\(text) was read as \(decoded.column.value(0))")
    #expect(decoded.column.value(0) == .null)
  }

  @Test func tooManyDigitsAreAFault() {
    let format = NumberFormat()
    let eighteen = Self.decode(
      ["999999999999999999", "0.000000000000000001", "000000000000000000001"],
      FieldDecoder(.decimal(format)))
    #expect(eighteen.failures.isEmpty)
    #expect(eighteen.column.value(0) == Self.decimal(999_999_999_999_999_999, 0))
    #expect(eighteen.column.value(1) == Self.decimal(1, 18))
    let nineteen = Self.decode(["1234567890123456789"], FieldDecoder(.decimal(format)))
    #expect(nineteen.failures.map(\.fault) == [.numberTooLong])
  }

  @Test func dates() throws {
    let pattern = try #require(DatePattern("%d/%m/%Y"))
    let decoded = Self.decode(
      ["01/02/2024", "31/12/1999", "29/02/2023", "1/2/2024", "", "01-02-2024"],
      FieldDecoder(.date([pattern])))
    #expect(decoded.failures.map(\.record) == [2, 5])
    #expect(decoded.column.value(0) == .date(19_754))
    #expect(decoded.column.value(1) == .date(10_956))
    #expect(decoded.column.value(3) == .date(19_754))
  }

  @Test(arguments: [
    ("3 févr. 2024", "%d %b %Y"), ("3 février 2024", "%d %B %Y"), ("3 FEVRIER 2024", "%d %B %Y"),
    ("3 feb 2024", "%d %b %Y"),
  ])
  func monthNames(text: String, pattern: String) throws {
    let decoded = Self.decode([text], FieldDecoder(.date([try #require(DatePattern(pattern))])))
    #expect(decoded.column.value(0) == .date(19_756))
  }

  @Test func datetimes() {
    let decoder = FieldDecoder(.datetime(DatePattern.isoDatetimes, zoned: true))
    let decoded = Self.decode(
      ["1970-01-01T01:00:00+01:00", "1970-01-01 00:00:01.5Z", "1970-01-01T00:00:00", "x"], decoder)
    #expect(decoded.column.value(0) == .datetime(0, zoned: true))
    #expect(decoded.column.value(1) == .datetime(1_500_000, zoned: true))
    #expect(decoded.failures.map(\.record) == [2, 3])
  }

  @Test func textsKeepQuotesAndEmptiness() {
    let decoder = FieldDecoder(.text(.utf8), missing: [Array("NR".utf8)])
    let decoded = Self.decode(["", "\"\"", "\"a \"\"b\"\";\"", "NR", " é "], decoder)
    #expect(
      Self.values(decoded) == [.null, .text(""), .text("a \"b\";"), .null, .text(" é ")])
  }

  @Test func utf8CheckAgreesWithSwift() {
    var state: UInt64 = 42
    func next(_ bound: UInt64) -> UInt64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return (state >> 33) % bound
    }
    let pieces: [[UInt8]] = [
      Array("abcdefghijklmnopqrstuvwxyz0123456789".utf8), Array("é".utf8), Array("€".utf8),
      Array("😀".utf8), [0xc3], [0xe2, 0x82], [0xff], [0xed, 0xa0, 0x80], [0xc0, 0xaf],
      [0xf4, 0x90, 0x80, 0x80],
    ]
    for _ in 0..<3000 {
      var bytes: [UInt8] = []
      for _ in 0..<next(12) { bytes += pieces[Int(next(next(2) == 0 ? 4 : 10))] }
      let isValid = String(validating: bytes, as: UTF8.self) != nil
      let invalid = UTF8Check.firstInvalid(bytes.span)
      #expect((invalid == nil) == isValid)
      if let invalid {
        #expect(String(validating: bytes[..<invalid], as: UTF8.self) != nil)
      }
    }
  }
}
