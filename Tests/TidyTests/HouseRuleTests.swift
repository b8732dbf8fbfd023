import Foundation
import TestSupport
import Testing

/// The house rules that a machine can judge.
@Suite struct HouseRuleTests {
  static let sources = Repository.files(in: "Sources", extension: "swift")
  static let swift = sources + Repository.files(in: "Tests", extension: "swift")

  @Test func filesAreOneJobLong() {
    for file in Self.swift {
      #expect(file.lines.count <= 501, "\(file.path) has \(file.lines.count) lines")
    }
  }

  /// The linter sees to the tests, whose long lines are expected texts.
  @Test func linesFitTheScreen() {
    for file in Self.sources {
      for (number, line) in file.lines.enumerated() where line.count > 100 {
        Issue.record("\(file.path):\(number + 1) has \(line.count) characters")
      }
    }
  }

  /// A function's braces open and close at the indentation of its `func`; formatting is linted.
  @Test func functionsFitTheScreen() {
    for file in Self.sources {
      var open: [(indentation: Int, start: Int)] = []
      for (number, line) in file.lines.enumerated() {
        let indentation = line.prefix { $0 == " " }.count
        let words = line.split(separator: " ")
        if words.contains("func") || words.contains(where: { $0.hasPrefix("init(") }),
          !line.drop(while: { $0 == " " }).hasPrefix("//"), !line.hasSuffix("}")
        {
          open.append((indentation, number))
        }
        guard line.drop(while: { $0 == " " }).hasPrefix("}") else { continue }
        while let last = open.last, last.indentation > indentation { open.removeLast() }
        if let last = open.last, last.indentation == indentation {
          let length = number - last.start + 1
          #expect(length <= 70, "\(file.path):\(last.start + 1) is a function of \(length) lines")
          open.removeLast()
        }
      }
    }
  }

  @Test func namesSayWhatAThingIs() {
    for file in Self.swift {
      let name = file.path.split(separator: "/").last ?? ""
      for vague in ["Util", "Helper", "Manager", "Misc", "Common"] {
        #expect(!name.contains(vague), "\(file.path): name the job, not '\(vague)'")
      }
    }
  }

  @Test func nothingTrapsOnInputOrIsLeftUndone() {
    let banned = ["try!", "as!", "fatalError(", "TODO", "FIXME"]
    for file in Self.sources {
      for (number, line) in file.lines.enumerated() {
        for word in banned where line.contains(word) {
          Issue.record("\(file.path):\(number + 1) has '\(word)'")
        }
      }
    }
  }

  @Test func publicTypesAreDocumented() {
    let kinds = ["struct", "enum", "class", "protocol", "actor", "typealias"]
    for file in Self.sources {
      let lines = file.lines
      for (number, line) in lines.enumerated() where line.hasPrefix("public ") {
        let words = line.split(separator: " ")
        guard words.contains(where: { kinds.contains(String($0)) }) else { continue }
        var above = number - 1
        while above >= 0, lines[above].hasPrefix("@") { above -= 1 }
        #expect(
          above >= 0 && lines[above].hasPrefix("///"),
          "\(file.path):\(number + 1): a public type says what it is")
      }
    }
  }

  @Test func formattingIsLinted() throws {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = [
      "swift", "format", "lint", "--strict", "--recursive", "--parallel", "Sources", "Tests",
      "Package.swift",
    ]
    process.currentDirectoryURL = Repository.root
    let output = Pipe()
    process.standardError = output
    try process.run()
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    #expect(process.terminationStatus == 0, "\(text.prefix(4000))")
  }
}
