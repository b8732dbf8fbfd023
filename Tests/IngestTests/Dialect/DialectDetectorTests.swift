import Ingest
import Tabular
import Testing

@Suite struct DialectDetectorTests {
  struct Case: Sendable, CustomStringConvertible {
    let name: String
    let text: String
    let delimiter: Character
    var quote: Character? = "\""
    var escape: Character?
    var width: Int
    var first = 0
    var header = true
    var description: String { name }
  }

  static let cases: [Case] = [
    Case(name: "simple", text: "a,b,c\n1,2,3\n4,5,6\n", delimiter: ",", width: 3),
    Case(
      name: "decimal commas", text: "nom;prix;surface\nA;1,5;2,7\nB;12,25;3,1\nC;7,0;12,4\n",
      delimiter: ";", width: 3),
    Case(
      name: "decimal commas first", text: "1,5;2,7;3,1\n12,25;3,1;4,2\n7,0;12,4;8,8\n",
      delimiter: ";", width: 3, header: false),
    Case(
      name: "texts with commas",
      text: "id;adresse;ville\n1;3, rue des Lilas, bât. B;Nantes\n2;5, allée, du Port;Rezé\n"
        + "3;12, quai, de la Fosse;Nantes\n", delimiter: ";", width: 3),
    Case(
      name: "quoted delimiters",
      text: "a,b\n\"x;y\",\"1;2\"\n\"u;v;w\",\"3;4;5\"\n\"p;q\",\"5;6\"\n", delimiter: ",", width: 2
    ),
    Case(
      name: "quoted newlines", text: "id,texte\n1,\"a\nb\nc\"\n2,\"d, e\nf\"\n3,\"g\"\n",
      delimiter: ",", width: 2),
    Case(name: "tabs", text: "a\tb\tc\nx y\t1\t2,5\nz w\t3\t4,5\n", delimiter: "\t", width: 3),
    Case(name: "pipes", text: "a|b|c\n1|x, y|z\n2|u, v|w\n", delimiter: "|", width: 3),
    Case(
      name: "times", text: "quand,valeur\n2024-01-02 10:30:00,5\n2024-01-03 11:30:00,6\n",
      delimiter: ",", width: 2),
    Case(
      name: "colons", text: "a:b:c\nx:1:2\ny:3:4\nz:5:6\n", delimiter: ":", width: 3),
    Case(
      name: "single quotes",
      text: "a;b;c\n'l;m';'x';'1'\n'n;o';'y';'2'\n'p;q';'z';'3'\n", delimiter: ";", quote: "'",
      width: 3),
    Case(
      name: "apostrophes are no quotes",
      text: "id;texte\n1;'t Hof\n2;l'été d'hier\n3;aujourd'hui\n4;rue de l'Ouest\n", delimiter: ";",
      width: 2),
    Case(
      name: "backslashes", text: "id,texte\n1,\"a \\\"b\\\", c\"\n2,\"d \\\"e\\\", f\"\n3,\"g\"\n",
      delimiter: ",", escape: "\\", width: 2),
    Case(
      name: "separator line", text: "sep=|\na|b\n1;2|3\n", delimiter: "|", width: 2, first: 1),
    Case(
      name: "preamble",
      text: "Ville de Port-Ombeline\nExtraction du 03/02/2024\n\nid;nom;date\n1;A;01/02/2024\n"
        + "2;B;02/02/2024\n3;C;03/02/2024\n", delimiter: ";", width: 3, first: 3),
    Case(
      name: "padded preamble",
      text: "Rapport;;;\n;;;\nid;nom;date;prix\n1;A;01/02/2024;2,5\n2;B;02/02/2024;3,5\n",
      delimiter: ";", width: 4, first: 2),
    Case(
      name: "one polluted row",
      text: "id,nom,n\n" + (1...40).map { "\($0),A\($0),7\n" }.joined() + "41,B,8,9,10\n",
      delimiter: ",", width: 3),
    Case(name: "one column", text: "nom\nDupont\nMartin\nDurand\n", delimiter: ",", width: 1),
    Case(
      name: "one column of sentences",
      text: "commentaire\nMerci, c'est bien\nTrop de bruit\nRien, à part cela, à dire\nOui\n",
      delimiter: ",", width: 1),
    Case(
      name: "no header", text: "1;2024-01-02;5,5\n2;2024-01-03;6,5\n", delimiter: ";", width: 3,
      header: false),
    Case(
      name: "years as headers", text: "ville,2020,2021\nA,10,11\nB,12,13\n", delimiter: ",",
      width: 3),
    Case(name: "carriage returns", text: "a;b\r1;2\r3;4\r", delimiter: ";", width: 2),
    Case(
      name: "arabic", text: "الاسم;العدد\nمحمد, علي;1\nفاطمة, زينب;2\n", delimiter: ";", width: 2),
    Case(
      name: "sparse", text: "a;b;c;d;e\n1;;;;\n;2;;;\n;;;x, y;\n;;;;5\n", delimiter: ";", width: 5),
    Case(name: "header only", text: "id;nom;prix\n", delimiter: ";", width: 3),
    Case(name: "spaces", text: "a b c\n1 2 3\n4 5 6\n7 8 9\n", delimiter: " ", width: 3),
  ]

