import Codecs
import Tabular

/// Why an input was not read: a message and a remedy for people, kind and code for machines.
public struct IngestError: Error, Sendable, Hashable {
  /// What sort of failure it is; each has its exit code.
  public enum Kind: String, Sendable, Hashable {
    /// The declaration (schema, dialect, names) is wrong.
    case invalid
    /// No such input.
    case missing
    /// The input is there and cannot be read.
    case unreadable
    /// The input was read, and its content is refused.
    case refused
    /// The machine failed (disk full, permission on scratch).
    case machine
    /// Somebody asked to stop (SIGINT).
    case interrupted
    /// Somebody asked to stop (SIGTERM).
    case terminated

    /// The exit code of the command: 1 refused, 2 wrong declaration, 3 input, 4 machine,
    /// 130 and 143 stopped.
    public var exitCode: Int32 {
      switch self {
      case .refused: 1
      case .invalid: 2
      case .missing, .unreadable: 3
      case .machine: 4
      case .interrupted: 130
      case .terminated: 143
      }
    }
  }

  public let kind: Kind
  /// An identifier such as `truncated_gzip`, the same in every language.
  public let code: String
  /// The path as the user gave it.
  public let file: String?
  /// Physical line in the (decompressed) file, from 1.
  public let line: Int?
  /// Column in that line, from 1; characters for JSON, bytes for data.
  public let column: Int?
  public let message: Message
  /// What to do about it.
  public let remedy: Message?

  public init(
    _ kind: Kind, _ code: String, file: String? = nil, line: Int? = nil, column: Int? = nil,
    _ message: Message, remedy: Message? = nil
  ) {
    (self.kind, self.code, self.file) = (kind, code, file)
    (self.line, self.column) = (line, column)
    (self.message, self.remedy) = (message, remedy)
  }

  /// `file:line:column: message (remedy)`, as far as they are known.
  public func text(_ language: Language) -> String {
    var text = ""
    for part in [file, line.map(String.init), column.map(String.init)] {
      if let part { text += part + ":" }
    }
    text += (text.isEmpty ? "" : " ") + message.text(language)
    if let remedy { text += " (" + remedy.text(language) + ")" }
    return text
  }
}

extension IngestError {
  /// What a codec's failure means to the user.
  public init(_ error: CodecError) {
    let at = error.offset
    let again = Message(
      en: "transfer the file again, or have it exported again",
      fr: "transférez de nouveau le fichier, ou faites-le exporter de nouveau")
    switch error.kind {
    case .truncated:
      self.init(
        .unreadable, "truncated_gzip", file: error.file,
        Message(
          en: "the compressed file is cut off after byte \(at)",
          fr: "le fichier compressé est tronqué après l’octet \(at)"), remedy: again)
    case .corrupt:
      self.init(
        .unreadable, "corrupt_gzip", file: error.file,
        Message(
          en: "the compressed data is damaged at byte \(at)",
          fr: "les données compressées sont abîmées à l’octet \(at)"), remedy: again)
    case .checksum:
      self.init(
        .unreadable, "gzip_checksum", file: error.file,
        Message(
          en: "the checksum at byte \(at) is not that of the decompressed data",
          fr: "la somme de contrôle à l’octet \(at) n’est pas celle des données décompressées"),
        remedy: again)
    case .trailingGarbage:
      self.init(
        .unreadable, "gzip_trailing_garbage", file: error.file,
        Message(
          en: "bytes that are not gzip follow the compressed data, from byte \(at) on",
          fr: "des octets qui ne sont pas du gzip suivent les données, à partir de l’octet \(at)"),
        remedy: again)
    case .codec:
      self.init(
        .machine, "codec", file: error.file,
        Message(
          en: "the codec ran out of memory at byte \(at)",
          fr: "le codec a manqué de mémoire à l’octet \(at)"))
    }
  }

  /// The system refused an operation on an input.
  /// - Parameter errno: the system's error number.
  static func unreadable(_ file: String, errno number: Int32) -> IngestError {
    let reason = SystemReason.text(number)
    return IngestError(
      .unreadable, "unreadable", file: file,
      Message(
        en: "the file cannot be read: \(reason.en)",
        fr: "le fichier ne peut pas être lu : \(reason.fr)"),
      remedy: Message(
        en: "check the permissions of the file and of its folders",
        fr: "vérifiez les droits du fichier et de ses dossiers"))
  }

  /// The system refused an operation on scratch or on the reject file.
  static func machine(_ file: String, errno number: Int32) -> IngestError {
    let reason = SystemReason.text(number)
    return IngestError(
      .machine, "write_failed", file: file,
      Message(
        en: "the file cannot be written: \(reason.en)",
        fr: "le fichier ne peut pas être écrit : \(reason.fr)"),
      remedy: Message(
        en: "check the free space and the permissions of the folder",
        fr: "vérifiez l’espace libre et les droits du dossier"))
  }
}
