import Codecs
import Tabular

/// The encoding of a file: declared, marked, found out before, or guessed from its head and then
/// proven byte by byte while it is read.
struct EncodingFinding {
  let encoding: TextEncoding
  let markLength: Int
  /// Taken for UTF-8 without a declaration: every byte is still to be checked.
  let isUnproven: Bool
  let detections: [Detection]

  static func find(
    _ head: [UInt8], isWhole: Bool, _ file: InputFile, _ source: SourceDescription
  ) throws(IngestError) -> EncodingFinding {
    let declared = source.dialect.encoding
    let mark = TextEncoding.byteOrderMark(head)
    try ContentCheck.check(head, file: file.name, encoding: mark?.encoding ?? declared)
    if let mark, declared == nil || declared == mark.encoding || mark.length == 3 {
      return EncodingFinding(
        encoding: mark.encoding, markLength: mark.length, isUnproven: false,
        detections: declared == mark.encoding
          ? [] : [detection(mark.encoding, EncodingEvidence.byteOrderMark)])
    }
    if let declared {
      return EncodingFinding(encoding: declared, markLength: 0, isUnproven: false, detections: [])
    }
    if let proven = source.findings.encodings[file.name] {
      return EncodingFinding(
        encoding: proven, markLength: 0, isUnproven: false,
        detections: [detection(proven, EncodingEvidence.wholeFile)])
    }
    var proof = UTF8Proof()
    proof.read(head, 0..<head.count)
    if isWhole { proof.finish() }
    if proof.holds {
      return EncodingFinding(
        encoding: .utf8, markLength: 0, isUnproven: !isWhole,
        detections: [detection(.utf8, EncodingEvidence.everyByte)])
    }
    if !isWhole, proof.sequences > 0 { proof = try prove(file) }
    return EncodingFinding(
      encoding: proof.verdict, markLength: 0, isUnproven: false,
      detections: [detection(proof.verdict, EncodingEvidence.invalid(proof))])
  }

  private static func detection(_ encoding: TextEncoding, _ evidence: Message) -> Detection {
    Detection("encoding", encoding.rawValue, evidence)
  }

  /// Reads a file whole and counts what speaks for UTF-8 and against it.
  static func prove(_ file: InputFile) throws(IngestError) -> UTF8Proof {
    let source = try FileHead.open(file).source
    var proof = UTF8Proof()
    var buffer = [UInt8](repeating: 0, count: 1 << 18)
    do {
      while true {
        let count = try source.read(into: &buffer, from: 0)
        if count == 0 { break }
        proof.read(buffer, 0..<count)
      }
    } catch let error as CodecError {
      throw IngestError(error)
    } catch let error as IngestError {
      throw error
    } catch {
      throw IngestError.unreadable(file.name, errno: 5)
    }
    proof.finish()
    return proof
  }
}

/// Evidence in words.
enum EncodingEvidence {
  static let byteOrderMark = Message(en: "byte order mark", fr: "marque d’ordre des octets (BOM)")
  static let wholeFile = Message(
    en: "the whole file was looked at", fr: "tout le fichier a été examiné")
  static let everyByte = Message(en: "every byte is valid", fr: "chaque octet est valide")

  static func invalid(_ proof: UTF8Proof) -> Message {
    let line = proof.firstInvalid?.line ?? 1
    if proof.verdict == .utf8 {
      return Message(
        en: "damaged: \(proof.invalid) invalid bytes against \(proof.sequences) valid "
          + "characters, first on line \(line)",
        fr: "abîmé : \(proof.invalid) octets invalides pour \(proof.sequences) caractères "
          + "valides, d’abord ligne \(line)")
    }
    return Message(
      en: "line \(line) is not UTF-8", fr: "la ligne \(line) n’est pas en UTF-8")
  }
}
