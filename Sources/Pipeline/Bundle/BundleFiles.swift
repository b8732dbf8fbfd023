import Crypto
import Foundation
import Tabular

/// Stages the files that go with a table, and reads them back.
struct BundleFiles {
  struct Staged: Sendable {
    let path: String
    let final: String
    let bytes: Int
    let sha256: String
  }

  let publisher: Publisher

  /// - Parameters:
  ///   - table: where the table itself is staged.
  ///   - risk: of the persons in it.
  /// - Throws: `RunError` when a file does not read back.
  func stage(_ facts: BundleFacts, table: String, risk: ExportRisk?) throws -> [Staged] {
    let package = try DataPackage(facts).json()
    guard facts.output.isBundle else { return [try stage(package, as: facts.output.packagePath)] }
    var facts = facts
    facts.hasRiskAccount = risk != nil
    do { try facts.count(staged: table) } catch { throw RunError.explaining(error) }
    var files = [(name: "datapackage.json", bytes: package)]
    for language in [Language.fr, .en] {
      let codebook = Codebook(bundle: facts, language: language)
      files.append(("codebook.\(language.rawValue).md", Array(codebook.markdown.utf8)))
      files.append(("codebook.\(language.rawValue).html", Array(codebook.html.utf8)))
      if let risk {
        files.append(("risk.\(language.rawValue).html", Array(risk.page(language).utf8)))
      }
    }
    if let risk { files.append(("risk.json", try risk.json())) }
    files.sort { $0.name < $1.name }
    let sums =
      ([(facts.file, facts.report.sha256)] + files.map { ($0.name, Self.digest($0.bytes)) })
      .map { "\($0.1)  \($0.0)\n" }.joined()
    files.append(("SHA256SUMS", Array(sums.utf8)))
    let folder = SafeFile.folder(of: facts.output.path)
    return try files.map { try stage($0.bytes, as: folder + "/" + $0.name) }
  }

  private func stage(_ bytes: [UInt8], as final: String) throws -> Staged {
    let path = publisher.stagedPath(for: final)
    let file = try SafeFile(creating: path)
    try file.write(bytes)
    try file.finish()
    guard FileManager.default.contents(atPath: path).map(Array.init) == bytes else {
      throw RunError(.refused, RunMessages.gateUnreadable(SpecFiles.shown(final)))
    }
    return Staged(path: path, final: final, bytes: bytes.count, sha256: Self.digest(bytes))
  }

  private static func digest(_ bytes: [UInt8]) -> String {
    SHA256.hash(data: bytes).map { StateFolder.hex($0) }.joined()
  }
}
