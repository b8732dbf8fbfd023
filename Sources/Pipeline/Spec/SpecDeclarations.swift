import StageKit
import Tabular

/// The keys of a pipeline's file, as data: decoding, documentation and JSON Schema come from here.
public enum SpecDeclarations {
  static let title: OptionType = .either([
    .text,
    .record([
      OptionDeclaration("fr", .text, Message(en: "in French", fr: "en français")),
      OptionDeclaration("en", .text, Message(en: "in English", fr: "en anglais")),
    ]),
  ])

  /// The top of a pipeline's file; stages are decoded by their own declarations.
  public static let pipeline: [OptionDeclaration] = [
    OptionDeclaration(
      "octroi", .literal, required: true,
      Message(en: "The format's version: 1.", fr: "La version du format : 1.")),
    OptionDeclaration(
      "pipeline", .text, required: true,
      Message(en: "The pipeline's name.", fr: "Le nom du pipeline.")),
    OptionDeclaration("title", title, Message(en: "Its title.", fr: "Son titre.")),
    OptionDeclaration("description", title, Message(en: "What it is for.", fr: "À quoi il sert.")),
    OptionDeclaration(
      "purpose", .text,
      Message(
        en: "The purpose it serves: one that its sources' governance entries allow.",
        fr:
          "Sa finalité : l’une de celles que permettent les entrées de gouvernance de ses sources.")
    ),
    OptionDeclaration(
      "charter", .file, required: true,
      Message(en: "The city's charter.", fr: "La charte de la ville.")),
    OptionDeclaration(
      "include", .either([.text, .list(.text)]),
      Message(
        en: "Files with more parameters, sources and steps.",
        fr: "Des fichiers avec d’autres paramètres, sources et étapes.")),
    OptionDeclaration(
      "parameters", .map(keys: "name", .record(parameter)),
      Message(
        en: "Values that change from run to run.", fr: "Valeurs qui changent à chaque exécution.")),
    OptionDeclaration(
      "sources", .map(keys: "name", .record(source)), required: true,
      Message(en: "The files that come in.", fr: "Les fichiers qui entrent.")),
    OptionDeclaration(
      "steps", .map(keys: "name", .record(step)),
      Message(en: "What is done to them.", fr: "Ce qu’on en fait.")),
    OptionDeclaration(
      "outputs", .map(keys: "name", .record(output)),
      Message(
        en: "What goes out, and to whom. A pipeline has outputs, reports or both.",
        fr: "Ce qui sort, et pour qui. Un pipeline a des sorties, des rapports ou les deux.")),
    ReportDeclarations.declaration,
    OptionDeclaration(
      "summary", .record(summary),
      Message(
        en: "A page that accounts for the run, for internal use.",
        fr: "Une page qui rend compte de l’exécution, à usage interne.")),
  ]

  /// The same, with the blocks that there are.
  public static func pipeline(_ blocks: [any Block.Type]) -> [OptionDeclaration] {
    pipeline + blocks.map { $0.declaration }
  }

  /// The top of an included file: the parts of a pipeline that several may share.
  public static let fragment: [OptionDeclaration] = pipeline.filter {
    ["include", "parameters", "sources", "steps"].contains($0.name)
  }.map { OptionDeclaration($0.name, $0.type, $0.summary) }

  static let types = ["text", "boolean", "integer", "decimal", "double", "date", "datetime"]

  static let parameter: [OptionDeclaration] = [
    OptionDeclaration(
      "type", .choice(types), required: true, Message(en: "Its type.", fr: "Son type.")),
    OptionDeclaration(
      "default", .literal,
      Message(
        en: "Its value when none is given; for dates also 'today' and 'yesterday'.",
        fr: "Sa valeur à défaut d’autre ; pour les dates aussi « today » et « yesterday ».")),
    OptionDeclaration("title", title, Message(en: "Its title.", fr: "Son titre.")),
    OptionDeclaration(
      "privacy", .choice(PrivacyClass.allCases.map(\.rawValue)),
      Message(
        en: "The class of its values. Only plain ones are written down; by default dates, truth "
          + "values and short numbers are, texts never.",
        fr: "La classe de ses valeurs. Seules les ordinaires sont consignées ; à défaut, les "
          + "dates, les valeurs logiques et les nombres courts le sont, les textes jamais.")),
  ]

