import Ingest
import Pipeline
import Tabular

/// A commented pipeline that runs: for each source a cleaned export for internal use and, where a
/// column lends itself to it, a table of counts for everybody.
struct PipelineText {
  private var out: StarterText
  private let folders: StarterFolders
  private let language: Language
  private var taken: Set<String>

  /// What is made of one source.
  private struct Parts {
    let source: StarterSource
    let clean: String
    let counts: String?
    let by: String
    let count: String
    let month: FileProfile.Column?
  }

  /// Columns with something to decide that are named.
  private static let mostDoubts = 20
  /// Columns up to which each is listed.
  private static let mostListed = 100

  static func text(
    _ sources: [StarterSource], name: String, isExample: Bool, _ language: Language
  ) -> String {
    var pipeline = PipelineText(sources, language)
    pipeline.head(name, isExample: isExample)
    pipeline.out.line("sources:")
    for source in sources { pipeline.source(source) }
    let parts = sources.map { pipeline.parts($0) }
    pipeline.out.line()
    pipeline.out.line("steps:")
    for (index, part) in parts.enumerated() { pipeline.steps(part, isFirst: index == 0) }
    pipeline.out.line()
    pipeline.out.line("outputs:")
    for part in parts { pipeline.outputs(part) }
    return pipeline.out.text
  }

  private init(_ sources: [StarterSource], _ language: Language) {
    out = StarterText(language)
    folders = StarterFolders(language: language)
    self.language = language
    taken = Set(sources.map(\.name))
  }

  private mutating func name(_ wanted: String) -> String {
    var name = wanted
    var number = 2
    while !taken.insert(name).inserted {
      name = "\(wanted)_\(number)"
      number += 1
    }
    return name
  }

  private mutating func head(_ name: String, isExample: Bool) {
    if isExample {
      out.comment(
        Message(
          en: "An example to begin with. Put your own files beside it, or let `octroi init --from "
            + "FILE…` look at them in a folder of their own.",
          fr: "Un exemple pour commencer. Posez vos fichiers à côté, ou laissez `octroi init "
            + "--from FICHIER…` les examiner dans un dossier à eux."))
    }
    out.comment(
      Message(
        en: "What comes in, what is done to it, what goes out and to whom.",
        fr: "Ce qui entre, ce qu’on en fait, ce qui sort et pour qui."))
    out.line("#")
    let commands = [
      (
        "octroi check \(StarterFolders.pipeline)",
        Message(en: "reads no data", fr: "sans rien lire")
      ),
      (
        "octroi plan \(StarterFolders.pipeline)",
        Message(en: "what would leave", fr: "ce qui sortirait")
      ),
      ("octroi run \(StarterFolders.pipeline)", Message(en: "does it", fr: "pour de bon")),
      (
        "octroi stages",
        Message(en: "what else can be done", fr: "tout ce qu’on peut faire d’autre")
      ),
    ]
    for (command, meaning) in commands {
      out.line(
        "#   " + command + String(repeating: " ", count: max(1, 30 - command.count))
          + meaning.text(language))
    }
    out.raw("octroi", "1")
    out.pair("pipeline", name)
    out.pair(
      "purpose", folders.purpose,
      note: Message(
        en: "one of those in \(StarterFolders.charter)",
        fr: "l’une de celles de \(StarterFolders.charter)"))
    out.pair("charter", StarterFolders.charter)
    out.line()
  }

  private mutating func source(_ source: StarterSource) {
    let counts = source.counts
    func number(_ count: Int) -> String { RunResult.grouped(count, language) }
    let (read, passed) = (number(counts.read), number(counts.passed))
    let (rejected, skipped) = (number(counts.rejected), number(counts.skipped))
    let files = source.files.count
    let plural = files == 1 ? "" : "s"
    out.comment(
      Message(
        en: "Found in \(files) file\(plural): \(read) records = \(passed) rows + \(rejected) "
          + "rejected + \(skipped) skipped.",
        fr: "Trouvé dans \(files) fichier\(plural) : \(read) enregistrements = \(passed) lignes "
          + "+ \(rejected) rejetés + \(skipped) omis."), indent: 2)
    out.line(PlainText.yaml(source.name) + ":", indent: 2)
    if source.paths.count == 1, let path = source.paths.first {
      out.pair("path", path, indent: 4)
    } else {
      out.line("path:", indent: 4)
      for path in source.paths { out.line("- " + PlainText.yaml(path), indent: 6) }
    }
    out.pair("schema", StarterFolders.schema(source.name), indent: 4)
    dialect(source.dialect)
    if source.table.hasDrift {
      out.comment(
        Message(
          en: "Not all files have all columns: what lacks is empty.",
          fr: "Tous les fichiers n’ont pas toutes les colonnes : ce qui manque est vide."),
        indent: 4)
      out.raw("policy", "union", indent: 4)
    }
    doubts(source)
    limit(source)
    out.pair("governance", source.name, indent: 4)
  }

