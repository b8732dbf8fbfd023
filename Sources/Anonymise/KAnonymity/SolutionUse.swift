import StageKit
import Tabular

/// The solution's file that a stage names: what it is to be for, and what it says.
struct SolutionUse: Sendable {
  let path: String
  /// As the pipeline writes it.
  let shown: String
  let purpose: PinnedSolution.Purpose
  /// By quasi-identifier in their order; nil where there is no file yet.
  let levels: [[Int]]?

  /// - Parameters:
  ///   - fields: quasi-identifiers with their hierarchies' heights.
  ///   - rounds: how often rows may be recoded, at most.
  /// - Returns: nil after diagnostics.
  init?(
    _ node: SpecNode, _ purpose: PinnedSolution.Purpose, _ fields: [(name: String, height: Int)],
    rounds: Int, _ binding: Binding
  ) {
    guard let path = binding.resolveFile(node) else { return nil }
    (self.path, shown, self.purpose) = (path, node.text ?? "", purpose)
    do throws(PinnedSolution.Fault) {
      guard let pinned = try PinnedSolution(path: path) else {
        binding.diagnostics.warning(
          "no-solution", at: node.position, Self.absent, remedy: Self.runAndReview)
        levels = nil
        return
      }
      if let message = Self.difference(pinned.purpose, purpose) {
        binding.diagnostics.error(
          "stale-solution", at: node.position, message, remedy: Self.deleteAndReview)
      }
      let found = fields.map { pinned.levels[$0.name] ?? [] }
      let sizes = Set(found.map(\.count))
      let fit = zip(fields, found).allSatisfy { field, levels in
        levels.allSatisfy { (0..<field.height).contains($0) }
      }
      guard fit, sizes.count == 1, let size = sizes.first, (1...rounds).contains(size),
        pinned.levels.count == fields.count
      else {
        binding.diagnostics.error(
          "bad-solution", at: node.position, Self.unfit, remedy: Self.deleteAndReview)
        return nil
      }
      levels = found
    } catch {
      binding.diagnostics.error(
        "bad-solution", at: node.position, error.message, remedy: Self.deleteAndReview)
      return nil
    }
  }

  private static func difference(
    _ pinned: PinnedSolution.Purpose, _ purpose: PinnedSolution.Purpose
  ) -> Message? {
    if pinned.options != purpose.options {
      return Message(
        en: "the solution was chosen for other options of this stage",
        fr: "la solution a été choisie pour d’autres options de cette opération")
    }
    if pinned.hierarchies != purpose.hierarchies {
      return Message(
        en: "the solution was chosen for other hierarchies",
        fr: "la solution a été choisie pour d’autres hiérarchies")
    }
    return nil
  }

  private static let absent = Message(
    en: "there is no solution yet: the next run chooses one, writes it to this file and publishes "
      + "nothing",
    fr: "il n’y a pas encore de solution : la prochaine exécution en choisit une, l’écrit dans ce "
      + "fichier et ne publie rien")

  private static let runAndReview = Message(
    en: "run the pipeline, review the file, commit it, and run again",
    fr: "exécutez le pipeline, relisez le fichier, versez-le au dépôt, et exécutez de nouveau")

  private static let deleteAndReview = Message(
    en: "delete the file to have levels chosen anew by the next run, and review them",
    fr: "effacez le fichier pour que la prochaine exécution choisisse d’autres niveaux, et "
      + "relisez-les")

  private static let unfit = Message(
    en: "the solution's levels are not those of this stage's quasi-identifiers and hierarchies",
    fr: "les niveaux de la solution ne sont pas ceux des quasi-identifiants et hiérarchies de "
      + "cette opération")

  /// Ends a run that laid the file down.
  func proposed(suppressed: Int, of rows: Int) -> OperatorError {
    OperatorError(
      Message(
        en: "the levels of k_anonymise were chosen and written to '\(shown)' (\(suppressed) of "
          + "\(rows) rows would be suppressed); nothing was published: review the file, commit "
          + "it, and run again",
        fr: "les niveaux de k_anonymise ont été choisis et écrits dans « \(shown) » "
          + "(\(suppressed) lignes sur \(rows) seraient supprimées) ; rien n’a été publié : "
          + "relisez le fichier, versez-le au dépôt, et exécutez de nouveau"))
  }

  /// Ends a run whose rows do not keep what is asked at these levels.
  func broken(suppressed: Int, of rows: Int, most: Int) -> OperatorError {
    OperatorError(
      Message(
        en: "the levels of '\(shown)' no longer do: \(suppressed) of \(rows) rows would have to be "
          + "suppressed to keep what k_anonymise is asked, and `suppress_at_most` allows "
          + "\(most); delete the file, run, and review the levels that are chosen then",
        fr: "les niveaux de « \(shown) » ne suffisent plus : \(suppressed) lignes sur \(rows) "
          + "devraient être supprimées pour tenir ce qui est demandé à k_anonymise, et "
          + "`suppress_at_most` en permet \(most) ; effacez le fichier, exécutez, et relisez les "
          + "niveaux alors choisis"))
  }
}
