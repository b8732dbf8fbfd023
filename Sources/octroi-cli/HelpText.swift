import ArgumentParser
import Octroi
import Reports

/// A text of help, in the language that was asked for: both stand where the command is declared.
func told(en: String, fr: String) -> String {
  Typography.text(Message(en: en, fr: fr).text(Terminal.language), Terminal.language)
}

/// Help of an argument, an option or a flag, likewise; the name of its value may differ, too.
func told(en: ArgumentHelp, fr: ArgumentHelp) -> ArgumentHelp {
  var help = Terminal.language == .fr ? fr : en
  help.abstract = told(en: en.abstract, fr: fr.abstract)
  return help
}

/// Help of what several commands take.
extension ArgumentHelp {
  static var pipelines: ArgumentHelp {
    told(
      en: "Pipelines, or folders with pipelines; by default those beside the charter.",
      fr: .init(
        "Des pipelines, ou des dossiers de pipelines ; par défaut ceux à côté de la charte.",
        valueName: "chemins"))
  }

  static var charter: ArgumentHelp {
    told(
      en: "The charter; by default the one that octroi.yml names.",
      fr: "La charte ; par défaut celle que désigne octroi.yml.")
  }

  static var output: ArgumentHelp {
    told(
      en: "Where to write it; by default standard output.",
      fr: "Où l’écrire ; par défaut la sortie standard.")
  }

  static var scope: ArgumentHelp {
    told(en: "The scope.", fr: .init("Le domaine.", valueName: "domaine"))
  }

  static var wait: ArgumentHelp {
    told(
      en: "Seconds to wait while a run holds the project's lock.",
      fr: "Secondes d’attente tant qu’une exécution tient le verrou du projet.")
  }
}
