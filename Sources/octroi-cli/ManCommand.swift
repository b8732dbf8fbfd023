import ArgumentParser
import Octroi

/// Prints the manual page, made from the commands' own help.
struct ManCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "man",
    abstract: told(
      en: "Print the manual page octroi(1).", fr: "Affiche la page de manuel octroi(1)."),
    shouldDisplay: false)

  @OptionGroup var spoken: LanguageOption

  func run() {
    let kind = told(en: "User commands", fr: "Commandes")
    var page = [
      ".TH OCTROI 1 \"\" \"octroi \(octroiVersion)\" \"\(kind)\"",
      ".SH " + told(en: "NAME", fr: "NOM"),
      "octroi \\- " + Self.escaped(OctroiCommand.configuration.abstract),
      ".SH SYNOPSIS", ".B octroi", told(en: "command [options]", fr: "commande [options]"),
      ".SH DESCRIPTION", Self.escaped(OctroiCommand.configuration.discussion),
      ".SH " + told(en: "COMMANDS", fr: "COMMANDES"),
    ]
    for command in OctroiCommand.configuration.subcommands where command.configuration.shouldDisplay
    {
      page += [".SS octroi " + (command.configuration.commandName ?? ""), ".nf"]
      page += UsageText.help(OctroiCommand.helpMessage(for: command)).split(
        separator: "\n", omittingEmptySubsequences: false
      ).map { Self.escaped(String($0)) }
      page.append(".fi")
    }
    page += [
      ".SH " + told(en: "ENVIRONMENT", fr: "ENVIRONNEMENT"),
      ".TP", ".B OCTROI_STATE",
      told(
        en: "Folder of the ledger, locks and scratch, on a local disk.",
        fr: "Dossier du registre, des verrous et des fichiers de travail, sur un disque local."),
      ".TP", ".B OCTROI_KEYS",
      told(
        en: "Folder of the key files, outside of the project.",
        fr: "Dossier des fichiers de clés, hors du projet."),
      ".TP", ".B OCTROI_KEY_SCOPE",
      told(
        en: """
          Secret key of a pseudonym scope, as hexadecimal digits; OCTROI_KEY_SCOPE_V1 for key 1.
          """,
        fr: """
          Clé secrète d’un domaine de pseudonymes, en chiffres hexadécimaux ; \
          OCTROI_KEY_SCOPE_V1 pour la clé 1.
          """),
      ".TP", ".B NO_COLOR", told(en: "No colours.", fr: "Pas de couleurs."),
    ]
    Terminal.give(page.joined(separator: "\n") + "\n")
  }

  /// roff takes a leading dot or quote and every backslash as its own.
  private static func escaped(_ text: String) -> String {
    let plain = text.replacing("\\", with: "\\e").replacing("-", with: "\\-")
    return plain.hasPrefix(".") || plain.hasPrefix("'") ? "\\&" + plain : plain
  }
}