  static let source: [OptionDeclaration] = [
    OptionDeclaration(
      "path", .either([.text, .list(.text)]), required: true,
      Message(
        en: "Files, relative to this one; globs; '-' is standard input.",
        fr: "Des fichiers, relatifs à celui-ci ; des motifs ; « - » est l’entrée standard.")),
    OptionDeclaration(
      "schema", .file, required: true,
      Message(
        en: "A Table Schema (JSON); `octroi scan FILE` proposes one.",
        fr: "Un Table Schema (JSON) ; `octroi scan FICHIER` en propose un.")),
    OptionDeclaration(
      "dialect", .record(dialect),
      Message(
        en: "How the text is written; what is left out is detected and reported.",
        fr: "Comment le texte est écrit ; ce qui manque est détecté et signalé.")),
    OptionDeclaration(
      "policy", .choice(["exact", "union", "subset"]),
      Message(
        en: "What to do with files of different columns.",
        fr: "Que faire de fichiers aux colonnes différentes.")),
    OptionDeclaration(
      "reject",
      .record([
        OptionDeclaration(
          "at_most", .limit, required: true,
          Message(
            en: "Rejects beyond which the run fails.", fr: "Rejets au-delà desquels tout échoue."))
      ]),
      Message(
        en: "How many bad rows are borne; none by default.",
        fr: "Combien de mauvaises lignes sont tolérées ; aucune par défaut.")),
    OptionDeclaration(
      "governance", .text, required: true,
      Message(en: "Its entry in the charter.", fr: "Son entrée dans la charte.")),
    OptionDeclaration(
      "dated_by", .field,
      Message(
        en: "The plain date that says of which day a row is: reports tell by it, and by the "
          + "governance entry's frequency, since when data are missing.",
        fr: "La date ordinaire qui dit de quel jour est une ligne : les rapports disent par elle, "
          + "et par la fréquence de la gouvernance, depuis quand des données manquent.")),
    OptionDeclaration(
      "same_content", .choice(["allow", "refuse"]), default: "refuse",
      Message(
        en: "Whether two files may hold the same bytes.",
        fr: "Si deux fichiers peuvent contenir les mêmes octets.")),
  ]

  static let dialect: [OptionDeclaration] = [
    OptionDeclaration(
      "encoding", .text, Message(en: "Such as windows-1252.", fr: "Comme windows-1252.")),
    OptionDeclaration(
      "delimiter", .text, Message(en: "One character, or 'tab'.", fr: "Un caractère, ou « tab ».")),
    OptionDeclaration(
      "quote", .text, Message(en: "One character, or 'none'.", fr: "Un caractère, ou « none ».")),
    OptionDeclaration(
      "escape", .text, Message(en: "One character, or 'none'.", fr: "Un caractère, ou « none ».")),
    OptionDeclaration(
      "header", .boolean,
      Message(en: "Whether a header stands first.", fr: "Si un en-tête vient d’abord.")),
    OptionDeclaration(
      "skip", .integer(0...1000),
      Message(en: "Lines before the header.", fr: "Lignes avant l’en-tête.")),
    OptionDeclaration(
      "footer", .integer(0...1000),
      Message(en: "Records after the table.", fr: "Enregistrements après le tableau.")),
  ]

  static let step: [OptionDeclaration] = [
    OptionDeclaration(
      "from", .table, required: true,
      Message(en: "A source or another step.", fr: "Une source ou une autre étape.")),
    OptionDeclaration("title", title, Message(en: "Its title.", fr: "Son titre.")),
    OptionDeclaration(
      "stages", .list(.stage),
      Message(en: "What is done, in order.", fr: "Ce qu’on fait, dans l’ordre.")),
  ]

