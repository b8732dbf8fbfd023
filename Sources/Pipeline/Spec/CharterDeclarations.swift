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
    DetectorRules.declaration,
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
        OptionDeclaration(
          "releases_days", .integer(0...36500),
          Message(
            en: "Days that a release of persons' rows is remembered after it was last published; "
              + "longer than the time between two, which are audited together.",
            fr: "Jours pendant lesquels une diffusion de lignes de personnes reste en mémoire "
              + "après sa dernière publication ; plus que le temps entre deux, qui sont auditées "
              + "ensemble.")),
      ]),
      Message(
        en: "What `octroi purge` removes from vault, ledger and memory, and when.",
        fr: "Ce que `octroi purge` retire du coffre, du registre et de la mémoire, et quand.")),
    OptionDeclaration(
      "purposes", .map(keys: "purpose", SpecDeclarations.title),
      Message(en: "The purposes that exist.", fr: "Les finalités admises.")),
    OptionDeclaration(
      "scopes", .map(keys: "scope", .record(scope)),
      Message(
        en: "What pseudonyms and secret draws (noise, swap, round_table, cell_key, sample) are "
          + "made for, each with a key of its own. Without it any scope will do.",
        fr: "À quoi servent les pseudonymes et les tirages secrets (noise, swap, round_table, "
          + "cell_key, sample), chacun avec sa clé. Sans elle, tout domaine convient.")
    ),
    OptionDeclaration(
      "anonymisation", .record(anonymisation),
      Message(
        en: "Who answers for anonymised exports, and when their risk is assessed again.",
        fr: "Qui répond des exports anonymisés, et quand leur risque est réévalué.")),
    OptionDeclaration(
      "declassifications", .map(keys: "name", .record(declassification)),
      Message(
        en: "Classes that the city has decided to lower, field by field.",
        fr: "Les classes que la ville a décidé d’abaisser, champ par champ.")),
    OptionDeclaration(
      "catalogue", .record(CatalogueDeclarations.catalogue),
      Message(
        en: "How what is open is catalogued (`octroi catalog`).",
        fr: "Comment ce qui est ouvert est catalogué (`octroi catalog`).")),
    OptionDeclaration(
      "register", .record(RegisterDeclarations.register),
      Message(
        en: "What the register of processing activities says besides (`octroi register`).",
        fr: "Ce que le registre des activités de traitement dit de plus (`octroi register`).")),
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
      "rounding", .integer(2...1000),
      Message(
        en: "In place of min_count, tables whose counts are rounded at random to this base or a "
          + "larger one (round_table) will do, too.",
        fr: "À la place de min_count, des tableaux dont les comptes sont arrondis au hasard à "
          + "cette base ou à une plus grande (round_table) conviennent aussi.")),
    OptionDeclaration(
      "perturbation", .number(0.01...2500),
      Message(
        en: "In place of min_count, counts perturbed with at least this variance (cell_key) will "
          + "do, too.",
        fr: "À la place de min_count, des comptes perturbés avec au moins cette variance "
          + "(cell_key) conviennent aussi.")),
    OptionDeclaration(
      "k", .integer(2...1_000_000), Message(en: "k-anonymity.", fr: "k-anonymat.")),
    OptionDeclaration(
      "l", .integer(2...1000),
      Message(
        en: "l-diversity of each sensitive field.", fr: "l-diversité de chaque champ sensible.")),
    OptionDeclaration(
      "t", .number(0...1),
      Message(
        en: "t-closeness of each sensitive field, at most.",
        fr: "t-proximité de chaque champ sensible, au plus.")),
    OptionDeclaration(
      "dominance", .limit,
      Message(
        en: "The largest contributor's share of a published amount, at most.",
        fr: "La part du plus grand contributeur d’un montant publié, au plus.")),
    OptionDeclaration(
      "date_precision", .choice(DatePrecision.allCases.map(\.rawValue)),
      Message(
        en: "How coarse dates in rows of persons are, at least.",
        fr: "À quel point les dates sont grossières dans des lignes de personnes, au moins.")),
    OptionDeclaration(
      "place_precision", .choice(["200m", "1km", "10km"]),
      Message(
        en: "What coordinates in rows of persons become, at least: a cell of the European grid. "
          + "Coordinates are fields whose schema says `coordinate: true`.",
        fr: "Ce que deviennent au moins les coordonnées dans des lignes de personnes : une maille "
          + "de la grille européenne. Les coordonnées sont les champs dont le schéma dit "
          + "`coordinate: true`.")),
    OptionDeclaration(
      "approval", .choice(["required", "none"]), default: "none",
      Message(
        en: "Whether runs are held to the pipeline's privacy lock (`octroi check --lock`).",
        fr: "Si les exécutions sont tenues au verrou de confidentialité du pipeline "
          + "(`octroi check --lock`).")),
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

  static let anonymisation: [OptionDeclaration] = [
    OptionDeclaration(
      "supervisor", .text,
      Message(
        en: "The competent person who supervises anonymisation.",
        fr: "La personne compétente qui supervise l’anonymisation.")),
    OptionDeclaration(
      "assessed_until", .text,
      Message(
        en: "The last day, as 2027-12-31, before the risk must be assessed again; exports are "
          + "warned of from then on.",
        fr: "Le dernier jour, comme 2027-12-31, avant que le risque soit à réévaluer ; les exports "
          + "sont ensuite signalés.")),
  ]

  static let scope: [OptionDeclaration] = [
    OptionDeclaration("title", SpecDeclarations.title, Message(en: "Its title.", fr: "Son titre.")),
    OptionDeclaration(
      "audiences", .list(.text), required: true,
      Message(
        en: "Who may see its pseudonyms, and what is drawn by its key.",
        fr: "Qui peut voir ses pseudonymes, et ce qui est tiré avec sa clé.")),
    OptionDeclaration(
      "purposes", .list(.text),
      Message(en: "What they may be made for.", fr: "À quelles fins ils peuvent être faits.")),
    OptionDeclaration(
      "key", .choice(Charter.KeyPlace.allCases.map(\.rawValue)), default: "either",
      Message(
        en: "Where its keys come from: files (`octroi keys`), or the environment (OCTROI_KEY_…), "
          + "as a manager of secrets sets it.",
        fr: "D’où viennent ses clés : de fichiers (`octroi keys`), ou de l’environnement "
          + "(OCTROI_KEY_…), comme un gestionnaire de secrets le remplit.")),
  ]

  static let declassification: [OptionDeclaration] = [
    OptionDeclaration(
      "source", .text, required: true,
      Message(en: "The governance entry's name.", fr: "Le nom de l’entrée de gouvernance.")),
    OptionDeclaration(
      "field", .text, required: true, Message(en: "The source's field.", fr: "Le champ.")),
    OptionDeclaration(
      "to", .choice(PrivacyClass.allCases.map(\.rawValue)), required: true,
      Message(en: "The class it gets.", fr: "La classe qu’il reçoit.")),
    OptionDeclaration(
      "because", .text, required: true, Message(en: "Why.", fr: "Pourquoi.")),
    OptionDeclaration(
      "decided_by", .text, required: true, Message(en: "By whom.", fr: "Par qui.")),
    OptionDeclaration(
      "until", .text,
      Message(en: "The last day it holds, as 2027-12-31.", fr: "Le dernier jour où elle vaut.")),
  ]
}
