import StageKit
import Tabular

/// What an output's author says of it, for who receives it; what is left out comes from the
/// sources' governance entries and schemas.
public struct PlannedBundle: Sendable {
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
}

/// Reads what outputs say of their bundles.
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

  /// - Returns: nil where none is asked for.
  func bundle(_ item: PipelineSpec.Item) -> PlannedBundle? {
    let node = item["bundle"]
    let isFolder = item["path"]?.text?.hasSuffix("/") ?? false
    guard node?.boolean ?? (node?.entries != nil || isFolder) else { return nil }
    var fields: [String: PlannedBundle.FieldText] = [:]
    for entry in node?["fields"]?.entries ?? [] {
      fields[entry.key] = PlannedBundle.FieldText(
        title: entry.value["title"]?.message, description: entry.value["description"]?.message,
        unit: entry.value["unit"]?.text)
    }
    return PlannedBundle(
      title: item["title"]?.message ?? spec.top["title"]?.message,
      description: node?["description"]?.message ?? spec.top["description"]?.message,
      licence: node?["licence"]?.text, conditions: node?["conditions"]?.message,
      contact: node?["contact"]?.text, citation: node?["citation"]?.message, fields: fields)
  }

  /// A bundle is of CSV, and alone in its folder.
  func check(_ output: PlannedOutput, beside others: [PlannedOutput]) {
    let folder = SafeFile.folder(of: output.path)
    for other in others where SafeFile.folder(of: other.path) == folder {
      guard output.bundle != nil || other.bundle != nil else { continue }
      diagnostics.error(
        "same-path", at: output.position, BundleMessages.sameFolder(output.name, other.name))
    }
    guard output.bundle != nil else { return }
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
