import Foundation
import TestSupport
import Testing

/// Data flows one way: which room may know which.
@Suite struct HouseGraphTests {
  /// The house's own modules that each room may import. Anything else is a wrong edge.
  static let allowed: [String: Set<String>] = [
    "Tabular": ["CKernels"],
    "Json": ["Tabular"],
    "GeoJSON": ["Json", "Tabular"],
    "Codecs": ["CISAL", "CZlib"],
    "Ingest": ["Tabular", "Json", "Codecs", "CLibCSV"],
    "StageKit": ["Tabular"],
    "Stages": ["StageKit", "Tabular"],
    "Places": ["StageKit", "Tabular", "GeoJSON", "CGEOS", "CPROJ"],
    "Anonymise": ["StageKit", "Tabular"],
    "Indicators": ["StageKit", "Tabular"],
    "Reports": ["StageKit", "Tabular", "Codecs", "GeoJSON", "CXLSXWriter"],
    "Pipeline": ["GeoJSON", "StageKit", "Tabular", "Ingest", "Reports", "Codecs"],
    "Octroi": [
      "Pipeline", "Reports", "Stages", "Places", "Anonymise", "Indicators", "Ingest", "StageKit",
      "Tabular",
    ],
    "octroi-cli": ["Octroi", "Pipeline", "Reports", "StageKit"],
    "SampleCity": ["Codecs", "CZlib"],
  ]

  static let ours = Set(allowed.keys).union([
    "CGEOS", "CISAL", "CPROJ", "CXLSXWriter", "CKernels", "CLibCSV", "CZlib",
  ])

  static func imports(of file: SourceFile) -> Set<String> {
    var found: Set<String> = []
    for line in file.lines {
      let words = line.split(separator: " ")
      guard let at = words.firstIndex(of: "import"), at + 1 < words.count, at <= 1 else { continue }
      if at == 1, !["package", "public", "internal", "private"].contains(words[0]) { continue }
      found.insert(String(words[at + 1].split(separator: ".")[0]))
    }
    return found
  }

  @Test func everyRoomImportsOnlyWhatLiesBelowIt() {
    for file in Repository.files(in: "Sources", extension: "swift") {
      let room = String(file.path.split(separator: "/")[1])
      guard let allowed = Self.allowed[room] else {
        Issue.record("\(file.path): the house has no room called \(room)")
        continue
      }
      let wrong = Self.imports(of: file).intersection(Self.ours).subtracting(allowed)
      #expect(wrong.isEmpty, "\(file.path) must not import \(wrong.sorted())")
    }
  }

  @Test func packageManifestHasNoOtherEdges() throws {
    let manifest = try Repository.text("Package.swift")
    for (room, allowed) in Self.allowed {
      let pattern = "arget\\(\\s*name: \"\(room)\","
      guard let start = manifest.range(of: pattern, options: .regularExpression)?.upperBound else {
        Issue.record("Package.swift has no target \(room)")
        continue
      }
      let rest = manifest[start...]
      let end = rest.range(of: "swiftSettings")?.lowerBound ?? rest.endIndex
      let named = Self.ours.filter { rest[..<end].contains("\"\($0)\"") }
      let wrong = named.subtracting(allowed).subtracting([room])
      #expect(wrong.isEmpty, "target \(room) must not depend on \(wrong.sorted())")
    }
  }
}
