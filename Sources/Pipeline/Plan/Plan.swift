import StageKit
import Tabular

/// A pipeline resolved, typed and classed: what would run, and nothing about threads or files'
/// bytes. A DAG whose nodes stand after those that they read; one scan may feed many.
public struct Plan: Sendable {
  public let pipeline: String
  public let title: Message?
  public let purpose: String?
  /// The pipeline's file as shown to the user.
  public let file: String
  /// The project's root, absolute: outputs and inputs lie below it unless allowed otherwise.
  public let root: String
  public let charter: Charter
  public let parameters: [(name: String, value: ParameterValue)]
  public let nodes: [PlanNode]
  public let outputs: [PlannedOutput]
  public let reports: [PlannedReport]
  /// The page that accounts for the run, if one is asked for.
  public let summary: PlannedSummary?
  /// The node whose table each source and step gives.
  public let ends: [String: Int]
  /// What defines the plan, by path.
  public let files: [DefiningFile]
  /// Of sources about persons, by files that stages read by themselves.
  var possibleCopies: [PossibleCopy] = []
  /// What the gate counts beside the tables that leave.
  public internal(set) var sidecars: [PlannedSidecar] = []

  public init(
    pipeline: String, title: Message?, purpose: String?, file: String, root: String,
    charter: Charter, parameters: [(name: String, value: ParameterValue)], nodes: [PlanNode],
    outputs: [PlannedOutput], reports: [PlannedReport] = [], summary: PlannedSummary?,
    ends: [String: Int], files: [DefiningFile]
  ) {
    (self.pipeline, self.title, self.purpose, self.file) = (pipeline, title, purpose, file)
    (self.root, self.charter, self.parameters) = (root, charter, parameters)
    (self.nodes, self.outputs, self.summary) = (nodes, outputs, summary)
    self.reports = reports
    (self.ends, self.files) = (ends, files)
  }
}

/// A source, or one stage of a step.
public struct PlanNode: Sendable {
  public enum Work: Sendable {
    case source(PlannedSource)
    /// - Parameters:
    ///   - input: the node that it reads.
    ///   - sides: the nodes of its side tables, by the names that the stage uses.
    case stage(name: String, any Stage, input: Int, sides: [String: Int])
  }

  /// Its index in `Plan.nodes`.
  public let id: Int
  /// The source or step that it belongs to.
  public let step: String
  public let work: Work
  public let facts: Facts
  /// Fields that something downstream reads; the others may be absent.
  public let wanted: Set<String>
  public let position: SpecPosition
  /// The stage's options as its author wrote them.
  let written: SpecNode?

  init(
    id: Int, step: String, work: Work, facts: Facts, wanted: Set<String>, position: SpecPosition,
    written: SpecNode?
  ) {
    (self.id, self.step, self.work) = (id, step, work)
    (self.facts, self.wanted, self.position) = (facts, wanted, position)
    self.written = written
  }
}

extension [PlanNode] {
  /// The nodes that some read, directly or not, and these themselves: ids.
  func read(by ids: [Int]) -> Set<Int> {
    var found = Set(ids)
    // What a node reads stands before it.
    for node in reversed() where found.contains(node.id) {
      guard case .stage(_, _, let input, let sides) = node.work else { continue }
      found.insert(input)
      found.formUnion(sides.values)
    }
    return found
  }
}

/// A table to be published to an audience.
public struct PlannedOutput: Sendable {
  /// How a table is written.
  public enum Format: String, Sendable, CaseIterable {
    case csv
    case csvGzip = "csv.gz"
    case json
    case jsonLines = "jsonl"
  }

  /// For whom the text is shaped (see the reference on publishing).
  public enum Profile: String, Sendable, CaseIterable {
    /// UTF-8, `,`, `.`, ISO dates, CRLF; no formula guard, since machines read it.
    case opendata
    /// BOM, `;`, decimal comma, dd/mm/yyyy; formula guard on.
    case excelFR = "excel-fr"
  }

  public let name: String
  /// The node whose table it is.
  public let node: Int
  public let audience: Charter.Audience
  /// Absolute.
  public let path: String
  public let format: Format
  public let profile: Profile
  public let description: PlannedDescription
  /// Whether codebooks and more go with the table in a folder of its own.
  public let isBundle: Bool
  public let position: SpecPosition

  public init(
    name: String, node: Int, audience: Charter.Audience, path: String, format: Format,
    profile: Profile, description: PlannedDescription, isBundle: Bool, position: SpecPosition
  ) {
    (self.description, self.isBundle) = (description, isBundle)
    (self.name, self.node, self.audience, self.path) = (name, node, audience, path)
    (self.format, self.profile, self.position) = (format, profile, position)
  }

  /// Where the Data Package that describes the table lies. A table's whole name is in it, since
  /// `a.csv` and `a.json` may lie side by side.
  var packagePath: String {
    isBundle ? SafeFile.folder(of: path) + "/datapackage.json" : path + ".datapackage.json"
  }
}

/// Where a run's page goes and how it speaks. It is always for the internal audience: counts of
/// rejects are of single rows.
public struct PlannedSummary: Sendable {
  /// Absolute.
  public let path: String
  public let language: Language
  public let mode: UInt16
  public let group: String?
}
