import Foundation
import StageKit
import Tabular

/// No hierarchy is a source about persons under another name: files of one size are compared by
/// their bytes, packed or not, and all by their records, before anything is read. Changed values
/// are other data.
enum CopiedSources {
  /// How much of a source's file is looked at for records that a hierarchy has, too: bytes, and
  /// fewer of each where there are many.
  private static let looked = (least: 1 << 14, most: 1 << 19, ofAll: 1 << 25)
  /// A hierarchy is read to its end; what is longer than this is none that a stage could hold.
  private static let longest = 1 << 25

  /// - Throws: `RunError` when a stage would read a copy.
  static func check(_ plan: Plan) throws {
    var digests: [String: String] = [:]
    for copy in plan.possibleCopies {
      let digest = try digests[copy.file] ?? FileDigest.of(copy.file)
      digests[copy.file] = digest
      guard try isSame(copy, digest) || isContent(copy, digest) else { continue }
      throw RunError(.refused, message(copy), remedy: StageFileCheck.reference)
    }
    try checkRecords(plan.possibleCopies)
  }

  private static func checkRecords(_ copies: [PossibleCopy]) throws {
    var files: [String: RecordPrints] = [:]
    var sources: [String: RecordPrints] = [:]
    let share = looked.ofAll / max(1, Set(copies.map(\.path)).count)
    let bytes = max(looked.least, min(looked.most, share))
    for copy in copies {
      if files[copy.file] == nil {
        files[copy.file] = RecordPrints(beginningOf: copy.file, bytes: longest)
      }
      if sources[copy.path] == nil {
        sources[copy.path] = RecordPrints(beginningOf: copy.path, bytes: bytes)
      }
      guard let file = files[copy.file], let source = sources[copy.path],
        file.areRecords(of: source)
      else { continue }
      throw RunError(.refused, recordsMessage(copy), remedy: StageFileCheck.reference)
    }
  }

  private static func recordsMessage(_ copy: PossibleCopy) -> Message {
    let (file, place) = (SpecFiles.shown(copy.file), copy.pipeline.map { " (\($0))" } ?? "")
    return Message(
      en:
        "'\(file)' has records of the source '\(copy.source)'\(place), which is about persons: no "
        + "stage may read it past its classes; nothing was published",
      fr: "« \(file) » a des enregistrements de la source « \(copy.source) »\(place), qui parle de "
        + "personnes : aucune étape ne peut la lire sans ses classes ; rien n’a été publié")
  }

  private static func isSame(_ copy: PossibleCopy, _ digest: String) throws -> Bool {
    try StageFileCheck.size(copy.path) == StageFileCheck.size(copy.file)
      && FileDigest.of(copy.path) == digest
  }

  /// Whether the file is what is packed in the source's: of a longer one no more is unpacked than
  /// shows that.
  private static func isContent(_ copy: PossibleCopy, _ digest: String) -> Bool {
    guard copy.path.hasSuffix(".gz"), let size = StageFileCheck.size(copy.file) else {
      return false
    }
    return (try? FileDigest.ofContent(copy.path, atMost: size)) == digest
  }

  private static func message(_ copy: PossibleCopy) -> Message {
    let (file, place) = (SpecFiles.shown(copy.file), copy.pipeline.map { " (\($0))" } ?? "")
    return Message(
      en: "'\(file)' has the bytes of the source '\(copy.source)'\(place), which is about persons: "
        + "no stage may read it past its classes; nothing was read",
      fr: "« \(file) » a les octets de la source « \(copy.source) »\(place), qui parle de "
        + "personnes : aucune étape ne peut la lire sans ses classes ; rien n’a été lu")
  }
}
