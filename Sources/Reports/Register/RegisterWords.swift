import StageKit
import Tabular

/// The words of registers.
enum RegisterWords {
  static let what = Message(en: "What", fr: "Rubrique")
  static let said = Message(en: "What is said", fr: "Contenu")
  static let sheet = Message(en: "The activity", fr: "L’activité")
  static let whole = Message(en: "For all activities", fr: "Pour toutes les activités")
  static let contents = Message(en: "Activities", fr: "Activités")
  static let reference = Message(en: "Reference", fr: "Référence")
  static let purpose = Message(en: "Purpose", fr: "Finalité")
  static let description = Message(en: "Description", fr: "Description")
  static let audiences = Message(en: "Audiences served", fr: "Publics servis")
  static let keeping = Message(
    en: "What Octroi keeps and removes", fr: "Ce qu’Octroi garde et retire")
  static let measures = Message(
    en: "Measures of the pipelines", fr: "Mesures des pipelines")
  static let notSaid = Message(en: "not said", fr: "non renseigné")
  static let missing = Message(en: "Missing", fr: "Manque")
  static let sources = Message(en: "Sources", fr: "Sources")
  static let reading = Message(
    en: "What is read, and who answers for it", fr: "Ce qui est lu, et qui en répond")
  static let source = Message(en: "Source", fr: "Source")
  static let owner = Message(en: "Owner", fr: "Responsable de la donnée")
  static let steward = Message(en: "Steward", fr: "Gestionnaire")
  static let contact = Message(en: "Contact", fr: "Contact")
  static let origin = Message(en: "Origin", fr: "Origine")
  static let access = Message(en: "Access", fr: "Accès")
  static let holdsPersons = Message(en: "Personal data", fr: "Données personnelles")
  static let yes = Message(en: "yes", fr: "oui")
  static let no = Message(en: "no", fr: "non")
  static let fields = Message(
    en: "Fields of the sources about persons", fr: "Champs des sources sur des personnes")
  static let field = Message(en: "Field", fr: "Champ")
  static let title = Message(en: "Title", fr: "Intitulé")
  static let privacyClass = Message(en: "Class", fr: "Classe")
  static let readBy = Message(en: "Read by", fr: "Lu par")
  static let notRead = Message(en: "not read", fr: "non lu")
  static let leaving = Message(en: "What leaves, for whom", fr: "Ce qui sort, pour qui")
  static let leavesNothing = Message(en: "Nothing leaves.", fr: "Rien ne sort.")
  static let from = Message(en: "From", fr: "Provenance")
  static let treatment = Message(en: "Treatment", fr: "Traitement")
  static let treatments = Message(en: "Treatments", fr: "Traitements")
  static let output = Message(en: "Output", fr: "Sortie")
  static let files = Message(en: "Files", fr: "Fichiers")
  static let notAboutPersons = Message(
    en: "What is not about persons", fr: "Ce qui ne porte pas sur des personnes")
  static let decisions = Message(
    en: "Decisions on classes and choices", fr: "Décisions sur les classes et les choix")
  static let decision = Message(en: "Decision", fr: "Décision")
  static let because = Message(en: "Reason in the pipeline", fr: "Motif dans le pipeline")
  static let entry = Message(en: "Decision of the charter", fr: "Décision de la charte")
  static let account = Message(
    en: "Decisions, pipelines, gaps", fr: "Décisions, pipelines, manques")
  static let pipelines = Message(en: "Pipelines", fr: "Pipelines")
  static let pipeline = Message(en: "Pipeline", fr: "Pipeline")
  static let file = Message(en: "File", fr: "Fichier")
  static let gaps = Message(en: "What is missing", fr: "Ce qui manque")
  static let askedBy = Message(en: "Asked for by", fr: "Demandé par")
  static let good = Message(en: "good practice", fr: "bonne pratique")
  static let owned = Message(en: "Of", fr: "De")
  static let place = Message(en: "Where to write it", fr: "Où l’écrire")
  static let withoutPersons = Message(
    en: "Pipelines without personal data", fr: "Pipelines sans données personnelles")
  static let unserved = Message(
    en: "Purposes that no pipeline serves", fr: "Finalités qu’aucun pipeline ne sert")
  static let unread = Message(
    en: "Sources of personal data that no pipeline reads",
    fr: "Sources de données personnelles qu’aucun pipeline ne lit")
  static let unused = Message(
    en: "Decisions of the charter that no pipeline makes use of",
    fr: "Décisions de la charte dont aucun pipeline ne se sert")
  static let noActivity = Message(
    en: "No pipeline processes personal data.",
    fr: "Aucun pipeline ne traite de données personnelles.")
  static let noPurpose = Message(
    en: "Pipelines that say no purpose", fr: "Pipelines qui ne disent pas de finalité")
  static let version = Message(en: "Version", fr: "Version")

  static func made(_ charter: String, _ pipelines: Int, _ version: String) -> Message {
    Message(
      en: "Made of the charter \(charter) and of \(pipelines) "
        + (pipelines == 1 ? "pipeline" : "pipelines") + "; version \(version).",
      fr: "Établi d’après la charte \(charter) et \(pipelines) "
        + (pipelines == 1 ? "pipeline" : "pipelines") + " ; version \(version).")
  }

  static let scope = Message(
    en: "It tells what these pipelines do with personal data. The software that the data come from "
      + "has entries of its own elsewhere.",
    fr: "Il dit ce que ces pipelines font des données personnelles. Les logiciels dont elles "
      + "viennent ont leurs propres fiches ailleurs.")

  static func notCovered(_ files: String) -> Message {
    Message(
      en: "Not covered, though beside the charter: \(files).",
      fr: "Non couverts, bien qu’à côté de la charte : \(files).")
  }

  static func gapsAre(_ count: Int) -> Message {
    switch count {
    case 0: Message(en: "Nothing is missing.", fr: "Rien ne manque.")
    case 1:
      Message(
        en: "One thing is missing; it is told where it belongs.",
        fr: "Une chose manque ; elle est dite à sa place.")
    default:
      Message(
        en: "\(count) things are missing; they are told where they belong.",
        fr: "\(count) choses manquent ; elles sont dites à leur place.")
    }
  }

  static func rows(_ rows: ProcessingRegister.Output.Rows) -> Message {
    switch rows {
    case .persons: Message(en: "rows of persons", fr: "lignes de personnes")
    case .aggregated: Message(en: "results over persons", fr: "résultats sur des personnes")
    case .things: Message(en: "not about persons", fr: "ne porte pas sur des personnes")
    }
  }

  static func chosen(_ fields: String) -> Message {
    Message(en: "rows chosen by \(fields)", fr: "lignes choisies d’après \(fields)")
  }

  static func become(_ word: Message) -> Message {
    Message(en: "becomes \(word.en)", fr: "devient : \(word.fr)")
  }

  static let singlesOut = Message(
    en: "rows are chosen by it", fr: "des lignes sont choisies d’après lui")

  static func entry(_ entry: ProcessingRegister.Decision.Entry) -> Message {
    let end = entry.until
    return Message(
      en: "\(entry.id): \(entry.because) (\(entry.decidedBy)"
        + (end.map { ", until \($0)" } ?? "") + ")",
      fr: "\(entry.id) : \(entry.because) (\(entry.decidedBy)"
        + (end.map { ", jusqu’au \($0)" } ?? "") + ")")
  }

  static func lacks(_ gap: ProcessingRegister.Gap) -> Message {
    Message(
      en: "missing: write it in \(gap.place), \(gap.path)",
      fr: "manque : à écrire dans \(gap.place), \(gap.path)")
  }
}
