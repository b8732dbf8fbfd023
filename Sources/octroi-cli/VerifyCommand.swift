import ArgumentParser
import Octroi
import Pipeline

/// Holds published files to their manifests.
struct VerifyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: told(
      en: "Hold published files to their manifests.",
      fr: "Confronte les fichiers publiés à leurs manifestes."),
    discussion: told(
      en: """
        Reads every file that the manifests in a folder name, with other parsers than wrote it: \
        hash, rows, columns, min_count, k and distinct l where the manifest has them; persons \
        who did not leave by the sidecar beside the rejects. What cannot be proven is named. \
        Purged files are told from missing ones. Exits with 1 when anything is missing, changed \
        or broken.
        """,
      fr: """
        Relit chaque fichier que nomment les manifestes d’un dossier, par un autre code que celui \
        qui l’a écrit : empreinte, lignes, colonnes, min_count, k et l distinct là où le \
        manifeste les a ; les personnes qui ne sont pas sorties, par le fichier annexe à côté \
        des rejets. Ce qui ne peut être prouvé est nommé. Les fichiers purgés sont distingués \
        des manquants. Le code de sortie est 1 quand quoi que ce soit manque, a été modifié ou \
        est faux.
        """))

  @Argument(
    help: told(
      en: "A folder with manifests, in it or below.",
      fr: .init(
        "Un dossier qui contient des manifestes, lui ou ses sous-dossiers.", valueName: "dossier")),
    completion: .directory)
  var folder: String

  @OptionGroup var common: SharedOptions

  func run() throws {
    let verification = try Terminal.telling(common.language) { try Project.verify(folder) }
    if common.json {
      Terminal.give(try verification.json(common.language))
    } else if !common.quiet || !verification.isSound {
      Terminal.give(verification.text(common.language, shown: Terminal.shown))
    }
    if !verification.isSound { throw ExitCode(1) }
  }
}
