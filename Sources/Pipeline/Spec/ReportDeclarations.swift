import Reports
import StageKit
import Tabular

/// The keys of a report, as data.
public enum ReportDeclarations {
  /// What `octroi stages reports` tells.
  public static let documentation = BlockDocumentation(
    declaration, options: report,
    example: """
      reports:
        elus:
          from: [ville, quartiers_bilan]
          audience: open
          path: ../out/public/elus.html
          languages: [fr, en]
          also: [xlsx, md]
          map: ../seeds/quartiers.geojson
          fields:
            delai_median: {title: {fr: Délai médian, en: Median delay}, unit: j, better: less}
          sections:
            - figures: ville
            - text: {fr: Comment lire cette page., en: How to read this page.}
            - map: {table: quartiers_bilan, value: demandes}
            - ranking: {table: quartiers_bilan, value: delai_median}
            - quality: true
      """)

  static let declaration = OptionDeclaration(
    "reports", .map(keys: "name", .record(report)),
    Message(
      en: "Reports that people read, one HTML file a language.",
      fr: "Des rapports à lire, un fichier HTML par langue."))

  static let report: [OptionDeclaration] = [
    OptionDeclaration(
      "from", .either([.table, .list(.table)]), required: true,
      Message(en: "The tables that it shows.", fr: "Les tables qu’il montre.")),
    OptionDeclaration(
      "audience", .text, required: true, Message(en: "Who may see it.", fr: "Qui peut le voir.")),
    OptionDeclaration(
      "path", .file, required: true,
      Message(
        en: "Where it goes: an .html file; languages but the first come before the ending.",
        fr: "Où il va : un fichier .html ; les langues autres que la première précèdent la fin.")),
    OptionDeclaration(
      "languages", .list(.choice(Language.allCases.map(\.rawValue))), default: "the charter's",
      Message(en: "A file each.", fr: "Un fichier par langue.")),
    OptionDeclaration(
      "also", .list(.choice(PlannedReport.Extra.allCases.map(\.rawValue))),
      Message(
        en: "The same beside it: a workbook, a PDF (by Chromium, if installed), a summary for "
          + "mails.",
        fr: "La même chose à côté : un classeur, un PDF (par Chromium, s’il est installé), un "
          + "résumé pour courriels.")),
    OptionDeclaration(
      "title", SpecDeclarations.title,
      Message(en: "By default the pipeline's.", fr: "À défaut, celui du pipeline.")),
    OptionDeclaration(
      "subtitle", SpecDeclarations.title,
      Message(en: "What it tells, in a sentence.", fr: "Ce qu’il dit, en une phrase.")),
    OptionDeclaration(
      "logo", .file,
      Message(
        en:
          "A PNG, JPEG or GIF image. Only what is seen gets into the page, not what the file says "
          + "of place, author or camera.",
        fr: "Une image PNG, JPEG ou GIF. Seul ce qui se voit entre dans la page, non ce que le "
          + "fichier dit du lieu, de l’auteur ou de l’appareil.")),
    OptionDeclaration(
      "colour", .text,
      Message(
        en: "The colour of what is marked, as '#0b5394'.",
        fr: "La couleur de ce qui est marqué, comme « #0b5394 ».")),
    OptionDeclaration(
      "map", .file,
      Message(
        en: "A GeoJSON file whose areas the tables' units are.",
        fr: "Un fichier GeoJSON dont les zones sont les unités des tables.")),
    OptionDeclaration(
      "as_of", .text,
      Message(
        en: "The date parameter that it is as of; by default the first. Periods that end later "
          + "are not over, and not compared.",
        fr: "Le paramètre de date qu’il arrête ; à défaut, le premier. Les périodes qui finissent "
          + "plus tard ne sont pas terminées, et ne sont pas comparées.")),
    OptionDeclaration(
      "fields", .map(keys: "field", .record(field)),
      Message(
        en: "What fields are called and mean; by default what the sources' schemas say.",
        fr: "Comment s’appellent les champs et ce qu’ils signifient ; à défaut, ce qu’en disent "
          + "les schémas des sources.")),
    OptionDeclaration(
      "sections", .list(.record(sections)),
      Message(
        en: "What it shows, in this order; by default what suits the tables.",
        fr: "Ce qu’il montre, dans cet ordre ; à défaut, ce qui convient aux tables.")),
  ]

