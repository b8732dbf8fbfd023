import Ingest
import Testing

@Suite struct GlobTests {
  @Test(arguments: [
    ("a.csv", "*.csv", true), ("a.csv", "a?csv", true), ("a.csv", "b*", false),
    ("données.csv", "donn?es.csv", true), ("x1", "x[0-9]", true), ("xa", "x[!0-9]", true),
    ("x]", "x[]]", true), ("x-", "x[a-]", true), ("x[", "x[", true), ("", "*", true),
    (".hidden", "*", false), (".hidden", ".h*", true), ("aXbXc", "a*X*c", true),
    ("aaaaaaaaaaaaaaaaaaaaaaaaaaab", "*a*a*a*a*a*a*a*c", false), ("abc", "abc*", true),
    ("ab", "a[c-b]", false),
  ])
  func matchesNames(name: String, pattern: String, expected: Bool) {
    #expect(Glob.matches(name, pattern) == expected)
  }

  @Test func filesSortByBytesAndFoldersAreWalked() throws {
    let folder = try TemporaryFolder()
    for name in ["b.csv", "a/x.csv", "a/b/y.csv", "é.csv", "Z.csv", "a.csv.gz", ".c.csv", "a1.csv"]
    {
      try folder.write(name, "x")
    }
    func names(_ pattern: String) throws -> [String] {
      try Glob.expand(folder.path + "/" + pattern).map {
        String($0.dropFirst(folder.path.count + 1))
      }
    }
    #expect(try names("*.csv") == ["Z.csv", "a1.csv", "b.csv", "é.csv"])
    #expect(
      try names("**/*.csv") == ["Z.csv", "a/b/y.csv", "a/x.csv", "a1.csv", "b.csv", "é.csv"])
    #expect(try names("a/**") == ["a/b/y.csv", "a/x.csv"])
    #expect(try names("*/*.csv") == ["a/x.csv"])
    #expect(try names("none/*.csv") == [])
    #expect(try names("[ab]*.csv*") == ["a.csv.gz", "a1.csv", "b.csv"])
  }
}