  /// What the files do not tell by themselves, for a person to decide.
  private mutating func doubts(_ source: StarterSource) {
    var seen: Set<String> = []
    for detection in source.files.flatMap(\.detections)
    where detection.isAmbiguous && seen.insert(detection.what).inserted {
      let (what, evidence) = ("\(detection.what) = \(detection.value)", detection.evidence)
      out.comment(
        Message(
          en: "Not certain: \(what) (\(evidence.en)). If it is wrong, say it in 'dialect'.",
          fr: "Pas certain : \(what) (\(evidence.fr)). Si c’est faux, dites-le dans "
            + "« dialect »."), indent: 4)
    }
    let doubtful = source.table.columns.filter { $0.values > 0 && !$0.doubts.isEmpty }
    for column in doubtful.prefix(PipelineText.mostDoubts) {
      let name = PlainText.line(column.name, atMost: 40)
      for doubt in column.doubts {
        out.comment(
          Message(
            en: "To be decided in the schema for '\(name)': \(doubt.en).",
            fr: "À décider dans le schéma pour « \(name) » : \(doubt.fr)."), indent: 4)
      }
    }
  }

  private mutating func dialect(_ dialect: DialectOptions) {
    var parts: [String] = []
    if let encoding = dialect.encoding { parts.append("encoding: \(encoding.rawValue)") }
    if let delimiter = dialect.delimiter {
      parts.append("delimiter: " + PipelineText.byte(delimiter))
    }
    if let quote = dialect.quote, quote != UInt8(ascii: "\"") {
      parts.append("quote: " + PipelineText.byte(quote))
    }
    if let escape = dialect.escape, escape != nil {
      parts.append("escape: " + PipelineText.byte(escape))
    }
    if dialect.hasHeader == false { parts.append("header: false") }
    guard !parts.isEmpty else { return }
    out.comment(
      Message(
        en: "What is not said here is detected in each file, and reported.",
        fr: "Ce qui n’est pas dit ici est détecté dans chaque fichier, et signalé."), indent: 4)
    out.raw("dialect", "{" + parts.joined(separator: ", ") + "}", indent: 4)
  }

  /// A byte as pipelines declare it.
  private static func byte(_ byte: UInt8?) -> String {
    PlainText.yaml(byte == 0x20 ? " " : ScanWords.name(byte))
  }

  private mutating func limit(_ source: StarterSource) {
    let counts = source.counts
    let percent = source.rejectPercent
    let kinds = counts.rejectedBy.sorted { $0.key < $1.key }.filter { $0.value > 0 }
    func list(_ language: Language) -> String {
      kinds.map { "\($0.key.message.text(language)) \(RunResult.grouped($0.value, language))" }
        .joined(separator: ", ")
    }
    if counts.rejected == 0 {
      out.comment(
        Message(
          en: "No broken row was found; beyond \(percent) % the run fails and publishes nothing.",
          fr: "Aucune ligne cassée trouvée ; au-delà de \(percent) %, l’exécution échoue et ne "
            + "publie rien."), indent: 4)
    } else {
      out.comment(
        Message(
          en: "Rejected rows: \(list(.en)). They are kept in \(folders.rejects); beyond "
            + "\(percent) % the run fails and publishes nothing. Lower it as the source improves.",
          fr: "Lignes rejetées : \(list(.fr)). Elles sont gardées dans \(folders.rejects) ; "
            + "au-delà de \(percent) %, l’exécution échoue et ne publie rien. À resserrer quand "
            + "la source s’améliore."), indent: 4)
    }
    out.raw("reject", "{at_most: \(percent)%}", indent: 4)
  }

  private mutating func parts(_ source: StarterSource) -> Parts {
    let clean = name(source.name + "_" + Message(en: "clean", fr: "propre").text(language))
    let word = Message(en: "rows", fr: "nombre").text(language)
    if let category = source.category {
      let by = category.field.name
      let counts = name(source.name + "_" + Message(en: "by", fr: "par").text(language) + "_" + by)
      return Parts(
        source: source, clean: clean, counts: counts, by: by,
        count: SafeName.names([by, word], fallback: "x")[1], month: nil)
    }
    if let date = source.date {
      // Next to the table's own fields, one of which may have that name.
      let month = Message(en: "month", fr: "mois").text(language)
      let fields = source.table.columns.map(\.field.name)
      let by = SafeName.names(fields + [month], fallback: month).last ?? month
      let counts = name(source.name + "_" + Message(en: "by", fr: "par").text(language) + "_" + by)
      return Parts(
        source: source, clean: clean, counts: counts, by: by, count: word, month: date)
    }
    return Parts(source: source, clean: clean, counts: nil, by: "", count: word, month: nil)
  }

