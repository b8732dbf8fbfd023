import StageKit
import Tabular

/// The keys with which a charter tells of processing activities, as data.
enum RegisterDeclarations {
  /// The charter's `register`.
  static let register: [OptionDeclaration] =
    [
      OptionDeclaration(
        "title", SpecDeclarations.title,
        Message(en: "The register's title.", fr: "L’intitulé du registre."))
    ] + GovernanceDeclarations.parties + [
      OptionDeclaration(
        "processors", said,
        Message(
          en: "Who processes data for the city, where sources say nothing themselves.",
          fr: "Qui traite des données pour la ville, là où les sources ne disent rien.")),
      OptionDeclaration(
        "transfers", said,
        Message(
          en: "Transfers to other countries, where sources say nothing themselves: each with "
            + "recipient, country and safeguard; or none.",
          fr: "Les transferts vers d’autres pays, là où les sources ne disent rien : pour chacun "
            + "destinataire, pays et garantie ; ou none.")),
      OptionDeclaration(
        "security", said,
        Message(
          en: "Security measures for all activities.",
          fr: "Les mesures de sécurité communes à toutes les activités.")),
      OptionDeclaration(
        "authorisation", said,
        Message(
          en: "Declarations to an authority, or its authorisations.",
          fr: "Les déclarations à une autorité, ou ses autorisations.")),
      OptionDeclaration(
        "applicable_law", said, Message(en: "The law that applies.", fr: "Le droit applicable.")),
      OptionDeclaration(
        "activities", .map(keys: "purpose", .record(activity)),
        Message(
          en: "What is said of single activities, by their purposes; it goes before what their "
            + "sources say, or beside it.",
          fr: "Ce qui est dit de chaque activité, par sa finalité ; cela prime ce que disent ses "
            + "sources, ou s’y ajoute.")),
    ]

  /// Of one purpose.
  private static let activity: [OptionDeclaration] =
    [
      OptionDeclaration(
        "reference", .text,
        Message(en: "The city's number for it.", fr: "Son numéro dans la ville.")),
      OptionDeclaration(
        "description", SpecDeclarations.title,
        Message(en: "What it consists of.", fr: "En quoi elle consiste.")),
    ] + GovernanceDeclarations.parties + GovernanceDeclarations.processing

  /// A text in one or two languages, a mapping of such as name and contact, or a list of either.
  static let said: OptionType = .either([
    .text, .map(keys: "key", SpecDeclarations.title),
    .list(.either([.text, .map(keys: "key", SpecDeclarations.title)])),
  ])
}
