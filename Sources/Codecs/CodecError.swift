/// Why compressed bytes could not be read or written, and where.
public struct CodecError: Error, Sendable, Hashable {
  /// What is wrong with the compressed bytes.
  public enum Kind: String, Sendable, Hashable {
    /// The file ends within a member.
    case truncated
    /// The deflate data or a member's header is not valid.
    case corrupt
    /// The CRC-32 or the length of a member is not that of its bytes.
    case checksum
    /// Bytes that are neither a member nor zero padding follow the last member.
    case trailingGarbage = "trailing_garbage"
    /// The codec itself failed (no memory).
    case codec
  }

  public let kind: Kind
  /// The path as the user gave it.
  public let file: String
  /// Bytes from the start of the compressed file to what is wrong.
  public let offset: Int

  public init(_ kind: Kind, file: String, offset: Int) {
    (self.kind, self.file, self.offset) = (kind, file, offset)
  }
}
