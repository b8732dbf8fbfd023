import Foundation
import TestSupport
import Testing

/// Help is told in both languages, of everything, and French help is French.
@Suite struct HelpTests {
  /// Of what `octroi help` knows, and of the two that it does not list.
  @Test func everyCommandHelpsInBothLanguages() throws {
    var left = [[], ["help"], ["man"]]
    var options = 0
    while let command = left.popLast() {
      let english = try HelpPage(command, "en")
      let french = try HelpPage(command, "fr")
      let name = "octroi help " + command.joined(separator: " ")
      #expect(english.about.count == french.about.count, "\(name)")
      for (en, fr) in zip(english.about, french.about) {
        #expect(en != fr, "\(name): this is in one language only")
      }
      #expect(english.entries.map(\.fixedName) == french.entries.map(\.fixedName), "\(name)")
      for (en, fr) in zip(english.entries, french.entries) where command != ["help"] {
        #expect(!en.text.isEmpty && !fr.text.isEmpty, "\(name) says nothing of \(en.name)")
        #expect(en.text != fr.text, "\(name): \(en.name) is told in one language only")
      }
      #expect(
        english.usage.matches(of: /--[a-z-]+/).map(\.output)
          == french.usage.matches(of: /--[a-z-]+/).map(\.output))
      #expect(Self.slips(in: french).isEmpty, "\(name)")
      options += english.entries.count { $0.name.hasPrefix("-") }
      left += english.commands.map { command + [$0] }
    }
    #expect(options > 100, "the test walks all commands")
  }

  /// English words, signs without their space, and lines that the terminal breaks.
  private static func slips(in page: HelpPage) -> [String] {
    let lines = page.text.split(separator: "\n").filter { !$0.hasPrefix("USAGE") }
    var found = lines.filter { $0.count > 80 }.map(String.init)
    // What stands between backquotes is typed, not read.
    let told = (page.about + page.entries.map(\.text)).joined(separator: "\n")
      .replacing(/`[^`]*`/, with: "`")
    let words = /\b(the|of|and|or|with|by|which|what|is|are|default|values|show)\b/
    found += told.matches(of: words.ignoresCase()).map { String($0.output.0) }
    found += (told + page.titles).matches(of: /[\p{L}\d)»` ][:;?!](?=\s|$)/).map {
      String($0.output)
    }
    found += told.matches(of: /« |[^\u{a0}]»|\p{L}'\p{L}|subcommand/).map { String($0.output) }
    return found
  }

  /// The same help, however it is asked for; and English where nobody asks for French.
  @Test(arguments: [[], ["run"], ["keys"], ["keys", "new"], ["scan"]])
  func helpIsTheSameHoweverItIsAskedFor(_ command: [String]) throws {
    let french = try HelpPage(command, "fr").text
    for words in [
      ["help"] + command + ["--lang=fr"], ["--lang", "fr", "help"] + command,
      ["--lang", "fr"] + command + ["--help"], command + ["-h", "--lang", "fr"],
      command + ["--lang", "en", "--help", "--lang", "fr"],
    ] {
      let result = try Program.run(Program.octroi, words)
      #expect(result.status == 0 && result.errors.isEmpty, "\(words)")
      #expect(result.output == french, "\(words)")
    }
    let french2 = try Program.run(
      Program.octroi, command + ["--help"], environment: ["LC_ALL": "fr_FR.UTF-8"])
    #expect(french2.status == 0 && french2.output == french)
    let english = try Program.run(Program.octroi, command + ["--help"])
    #expect(english.status == 0 && english.output.hasPrefix("OVERVIEW: "))
    let asked = try Program.run(
      Program.octroi, command + ["--help", "--lang", "en"], environment: ["LC_ALL": "fr_FR.UTF-8"])
    #expect(asked.output == english.output)
  }

  /// The option may stand before a command; what is a file's name stays one.
  @Test func theLanguageMayStandFirst() throws {
    let before = try Program.run(Program.octroi, ["--lang", "fr", "stages", "sort"])
    let after = try Program.run(Program.octroi, ["stages", "sort", "--lang", "fr"])
    #expect(before.status == 0 && before.output == after.output)
    let name = try Program.run(Program.octroi, ["stages", "--", "--lang=fr"])
    #expect(name.status == 2 && name.errors.hasPrefix("unknown stage '--lang=fr'"))
    #expect(try Program.run(Program.octroi, ["--lang", "xx", "stages"]).status == 2)
  }

  @Test func theManualIsInBothLanguages() throws {
    let english = try Program.run(Program.octroi, ["man"])
    #expect(english.status == 0 && english.output.contains("\n.SH COMMANDS\n"))
    let french = try Program.run(Program.octroi, ["--lang", "fr", "man"])
    #expect(french.status == 0 && french.output.contains("\n.SH COMMANDES\n"))
    #expect(french.output == (try Program.run(Program.octroi, ["man", "--lang", "fr"]).output))
    for (language, manual) in [("en", english.output), ("fr", french.output)] {
      let plain = manual.replacing("\\-", with: "-").replacing("\\e", with: "\\")
      for command in ["init", "scan", "preview", "keys", "reveal"] {
        let page = try HelpPage([command], language).text
        #expect(plain.contains(".SS octroi \(command)\n.nf\n\(page)"), "\(language) \(command)")
      }
    }
    #expect(!french.output.contains(/OVERVIEW|USAGE:|SUBCOMMANDS|Show |Folder |No colours/))
  }

  @Test(arguments: ["zsh", "fish"]) func shellsTellHelpInBothLanguages(_ shell: String) throws {
    let script = ["--generate-completion-script", shell]
    let english = try Program.run(Program.octroi, script).output
    let french = try Program.run(Program.octroi, script + ["--lang", "fr"]).output
    #expect(english.contains("Show the version.") && english.contains("Run a pipeline"))
    #expect(french.contains("Affiche la version.") && french.contains("Exécute un pipeline"))
    #expect(!french.contains("Show ") && !french.contains("Run a pipeline"))
    #expect(english.count { $0 == "\n" } == french.count { $0 == "\n" })
  }

  /// What machines read of help stays as ArgumentParser writes it.
  @Test func machinesReadTheSameShape() throws {
    let french = try Program.run(Program.octroi, ["--experimental-dump-help", "--lang", "fr"])
    let object = try JSONSerialization.jsonObject(with: Data(french.output.utf8))
    #expect((object as? [String: Any])?["command"] != nil)
    let version = try Program.run(Program.octroi, ["--version", "--lang", "fr"])
    #expect(version.output == (try Program.run(Program.octroi, ["--version"]).output))
  }
}

/// A page of help, taken apart.
private struct HelpPage {
  struct Entry {
    /// `-q, --quiet`, `<fichier>`, or a command's name.
    let name: String
    var text: String

    /// The name without those of values, which are in the language of the help.
    var fixedName: String { name.replacing(/<.*>/, with: "<>") }
  }

  let text: String
  /// What is said of the command before its usage, paragraph by paragraph.
  private(set) var about: [String] = []
  private(set) var usage = ""
  private(set) var titles = ""
  private(set) var entries: [Entry] = []
  /// The names of the commands below.
  private(set) var commands: [String] = []

  init(_ command: [String], _ language: String) throws {
    let result = try Program.run(Program.octroi, ["help"] + command + ["--lang", language])
    #expect(result.status == 0 && result.errors.isEmpty)
    text = result.output
    for block in text.components(separatedBy: "\n\n") {
      let lines = block.split(separator: "\n")
      if block.hasPrefix("USAGE") {
        usage = block
      } else if usage.isEmpty {
        about.append(lines.joined(separator: " "))
      } else if let title = lines.first, !title.hasPrefix(" ") {
        titles += "\n" + title
        let before = entries.count
        for line in lines.dropFirst() { read(String(line)) }
        if title.hasPrefix("SUBCOMMANDS") { commands = entries[before...].map(\.name) }
      } else if let last = lines.first {
        about.append(String(last))
      }
    }
  }

  /// A name at the left, what is said of it from the 27th letter on, or on the next lines.
  private mutating func read(_ line: String) {
    let isNew = line.hasPrefix("  ") && !line.hasPrefix("   ")
    let start = line.index(line.startIndex, offsetBy: 26, limitedBy: line.endIndex)
    if !isNew, !entries.isEmpty {
      entries[entries.count - 1].text += " " + line.drop { $0 == " " }
    } else if let start, line[..<start].hasSuffix(" ") {
      let name = line[..<start].split(separator: " ").joined(separator: " ")
      entries.append(Entry(name: name, text: String(line[start...])))
    } else {
      entries.append(Entry(name: String(line.drop { $0 == " " }), text: ""))
    }
  }
}
