import Crypto
import FoundationEssentials
import Tabular

/// A solution that was laid down in a file, reviewed, and is used again at every run: levels by
/// quasi-identifier, and what they were chosen for.
///
/// The file is YAML of one fixed form, so that a difference shows line by line what changed.
package struct PinnedSolution: Sendable, Equatable {
  /// What a solution was chosen for, as hashes.
  package struct Purpose: Sendable, Equatable {
    package let options: String
    package let hierarchies: String

    /// - Parameters:
    ///   - options: in words that mean the same whenever the options do.
    ///   - hierarchies: by field, values and then level by level.
    package init(options: [String], hierarchies: [(field: String, levels: [[String]])]) {
      self.options = Self.hash(options)
      self.hierarchies = Self.hash(
        hierarchies.sorted { $0.field < $1.field }.flatMap { one in
          [one.field, String(one.levels.count)]
            + one.levels.flatMap { [String($0.count)] + $0 }
        })
    }

    /// Of parts with their lengths, so that none runs into the next.
    private static func hash(_ parts: [String]) -> String {
      var hash = SHA256()
      for part in parts {
        let bytes = Array(part.utf8)
        hash.update(data: Array("\(bytes.count):".utf8))
        hash.update(data: bytes)
      }
      let digits = Array("0123456789abcdef")
      return String(hash.finalize().flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] })
    }
  }

  /// Why a file is no solution.
  package struct Fault: Error { package let message: Message }

  package let purpose: Purpose
  /// By field, for the rows in general and then for those that are recoded again.
  package let levels: [String: [Int]]

  /// - Returns: nil where there is no such file.
  package init?(path: String) throws(Fault) {
    guard FileManager.default.fileExists(atPath: path) else { return nil }
    guard let data = FileManager.default.contents(atPath: path),
      let text = String(bytes: data, encoding: .utf8)
    else {
      throw Fault(
        message: Message(
          en: "the solution's file cannot be read as UTF-8",
          fr: "le fichier de la solution ne peut être lu comme UTF-8"))
    }
    try self.init(text: text)
  }

  /// - Parameter text: the file's.
  package init(text: String) throws(Fault) {
    var head: [String: String] = [:]
    var levels: [String: [Int]] = [:]
    var section = ""
    for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
    {
      let line = line.last == "\r" ? line.dropLast() : line
      let content = line.drop { $0 == " " }
      if content.isEmpty || content.first == "#" { continue }
      guard let (key, value) = Self.pair(content) else { throw Self.bad(index + 1) }
      if content.count == line.count {
        section = value.isEmpty ? key : ""
        guard head.updateValue(value, forKey: key) == nil else { throw Self.bad(index + 1) }
      } else if section == "levels" {
        guard let numbers = Self.numbers(value), levels.updateValue(numbers, forKey: key) == nil
        else { throw Self.bad(index + 1) }
      }
    }
    guard head["octroi"] == "1", head["solution"] == "k_anonymise", let options = head["options"],
      let hierarchies = head["hierarchies"], !levels.isEmpty
    else {
      throw Fault(
        message: Message(
          en: "this file is no solution of k_anonymise",
          fr: "ce fichier n’est pas une solution de k_anonymise"))
    }
    purpose = Purpose(options: options, hierarchies: hierarchies)
    self.levels = levels
  }

  /// `key: value`; the key may stand in quotes.
  private static func pair(_ line: Substring) -> (String, String)? {
    var (key, rest) = ("", line[...])
    if line.first == "\"" {
      rest.removeFirst()
      var isEscaped = false
      while let character = rest.popFirst(), isEscaped || character != "\"" {
        isEscaped = !isEscaped && character == "\\"
        if !isEscaped { key.append(character) }
      }
    } else {
      key = String(rest.prefix { $0 != ":" })
      rest = rest.dropFirst(key.count)
    }
    guard rest.first == ":", !key.isEmpty else { return nil }
    return (key, String(rest.dropFirst()).trimmed)
  }

  /// `2`, or `[1, 3]`.
  private static func numbers(_ value: String) -> [Int]? {
    guard value.hasPrefix("["), value.hasSuffix("]") else { return Int(value).map { [$0] } }
    let parts = value.dropFirst().dropLast().split(separator: ",")
    let numbers = parts.compactMap { Int(String($0).trimmed) }
    return numbers.count == parts.count && !numbers.isEmpty ? numbers : nil
  }

  private static func bad(_ line: Int) -> Fault {
    Fault(
      message: Message(
        en: "line \(line) of the solution's file is not as it is written: `key: value`, levels as "
          + "whole numbers, each key once",
        fr: "la ligne \(line) du fichier de la solution n’est pas comme elle s’écrit : "
          + "`clé: valeur`, les niveaux en nombres entiers, chaque clé une fois"))
  }
}

extension PinnedSolution.Purpose {
  /// As a file tells it.
  fileprivate init(options: String, hierarchies: String) {
    (self.options, self.hierarchies) = (options, hierarchies)
  }
}

extension String {
  fileprivate var trimmed: String {
    let start = drop { $0 == " " || $0 == "\t" }
    let end = start.reversed().drop { $0 == " " || $0 == "\t" }
    return String(end.reversed())
  }
}