  static let summary: [OptionDeclaration] = [
    OptionDeclaration(
      "path", .file, required: true,
      Message(
        en: "An .html file in the internal audience's folder, relative to this file.",
        fr: "Un fichier .html dans le dossier du public interne, relatif à ce fichier.")),
    OptionDeclaration(
      "language", .choice(Language.allCases.map(\.rawValue)),
      Message(
        en: "By default the charter's language.", fr: "À défaut, la langue de la charte.")),
  ]

  static let output: [OptionDeclaration] = [
    OptionDeclaration(
      "from", .table, required: true,
      Message(en: "A source or step.", fr: "Une source ou une étape.")),
    OptionDeclaration(
      "audience", .text, required: true, Message(en: "Who may see it.", fr: "Qui peut le voir.")),
    OptionDeclaration(
      "path", .file, required: true,
      Message(en: "Where it goes, relative to this file.", fr: "Où il va, relatif à ce fichier.")),
    OptionDeclaration(
      "format", .choice(PlannedOutput.Format.allCases.map(\.rawValue)),
      Message(en: "By default what the path ends in.", fr: "À défaut, selon la fin du chemin.")),
    OptionDeclaration(
      "profile", .choice(PlannedOutput.Profile.allCases.map(\.rawValue)), default: "opendata",
      Message(en: "For whom the text is shaped.", fr: "Pour qui le texte est mis en forme.")),
    OptionDeclaration("title", title, Message(en: "Its title.", fr: "Son titre.")),
    OptionDeclaration(
      "description", title, Message(en: "What it holds.", fr: "Ce qu’elle contient.")),
    OptionDeclaration(
      "catalogue", .record(CatalogueDeclarations.output),
      Message(
        en: "What the catalogue says of it (`octroi catalog`); by default what the governance "
          + "entry of its main source and the charter's `catalogue` say.",
        fr: "Ce que dit d’elle le catalogue (`octroi catalog`) ; à défaut, ce qu’en disent "
          + "l’entrée de gouvernance de sa source principale et le `catalogue` de la charte.")),
    OptionDeclaration(
      "bundle", .either([.boolean, .record(bundle)]), default: "true where the path ends in '/'",
      Message(
        en: "Whether a data package, codebooks, conditions and checksums go with the table. It "
          + "then has a folder of its own.",
        fr: "Si un Data Package, des dictionnaires, des conditions et des empreintes accompagnent "
          + "la table. Elle a alors un dossier à elle.")),
  ]

  static let bundle: [OptionDeclaration] = [
    OptionDeclaration(
      "description", title, Message(en: "What the table holds.", fr: "Ce que contient la table.")),
    OptionDeclaration(
      "licence", .text,
      Message(en: "By default its sources’.", fr: "À défaut, celle de ses sources.")),
    OptionDeclaration(
      "conditions", title,
      Message(en: "Under which conditions it is used.", fr: "À quelles conditions l’employer.")),
    OptionDeclaration(
      "contact", .text,
      Message(en: "By default its sources’.", fr: "À défaut, celui de ses sources.")),
    OptionDeclaration(
      "citation", title, Message(en: "How to cite it.", fr: "Comment la citer.")),
    OptionDeclaration(
      "fields",
      .map(
        keys: "field",
        .record([
          OptionDeclaration("title", title, Message(en: "Its title.", fr: "Son titre.")),
          OptionDeclaration(
            "description", title, Message(en: "What it means.", fr: "Ce qu’il signifie.")),
          OptionDeclaration(
            "unit", .text, Message(en: "Its unit, as `jours`.", fr: "Son unité, comme `jours`.")),
        ])),
      Message(
        en: "What fields mean; by default what the sources' schemas say.",
        fr: "Ce que signifient les champs ; à défaut, ce qu’en disent les schémas des sources.")),
  ]
}
