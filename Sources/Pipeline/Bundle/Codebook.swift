import Reports
import StageKit
import Tabular

/// The dictionary of a table, in one language: what each field means, how it was treated, how often
/// its values occur where that may be told; conditions, risk, and how to load it.
struct Codebook {
  let bundle: BundleFacts
  let language: Language

  var markdown: String { BundleText.markdown(pieces) }

  var html: String { BundleText.html(pieces, title: say(bundle.title), language) }

  private func say(_ message: Message) -> String { message.text(language) }

  private func say(en: String, fr: String) -> String { language == .fr ? fr : en }

  private var pieces: [BundlePiece] {
    var pieces: [BundlePiece] = [.heading(1, say(bundle.title))]
    if let description = bundle.description { pieces.append(.paragraph(say(description))) }
    return pieces + about + conditions + fields + frequencies + loading
  }

  private var about: [BundlePiece] {
    let report = bundle.report
    var rows = [
      [say(en: "File", fr: "Fichier"), bundle.file],
      [say(en: "Rows", fr: "Lignes"), "\(report.rows)"],
      [say(en: "Bytes", fr: "Octets"), "\(report.bytes)"],
      ["SHA-256", report.sha256],
      [say(en: "SHA-256 of the content", fr: "SHA-256 du contenu"), report.contentSHA256],
      [say(en: "Publisher", fr: "Éditeur"), bundle.publishers.joined(separator: ", ")],
      [say(en: "Audience", fr: "Public"), bundle.output.audience.name],
      [say(en: "Purpose", fr: "Finalité"), bundle.plan.purpose ?? "–"],
      [say(en: "Contact", fr: "Contact"), bundle.contact ?? "–"],
      [say(en: "Licence", fr: "Licence"), bundle.licence ?? "–"],
      [
        say(en: "Made by", fr: "Produit par"), "Octroi \(bundle.version), \(bundle.plan.pipeline)",
      ],
    ]
    rows.removeAll { $0[1].isEmpty }
    return [
      .table(
        caption: say(en: "The table", fr: "La table"),
        columns: [say(en: "What", fr: "Quoi"), say(en: "Value", fr: "Valeur")], numbers: [],
        rows: rows)
    ]
  }

  private var conditions: [BundlePiece] {
    var pieces: [BundlePiece] = [
      .heading(2, say(en: "Conditions", fr: "Conditions")), .paragraph(say(bundle.conditions)),
      .heading(2, say(en: "Risk", fr: "Risque")), .list(bundle.risk.map(say)),
    ]
    if bundle.hasRiskAccount {
      let page = "risk.\(language.rawValue).html"
      pieces.append(
        .paragraph(
          say(
            en: "In figures, before and after, with techniques and who answers for them: \(page) "
              + "and, for machines, risk.json.",
            fr: "En chiffres, avant et après, avec les techniques et qui en répond : \(page) et, "
              + "pour les machines, risk.json.")))
    }
    return pieces + [
      .heading(2, say(en: "Citation", fr: "Citation")), .paragraph(say(bundle.citation)),
    ]
  }

  private var fields: [BundlePiece] {
    let rows = bundle.fields.map { field -> [String] in
      let treatment = field.treatments.map(\.stage).joined(separator: ", ")
      return [
        field.name, say(field.title), field.description.map(say) ?? "", field.type.schemaType,
        field.unit ?? "", field.classes.map { say($0.word) }.joined(separator: " + "), treatment,
        field.isNullable ? say(en: "empty cell", fr: "cellule vide") : say(en: "none", fr: "aucun"),
      ]
    }
    var stages: [String: Message] = [:]
    for treatment in bundle.fields.flatMap(\.treatments) {
      stages[treatment.stage] = treatment.summary
    }
    var pieces: [BundlePiece] = [
      .heading(2, say(en: "Fields", fr: "Champs")),
      .table(
        caption: say(
          en:
            "Each field: meaning, type, unit, class, treatment and how a missing value is written",
          fr:
            "Chaque champ : sens, type, unité, classe, traitement et écriture d’une valeur absente"
        ),
        columns: [
          say(en: "Field", fr: "Champ"), say(en: "Title", fr: "Titre"),
          say(en: "Meaning", fr: "Sens"), "Type", say(en: "Unit", fr: "Unité"),
          say(en: "Class", fr: "Classe"), say(en: "Treatment", fr: "Traitement"),
          say(en: "Missing", fr: "Absent"),
        ], numbers: [], rows: rows),
    ]
    if !stages.isEmpty {
      pieces.append(
        .list(stages.sorted { $0.key < $1.key }.map { "\($0.key) – " + say($0.value) }))
    }
    return pieces
  }

  private var frequencies: [BundlePiece] {
    let counted = bundle.fields.filter { $0.frequencies != nil }
    guard !counted.isEmpty else { return [] }
    let least = bundle.leastPersons
    var pieces: [BundlePiece] = [
      .heading(2, say(en: "Frequencies", fr: "Fréquences")),
      .paragraph(
        say(
          en:
            "Rows by value, of fields with at most \(FrequencyCount.mostValues) values. Values of "
            + "fewer than \(least) persons are told together, without their names.",
          fr: "Lignes par valeur, pour les champs d’au plus \(FrequencyCount.mostValues) valeurs. "
            + "Les valeurs de moins de \(least) personnes sont dites ensemble, sans leurs noms.")),
    ]
    for field in counted {
      guard let found = field.frequencies else { continue }
      var rows = found.rows.map { row in
        [row.value ?? say(en: "(empty)", fr: "(vide)"), "\(row.count)"]
      }
      if found.others > 0 {
        rows.append([say(en: "(others)", fr: "(autres)"), "\(found.others)"])
      }
      pieces.append(
        .table(
          caption: field.name, columns: [field.name, say(en: "Rows", fr: "Lignes")], numbers: [1],
          rows: rows))
    }
    return pieces
  }

  private var loading: [BundlePiece] {
    let snippets = LoadingSnippets(file: bundle.file, fields: bundle.fields)
    return [
      .heading(2, say(en: "Loading", fr: "Chargement")), .heading(3, "pandas"),
      .code(language: "python", snippets.python), .heading(3, "R"),
      .code(language: "r", snippets.r), .heading(3, "DuckDB"),
      .code(language: "sql", snippets.duckDB),
    ]
  }
}
