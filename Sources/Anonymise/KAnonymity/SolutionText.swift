/// What was chosen, as a solution's file tells it.
package struct SolutionText {
  package struct Field {
    package let name: String
    /// For the rows in general and then for those that are recoded again.
    package let levels: [Int]
    /// Share of its information that is lost, from 0 to 1.
    package let lost: Double

    package init(name: String, levels: [Int], lost: Double) {
      (self.name, self.levels, self.lost) = (name, levels, lost)
    }
  }

  package let purpose: PinnedSolution.Purpose
  package let fields: [Field]
  package let score: Double
  package let (rows, suppressed, classes): (Int, Int, Int)
  package let isOptimal: Bool

  package init(
    _ purpose: PinnedSolution.Purpose, _ fields: [Field], score: Double, rows: Int,
    suppressed: Int, classes: Int, isOptimal: Bool
  ) {
    (self.purpose, self.fields, self.score) = (purpose, fields, score)
    (self.rows, self.suppressed, self.classes) = (rows, suppressed, classes)
    self.isOptimal = isOptimal
  }

  package var text: String {
    let sorted = fields.sorted { $0.name < $1.name }
    var lines = [
      "# Les niveaux choisis par `k_anonymise`, à relire et à verser au dépôt. Chaque exécution",
      "# les reprend et les vérifie de nouveau. Pour en choisir d’autres : effacer ce fichier,",
      "# exécuter, relire. / The levels that `k_anonymise` chose, to be reviewed and committed.",
      "# Every run uses them and verifies them again. To choose anew: delete this file, run,",
      "# review.",
      "octroi: 1",
      "solution: k_anonymise",
      "options: \(purpose.options)",
      "hierarchies: \(purpose.hierarchies)",
      "levels:",
    ]
    lines += sorted.map { "  \(Self.quoted($0.name)): \(Self.list($0.levels))" }
    lines.append("information_lost:")
    lines += sorted.map { "  \(Self.quoted($0.name)): \(SolutionMessage.share($0.lost, "."))" }
    lines += [
      "score: \(score)", "rows: \(rows)", "suppressed: \(suppressed)", "classes: \(classes)",
      "proven_best: \(isOptimal)",
    ]
    return lines.joined(separator: "\n") + "\n"
  }

  private static func list(_ levels: [Int]) -> String {
    levels.count == 1
      ? String(levels[0]) : "[" + levels.map(String.init).joined(separator: ", ") + "]"
  }

  private static func quoted(_ name: String) -> String {
    var quoted = "\""
    for character in name {
      if character == "\"" || character == "\\" { quoted.append("\\") }
      quoted.append(character)
    }
    return quoted + "\""
  }
}
