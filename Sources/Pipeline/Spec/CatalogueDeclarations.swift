import StageKit
import Tabular

/// The keys with which charters and outputs describe what is published, as data.
enum CatalogueDeclarations {
  /// The charter's `catalogue`.
  static let catalogue: [OptionDeclaration] =
    [
      OptionDeclaration(
        "title", SpecDeclarations.title, Message(en: "Its title.", fr: "Son titre.")),
      OptionDeclaration(
        "description", SpecDeclarations.title,
        Message(en: "What it holds.", fr: "Ce qu’il contient.")),
      OptionDeclaration(
        "publisher", .text, Message(en: "Who publishes it.", fr: "Qui le publie.")),
      OptionDeclaration(
        "publisher_id", .text,
        Message(
          en: "As `SIRET 21440109300015`, or an address.",
          fr: "Comme `SIRET 21440109300015`, ou une adresse.")),
      OptionDeclaration(
        "base_url", .text,
        Message(
          en: "Where the folder of the audience `open` is on the web.",
          fr: "Où se trouve sur le web le dossier du public `open`.")),
      OptionDeclaration(
        "homepage", .text, Message(en: "Its page on the web.", fr: "Sa page sur le web.")),
    ] + shared

  /// An output's `catalogue`.
  static let output: [OptionDeclaration] =
    [
      OptionDeclaration(
        "id", .text,
        Message(
          en: "What it is known by; by default PIPELINE-OUTPUT.",
          fr: "Ce par quoi on le connaît ; à défaut PIPELINE-SORTIE.")),
      OptionDeclaration(
        "frequency", .text,
        Message(
          en: "How often it changes: a code of the European vocabulary, such as DAILY.",
          fr: "À quelle fréquence il change : un code du vocabulaire européen, comme DAILY.")),
      OptionDeclaration(
        "issued", .text,
        Message(
          en: "The day it was first published, where the ledger does not go back so far.",
          fr: "Le jour de sa première publication, si le registre ne remonte pas jusque-là.")),
    ] + shared

  /// What an output may say for itself and the charter for all.
  private static let shared: [OptionDeclaration] = [
    OptionDeclaration(
      "landing_page", .text,
      Message(
        en: "The data set's page on the web; {id} stands for its identifier.",
        fr: "La page du jeu de données sur le web ; {id} vaut pour son identifiant.")),
    OptionDeclaration(
      "licence", .text,
      Message(
        en: "An SPDX identifier, such as etalab-2.0; by default its sources’.",
        fr: "Un identifiant SPDX, comme etalab-2.0 ; à défaut, celui de ses sources.")),
    OptionDeclaration(
      "themes", .list(.text),
      Message(
        en: "Codes of the European vocabulary data-theme, such as GOVE or TRAN.",
        fr: "Codes du vocabulaire européen data-theme, comme GOVE ou TRAN.")),
    OptionDeclaration(
      "keywords", .list(SpecDeclarations.title), Message(en: "Keywords.", fr: "Mots clés.")),
    OptionDeclaration(
      "spatial", .record(place),
      Message(en: "The place it is about.", fr: "Le lieu dont il traite.")),
    OptionDeclaration(
      "temporal", .text,
      Message(
        en: "The days it is about, as 2024-01-01/2025-12-31.",
        fr: "Les jours dont il traite, comme 2024-01-01/2025-12-31.")),
  ]

  private static let place: [OptionDeclaration] = [
    OptionDeclaration(
      "name", .text, required: true, Message(en: "Its name.", fr: "Son nom.")),
    OptionDeclaration(
      "level",
      .choice([
        "infracommunale", "communale", "intercommunale", "cantonale", "departementale",
        "regionale", "autre",
      ]), required: true,
      Message(en: "The level, in the SCDL's words.", fr: "La maille, dans les mots du SCDL.")),
    OptionDeclaration(
      "uri", .text,
      Message(
        en: "Its address in a reference of places.",
        fr: "Son adresse dans un référentiel de lieux.")),
  ]
}