  private mutating func steps(_ parts: Parts, isFirst: Bool) {
    out.line(PlainText.yaml(parts.clean) + ":", indent: 2)
    out.pair("from", parts.source.name, indent: 4)
    let columns = parts.source.table.columns
    if columns.count <= PipelineText.mostListed {
      out.line("stages:", indent: 4)
      if isFirst {
        out.comment(
          Message(
            en: "Keep what somebody needs, and delete the other lines.",
            fr: "Gardez ce dont quelqu’un a besoin, effacez les autres lignes."), indent: 6)
      }
      out.line("- select:", indent: 6)
      for column in columns { field(column) }
    }
    guard let counts = parts.counts else { return }
    out.comment(
      Message(
        en: "For everybody: counts only, and no group of fewer than 11 rows.",
        fr: "Pour tout le monde : des comptes seulement, et aucun groupe de moins de 11 lignes."),
      indent: 2)
    out.line(PlainText.yaml(counts) + ":", indent: 2)
    out.pair("from", parts.clean, indent: 4)
    out.line("stages:", indent: 4)
    if let month = parts.month {
      let date = PipelineText.expression(month.field.name)
      out.line("- derive:", indent: 6)
      out.pair(parts.by, "date_trunc('month', \(date))", indent: 10)
    }
    out.line("- aggregate:", indent: 6)
    out.raw("by", "[" + PlainText.yaml(parts.by) + "]", indent: 10)
    out.raw("measures", "{" + PlainText.yaml(parts.count) + ": count()}", indent: 10)
    out.line(
      "- filter: " + PlainText.yaml(PipelineText.expression(parts.count) + " >= 11"), indent: 6)
  }

  /// A name as expressions write it.
  private static func expression(_ name: String) -> String {
    let isPlain = name.utf8.allSatisfy { $0 < 0x80 }
    return isPlain ? name : "\"" + name.replacing("\"", with: "\"\"") + "\""
  }

  private mutating func field(_ column: FileProfile.Column) {
    let item = "- " + PlainText.yaml(column.field.name)
    let width = max(1, 28 - item.count)
    var note = column.field.privacy ?? "unclassified"
    if column.field.name != column.name { note += " · " + PlainText.line(column.name, atMost: 60) }
    out.line(item + String(repeating: " ", count: width) + "# " + note, indent: 10)
  }

  private mutating func outputs(_ parts: Parts) {
    let profile = Message(en: "opendata", fr: "excel-fr").text(language)
    let inside = name(
      parts.source.name + "_" + Message(en: "internal", fr: "interne").text(language))
    out.line(PlainText.yaml(inside) + ":", indent: 2)
    out.pair("from", parts.clean, indent: 4)
    out.pair("audience", "internal", indent: 4)
    out.pair("path", "\(folders.inside)/\(parts.source.name).csv", indent: 4)
    out.pair(
      "profile", profile, indent: 4,
      note: Message(en: "or excel-fr", fr: "pour un tableur ; sinon opendata"))
    guard let counts = parts.counts else {
      out.comment(
        Message(
          en: "Nothing of \(parts.source.name) for everybody yet: no plain column with few values "
            + "that recur was found. See `octroi stages aggregate`.",
          fr: "Rien de \(parts.source.name) pour tout le monde pour l’instant : aucune colonne "
            + "simple aux valeurs peu nombreuses n’a été trouvée. Voir `octroi stages aggregate`."),
        indent: 2)
      return
    }
    let shown = name(counts + "_" + Message(en: "internal", fr: "interne").text(language))
    out.comment(
      Message(
        en: "These counts may go to everybody once the charter is filled in: `audience: open` and "
          + "`path: \(folders.open)/\(counts).csv`.",
        fr: "Ces décomptes peuvent aller à tout le monde une fois la charte remplie : "
          + "`audience: open` et `path: \(folders.open)/\(counts).csv`."), indent: 2)
    out.line(PlainText.yaml(shown) + ":", indent: 2)
    out.pair("from", counts, indent: 4)
    out.pair("audience", "internal", indent: 4)
    out.pair("path", "\(folders.inside)/\(counts).csv", indent: 4)
    out.pair("profile", "opendata", indent: 4)
  }
}
