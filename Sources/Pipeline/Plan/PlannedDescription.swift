import StageKit
import Tabular

/// What an output's author says of it, for who receives it or looks for it; what is left out comes
/// from the sources' governance entries and schemas.
public struct PlannedDescription: Sendable {
  /// What a field means.
  public struct FieldText: Sendable {
    public let title: Message?
    public let description: Message?
    public let unit: String?
  }

  public let title: Message?
  public let description: Message?
  public let licence: String?
  public let conditions: Message?
  public let contact: String?
  public let citation: Message?
  public let fields: [String: FieldText]
  /// What the catalogue says of it, as written.
  let catalogue: SpecNode?
}

/// Reads what outputs say of themselves and of their bundles.
struct BundlePlanner {
  let spec: PipelineSpec
  let diagnostics: Diagnostics

  /// The table's path: in the folder, where a folder is named.
  func table(_ item: PipelineSpec.Item, _ path: String, _ format: PlannedOutput.Format?) -> String {
    guard item["path"]?.text?.hasSuffix("/") ?? false else { return path }
    let folder = path.hasSuffix("/") ? String(path.dropLast()) : path
    let format = format ?? .csvGzip
    return folder + "/" + item.name.filter { $0 != "/" } + "." + format.rawValue
  }

  /// Whether the table has a folder of its own, with codebooks and conditions.
  func isBundle(_ item: PipelineSpec.Item) -> Bool {
    let node = item["bundle"]
    let isFolder = item["path"]?.text?.hasSuffix("/") ?? false
    return node?.boolean ?? (node?.entries != nil || isFolder)
  }

  func description(_ item: PipelineSpec.Item) -> PlannedDescription {
    let node = item["bundle"]
    var fields: [String: PlannedDescription.FieldText] = [:]
    for entry in node?["fields"]?.entries ?? [] {
      fields[entry.key] = PlannedDescription.FieldText(
        title: entry.value["title"]?.message, description: entry.value["description"]?.message,
        unit: entry.value["unit"]?.text)
    }
    return PlannedDescription(
      title: item["title"]?.message ?? spec.top["title"]?.message,
      description: node?["description"]?.message ?? item["description"]?.message
        ?? spec.top["description"]?.message,
      licence: node?["licence"]?.text ?? item["catalogue"]?["licence"]?.text,
      conditions: node?["conditions"]?.message, contact: node?["contact"]?.text,
      citation: node?["citation"]?.message, fields: fields, catalogue: item["catalogue"])
  }

  /// A bundle is of CSV, and alone in its folder; and no table takes the place of another's
  /// companion.
  func check(_ output: PlannedOutput, beside others: [PlannedOutput]) {
    let folder = SafeFile.folder(of: output.path)
    for other in others where SafeFile.folder(of: other.path) == folder {
      if output.path == other.packagePath || other.path == output.packagePath {
        diagnostics.error(
          "same-path", at: output.position,
          PlanMessages.samePath(SpecFiles.shown(output.path), other: other.name))
      }
      guard output.isBundle || other.isBundle else { continue }
      diagnostics.error(
        "same-path", at: output.position, BundleMessages.sameFolder(output.name, other.name))
    }
    guard output.isBundle else { return }
    let isCSV = output.format == .csv || output.format == .csvGzip
    if !isCSV || output.profile != .opendata {
      diagnostics.error("bundle", at: output.position, BundleMessages.notCSV(output.name))
    }
  }
}

/// What is said of bundles.
enum BundleMessages {
  static func sameFolder(_ output: String, _ other: String) -> Message {
    Message(
      en: "'\(output)' and '\(other)' go to one folder, but a bundle has its own",
      fr: "« \(output) » et « \(other) » vont dans un même dossier, or un lot a le sien")
  }

  static func notCSV(_ output: String) -> Message {
    Message(
      en: "the bundle of '\(output)' takes csv or csv.gz, of the profile opendata",
      fr: "le lot de « \(output) » demande csv ou csv.gz, au profil opendata")
  }
}