  static let field: [OptionDeclaration] = [
    OptionDeclaration("title", SpecDeclarations.title, Message(en: "Its title.", fr: "Son titre.")),
    OptionDeclaration(
      "description", SpecDeclarations.title,
      Message(en: "What it means.", fr: "Ce qu’il signifie.")),
    OptionDeclaration(
      "unit", .text,
      Message(en: "Its unit, as 'jours' or '%'.", fr: "Son unité : « jours », « % ».")),
    OptionDeclaration(
      "decimals", .integer(0...6),
      Message(en: "Digits after the mark.", fr: "Chiffres après la virgule.")),
    OptionDeclaration(
      "better", .choice(["more", "less"]),
      Message(
        en: "Whether more or less of it is better.",
        fr: "S’il vaut mieux en avoir plus ou moins.")),
  ]

  /// Sections by their kind: text is Markdown, the others a table's name or a mapping.
  static let sections: [OptionDeclaration] = ReportSection.Kind.allCases.map { kind in
    let type: OptionType =
      kind == .text
      ? SpecDeclarations.title
      : kind.isOfTable
        ? .either([.table, .record(ofTable(kind))])
        : .either([.boolean, .record(words)])
    return OptionDeclaration(kind.rawValue, type, kind.summary)
  }

  private static let words: [OptionDeclaration] = [
    OptionDeclaration(
      "title", SpecDeclarations.title, Message(en: "Its heading.", fr: "Son intertitre.")),
    OptionDeclaration(
      "text", SpecDeclarations.title,
      Message(en: "What stands before it (Markdown).", fr: "Ce qui le précède (Markdown).")),
  ]

  private static func ofTable(_ kind: ReportSection.Kind) -> [OptionDeclaration] {
    var keys =
      words + [
        OptionDeclaration(
          "table", .table,
          Message(en: "By default the report's first.", fr: "À défaut, la première du rapport.")),
        OptionDeclaration(
          "unit", .field, Message(en: "What rows are about.", fr: "Sur quoi portent les lignes.")),
        OptionDeclaration(
          "label", .field, Message(en: "What units are called.", fr: "Le nom des unités.")),
        OptionDeclaration(
          "value", .fields,
          Message(en: "The values shown; by default all.", fr: "Les valeurs ; à défaut, toutes.")),
        OptionDeclaration(
          "group", .field,
          Message(en: "What units are put together by.", fr: "Ce qui regroupe les unités.")),
        OptionDeclaration("period", .field, Message(en: "When.", fr: "Quand.")),
        OptionDeclaration(
          "low", .field,
          Message(en: "The value's lower bound.", fr: "La borne inférieure de la valeur.")),
        OptionDeclaration(
          "high", .field,
          Message(en: "The value's upper bound.", fr: "La borne supérieure de la valeur.")),
      ]
    if kind == .map {
      keys.append(
        OptionDeclaration(
          "classes",
          .record([
            OptionDeclaration(
              "by", .choice(["quantile", "equal"]), default: "quantile",
              Message(
                en: "As many units in each, or each as wide.",
                fr: "Autant d’unités dans chacune, ou des largeurs égales.")),
            OptionDeclaration(
              "count", .integer(2...7), default: "5", Message(en: "How many.", fr: "Combien.")),
            OptionDeclaration(
              "breaks", .list(.number(-1e15...1e15)),
              Message(
                en: "Bounds between classes, ascending.",
                fr: "Bornes entre les classes, croissantes.")),
          ]), Message(en: "How values are classed.", fr: "Comment classer les valeurs.")))
    }
    return keys
  }
}

extension ReportSection.Kind {
  fileprivate var summary: Message {
    switch self {
    case .text: Message(en: "A text in Markdown.", fr: "Un texte en Markdown.")
    case .figures:
      Message(
        en: "Key figures, with their change where there are periods.",
        fr: "Chiffres clés, avec leur évolution s’il y a des périodes.")
    case .ranking:
      Message(en: "Units by value, as bars.", fr: "Les unités par valeur, en barres.")
    case .map: Message(en: "A map of values, with its table.", fr: "Une carte et son tableau.")
    case .series: Message(en: "Values over time.", fr: "Les valeurs au fil du temps.")
    case .heat: Message(en: "A table in shades.", fr: "Un tableau en teintes.")
    case .box: Message(en: "How values are spread.", fr: "La répartition des valeurs.")
    case .profiles: Message(en: "Each unit's values.", fr: "Les valeurs de chaque unité.")
    case .table: Message(en: "A table as it is.", fr: "Une table telle quelle.")
    case .revisions:
      Message(
        en: "What changed of what the last report said.",
        fr: "Ce qui a changé de ce que disait le dernier rapport.")
    case .methodology: Message(en: "What fields mean.", fr: "Ce que signifient les champs.")
    case .quality: Message(en: "Rows read and rejected.", fr: "Lignes lues et rejetées.")
    case .confidentiality:
      Message(en: "Rules and cells suppressed.", fr: "Règles et cases supprimées.")
    case .provenance:
      Message(en: "Inputs, run and versions.", fr: "Entrées, exécution et versions.")
    }
  }
}
