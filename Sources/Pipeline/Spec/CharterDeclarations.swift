import StageKit
import Tabular

/// The keys of a charter, as data.
public enum CharterDeclarations {
  /// The top of a charter's file.
  public static let charter: [OptionDeclaration] = [
    OptionDeclaration(
      "octroi", .literal, required: true,
      Message(en: "The format's version: 1.", fr: "La version du format : 1.")),
    OptionDeclaration(
      "charter", .text, required: true,
      Message(en: "The charter's name.", fr: "Le nom de la charte.")),
    OptionDeclaration("title", SpecDeclarations.title, Message(en: "Its title.", fr: "Son titre.")),
    OptionDeclaration("city", .text, required: true, Message(en: "The city.", fr: "La ville.")),
    OptionDeclaration(
      "language", .choice(["fr", "en"]), default: "fr",
      Message(en: "The language of reports.", fr: "La langue des rapports.")),
    OptionDeclaration(
      "time_zone", .text, required: true,
      Message(
        en: "IANA name; 'today' is a day of this zone.",
        fr: "Nom IANA ; « today » est un jour de ce fuseau.")),
    OptionDeclaration(
      "audiences", .map(keys: "audience", .record(audience)), required: true,
      Message(en: "Who may see what.", fr: "Qui peut voir quoi.")),
    BudgetGrant.declaration,
    OptionDeclaration(
      "rejects",
      .record([
        OptionDeclaration(
          "folder", .file, required: true,
          Message(en: "Where rejected rows are kept.", fr: "Où sont gardées les lignes rejetées.")),
        OptionDeclaration(
          "retention_days", .integer(0...36500),
          Message(en: "Days they are kept.", fr: "Jours de conservation.")),
      ]), required: true,
      Message(
        en: "Rejected rows: raw, often personal.",
        fr: "Lignes rejetées : brutes, souvent personnelles.")),
    OptionDeclaration(
      "retention",
      .record([
        OptionDeclaration(
          "vault_days", .integer(0...36500),
          Message(
            en: "Days that the vault keeps a token after its last use.",
            fr: "Jours pendant lesquels le coffre garde un jeton après son dernier emploi.")),
        OptionDeclaration(
          "ledger_days", .integer(0...36500),
          Message(
            en: "Days that the ledger keeps a run's account.",
            fr: "Jours pendant lesquels le registre garde les comptes d’une exécution.")),
      ]),
      Message(
        en: "What `octroi purge` removes from vault and ledger, and when.",
        fr: "Ce que `octroi purge` retire du coffre et du registre, et quand.")),
    OptionDeclaration(
      "purposes", .map(keys: "purpose", SpecDeclarations.title),
      Message(en: "The purposes that exist.", fr: "Les finalités admises.")),
    OptionDeclaration(
      "governance", .map(keys: "source", .map(keys: "field", .stage)), required: true,
      Message(en: "An entry for each source.", fr: "Une entrée par source.")),
  ]

  static let audience: [OptionDeclaration] = [
    OptionDeclaration("title", SpecDeclarations.title, Message(en: "Its title.", fr: "Son titre.")),
    OptionDeclaration(
      "allows", .list(.choice(PrivacyClass.allCases.map(\.rawValue))), required: true,
      Message(en: "Privacy classes that may reach it.", fr: "Classes de confidentialité admises.")),
    OptionDeclaration(
      "min_count", .integer(1...1_000_000),
      Message(
        en: "Source rows that every published row stands for, at least.",
        fr: "Lignes de source que représente au moins chaque ligne publiée.")),
    OptionDeclaration(
      "k", .integer(2...1_000_000), Message(en: "k-anonymity.", fr: "k-anonymat.")),
    OptionDeclaration(
      "folder", .file, Message(en: "Where its files lie.", fr: "Où se trouvent ses fichiers.")),
    OptionDeclaration(
      "mode", .text, default: "0600", Message(en: "Permission bits.", fr: "Droits des fichiers.")),
    OptionDeclaration(
      "retention_days", .integer(0...36500),
      Message(
        en: "Days that its files are kept; `octroi purge` then removes them.",
        fr: "Jours pendant lesquels ses fichiers sont gardés ; `octroi purge` les retire ensuite.")
    ),
    OptionDeclaration("group", .text, Message(en: "Owning group.", fr: "Groupe propriétaire.")),
  ]
}
