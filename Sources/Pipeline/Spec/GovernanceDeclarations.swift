import StageKit
import Tabular

/// The keys of a source's governance entry that something reads, as data. Entries may hold others.
enum GovernanceDeclarations {
  static let entry: [OptionDeclaration] = ownership + diffusion + use + parties + processing

  private static let said = RegisterDeclarations.said

  private static let ownership: [OptionDeclaration] = [
    OptionDeclaration("title", said, Message(en: "Its title. ★", fr: "Son titre. ★")),
    OptionDeclaration(
      "description", said, Message(en: "What it holds. ★", fr: "Ce qu’elle contient. ★")),
    OptionDeclaration(
      "publisher", said, Message(en: "Who publishes it. ★", fr: "Qui la publie. ★")),
    OptionDeclaration(
      "publisher_id", said,
      Message(
        en: "Their national number, as `SIRET 21440109300015`, or an address.",
        fr: "Son numéro national, comme `SIRET 21440109300015`, ou une adresse.")),
    OptionDeclaration(
      "producer", said,
      Message(en: "Who makes it, if somebody else.", fr: "Qui la produit, si c’est un autre.")),
    OptionDeclaration(
      "owner", said,
      Message(en: "The department that owns it. ★", fr: "La direction responsable. ★")),
    OptionDeclaration(
      "steward", said, Message(en: "Who looks after it.", fr: "Qui s’en occupe.")),
    OptionDeclaration("contact", said, Message(en: "An address.", fr: "Une adresse.")),
    OptionDeclaration(
      "origin", said,
      Message(
        en: "own-service, delegated or third-party.",
        fr: "own-service, delegated ou third-party.")),
  ]

  private static let diffusion: [OptionDeclaration] = [
    OptionDeclaration("keywords", .stage, Message(en: "Keywords.", fr: "Mots clés.")),
    OptionDeclaration(
      "themes", .stage,
      Message(
        en: "Codes of the vocabulary data-theme.", fr: "Codes du vocabulaire data-theme.")),
    OptionDeclaration(
      "spatial", .stage, Message(en: "The place it is about.", fr: "Le lieu dont elle traite.")),
    OptionDeclaration(
      "temporal", .stage, Message(en: "The days it is about.", fr: "Les jours dont elle traite.")),
    OptionDeclaration(
      "frequency", .text,
      Message(
        en: "How often it changes: a code such as DAILY. ★",
        fr: "À quelle fréquence elle change : un code comme DAILY. ★")),
    OptionDeclaration(
      "licence", .text, Message(en: "An SPDX identifier. ★", fr: "Un identifiant SPDX. ★")),
    OptionDeclaration(
      "access", .text,
      Message(
        en: "PUBLIC, RESTRICTED or NON_PUBLIC. ★", fr: "PUBLIC, RESTRICTED ou NON_PUBLIC. ★")),
    OptionDeclaration(
      "access_reason", said,
      Message(en: "Why it is not public.", fr: "Pourquoi elle n’est pas publique.")),
  ]

  private static let use: [OptionDeclaration] = [
    OptionDeclaration(
      "personal_data", .boolean,
      Message(
        en: "Whether it holds personal data. ★", fr: "Si elle contient des données personnelles. ★")
    ),
    OptionDeclaration(
      "purposes", .list(.text),
      Message(en: "The purposes it may serve. ★", fr: "Les finalités qu’elle peut servir. ★")),
    OptionDeclaration(
      "kept_until", .text,
      Message(
        en: "The last day, as 2027-12-31, on which it may be used.",
        fr: "Le dernier jour, comme 2027-12-31, où elle peut servir.")),
  ]

  /// Who answers for processing: of the register for all, of an activity or of a source.
  static let parties: [OptionDeclaration] = [
    OptionDeclaration(
      "controller", said,
      Message(
        en: "Who answers for the processing: name, address, contact.",
        fr: "Qui répond du traitement : nom, adresse, contact.")),
    OptionDeclaration(
      "joint_controllers", said,
      Message(en: "Who answers for it as well.", fr: "Qui en répond conjointement.")),
    OptionDeclaration(
      "representative", said,
      Message(en: "The controller's representative.", fr: "Le représentant du responsable.")),
    OptionDeclaration(
      "dpo", said,
      Message(
        en: "The data protection officer, and how to reach them.",
        fr: "La personne déléguée à la protection des données, et comment la joindre.")),
  ]

  /// What a register of processing activities asks, of a source or of an activity.
  static let processing: [OptionDeclaration] = [
    OptionDeclaration(
      "legal_basis", said,
      Message(
        en: "The legal basis (GDPR art. 6). ★", fr: "La base légale (RGPD art. 6). ★")),
    OptionDeclaration(
      "sensitive_basis", said,
      Message(
        en: "Under which condition sensitive data are processed (GDPR art. 9(2)).",
        fr: "À quelle condition des données sensibles sont traitées (RGPD art. 9.2).")),
    OptionDeclaration(
      "people", said, Message(en: "Categories of persons.", fr: "Les catégories de personnes.")),
    OptionDeclaration(
      "data_categories", said,
      Message(en: "Categories of personal data.", fr: "Les catégories de données personnelles.")),
    OptionDeclaration(
      "recipients", said,
      Message(en: "Categories of recipients.", fr: "Les catégories de destinataires.")),
    OptionDeclaration(
      "processors", said,
      Message(
        en: "Who processes the data for the city; or none.",
        fr: "Qui traite les données pour la ville ; ou none.")),
    OptionDeclaration(
      "transfers", said,
      Message(
        en: "Transfers to other countries, each with recipient, country and safeguard; or none.",
        fr: "Les transferts vers d’autres pays, pour chacun destinataire, pays et garantie ; ou "
          + "none.")),
    OptionDeclaration(
      "retention_period", .text,
      Message(
        en: "How long it is kept, as P24M. ★", fr: "La durée de conservation, comme P24M. ★")),
    OptionDeclaration(
      "retention_trigger", said, Message(en: "From when on.", fr: "À compter de quand.")),
    OptionDeclaration(
      "retention_fate", said, Message(en: "What comes then.", fr: "Ce qui vient ensuite.")),
    OptionDeclaration(
      "security", said, Message(en: "Security measures.", fr: "Les mesures de sécurité.")),
    OptionDeclaration(
      "dpia", said,
      Message(
        en: "The reference of the impact assessment, or why there is none.",
        fr: "La référence de l’analyse d’impact, ou pourquoi il n’y en a pas.")),
    OptionDeclaration(
      "authorisation", said,
      Message(
        en: "A declaration to an authority, or its authorisation.",
        fr: "Une déclaration à une autorité, ou son autorisation.")),
    OptionDeclaration(
      "applicable_law", said, Message(en: "The law that applies.", fr: "Le droit applicable.")),
  ]
}