  @Test(arguments: cases)
  func findsTheDialectAndTheTable(_ item: Case) {
    let text = Array(item.text.utf8)
    let found = DialectDetector.detect(text, isWhole: true, options: DialectOptions()).dialect
    let table = SampleTable(text, found, isWhole: true)
    let layout = TableLayout.find(table, options: DialectOptions(), names: [])
    #expect(layout.width == item.width)
    if item.width > 1 { #expect(Character(Unicode.Scalar(found.delimiter)) == item.delimiter) }
    #expect(found.quote.map { Character(Unicode.Scalar($0)) } == item.quote)
    #expect(found.escape.map { Character(Unicode.Scalar($0)) } == item.escape)
    #expect(layout.first == item.first)
    #expect(layout.hasHeader == item.header)
  }

  @Test func theSchemasNamesDecide() {
    let text = Array("Relevé;de;tout;poil\nx;y;z\nIdentifiant,Nom\n1,A\n".utf8)
    let names = ["identifiant", "nom"]
    let found = DialectDetector.detect(text, isWhole: true, options: DialectOptions(), names: names)
    #expect(found.dialect.delimiter == UInt8(ascii: ","))
    let table = SampleTable(text, found.dialect, isWhole: true)
    let layout = TableLayout.find(
      table, options: DialectOptions(), names: Set(names.map(NearMiss.folded)))
    #expect(layout.first == 2 && layout.hasHeader && layout.preambleLines == 2)
  }

  @Test func whatIsDeclaredIsTaken() {
    var options = DialectOptions(delimiter: UInt8(ascii: ","))
    options.quote = .some(nil)
    let found = DialectDetector.detect(
      Array("a;b;c\n1;2,5;3\n".utf8), isWhole: true, options: options)
    #expect(found.dialect.delimiter == UInt8(ascii: ","))
    #expect(found.dialect.quote == nil)
    #expect(found.detections.isEmpty)
  }

  @Test func ambiguityIsSaid() throws {
    let text = Array("a,b;c,d\n1,2;3,4\n5,6;7,8\n".utf8)
    let found = DialectDetector.detect(text, isWhole: true, options: DialectOptions())
    let detection = try #require(found.detections.first { $0.what == "delimiter" })
    // Both cuts leave mixtures; whatever is taken, nobody should rely on it unread.
    #expect(detection.evidence.en.contains("fields"))
  }

  @Test func brokenQuotesCostOneLine() {
    let text = Array("a;b\n1;\"open\n2;x\n3;\"q\" z\n4;\"ok\n5\"\n".utf8)
    let table = SampleTable(text, Dialect(delimiter: UInt8(ascii: ";")), isWhole: true)
    #expect(table.rows.map(\.isBroken) == [false, true, false, true, false])
    #expect(table.rows.map(\.line) == [1, 2, 3, 4, 5])
  }
}
