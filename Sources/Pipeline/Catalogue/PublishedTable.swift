import Foundation
import Glibc
import StageKit
import Tabular

/// A published table as it lies on disk: what the plan says of it, and what its manifest does.
struct PublishedTable: Sendable {
  let plan: Plan
  let output: PlannedOutput
  let entry: Manifest.Entry
  /// Of its content: when the ledger first and last saw it change; ISO 8601, UTC. Nil where the
  /// ledger remembers neither.
  let dates: Ledger.PublicationDates?

  /// What lies where an output goes.
  enum State: Sendable {
    case published(PublishedTable)
    /// Never, or not under this name.
    case unpublished
    /// There is a manifest, and the file is gone, as retention asks or otherwise.
    case removed
    /// The bytes are not those that were published.
    case changed
  }

  /// - Parameter ledger: nil where there is none.
  /// - Throws: what the ledger throws.
  static func state(_ output: PlannedOutput, of plan: Plan, _ ledger: Ledger?) throws -> State {
    let manifest = SafeFile.folder(of: output.path) + "/" + plan.manifestName
    guard let data = FileManager.default.contents(atPath: manifest),
      let told = try? JSONDecoder().decode(Manifest.self, from: data),
      let entry = told.outputs.first(where: {
        $0.name == output.name && output.path.hasSuffix("/" + $0.path)
      })
    else { return .unpublished }
    guard access(output.path, F_OK) == 0 else { return .removed }
    guard let digest = try? FileDigest.of(output.path), digest == entry.sha256 else {
      return .changed
    }
    let dates = try ledger?.dates(of: output.path)
    return .published(PublishedTable(plan: plan, output: output, entry: entry, dates: dates))
  }
}

extension Charter.Governance {
  /// Whether outside of the city its source may be named: of others only that there are some.
  var isPublic: Bool {
    node["access"]?.text == "PUBLIC" && node["personal_data"]?.boolean != true
  }
}

extension Plan {
  /// The manifest in each folder that it publishes to.
  var manifestName: String { pipeline.filter { $0 != "/" } + ".manifest.json" }

  /// The source at the head of an output's chain of stages; tables joined on the way are others.
  func mainSource(of output: PlannedOutput) -> PlannedSource? {
    var node = nodes[output.node]
    while true {
      switch node.work {
      case .source(let source): return source
      case .stage(_, _, let input, _): node = nodes[input]
      }
    }
  }

  /// The sources that an output is made of, in the order of the pipeline.
  func sources(of output: PlannedOutput) -> [PlannedSource] {
    ancestors(of: output).compactMap {
      if case .source(let source) = $0.work { source } else { nil }
    }
  }
}
