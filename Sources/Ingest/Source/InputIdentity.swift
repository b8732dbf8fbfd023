import Crypto
import Tabular

/// The identity of a file's bytes: SHA-256 over the SHA-256s of its chunks of 1 MiB (the last may
/// be shorter), so that several threads can hash. An empty file has the identity of no chunk.
struct InputIdentity: Sendable {
  /// Bytes a chunk.
  static let chunk = 1 << 20

  private var digests: [Int: [UInt8]] = [:]

  /// The digests of chunks, two at a time where the machine can.
  static func digests(_ chunks: [ChunkedFile.Chunk]) -> [(index: Int, digest: [UInt8])] {
    var digests: [(index: Int, digest: [UInt8])] = []
    var rest = chunks[...]
    while let first = rest.popFirst() {
      if let second = rest.first,
        let twins = TwinSHA256.digests(first.bytes.span, second.bytes.span)
      {
        rest.removeFirst()
        digests += [(first.index, twins.left), (second.index, twins.right)]
      } else {
        digests.append((first.index, digest(first.bytes)))
      }
    }
    return digests
  }

  private static func digest(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
    bytes.withUnsafeBytes { raw in
      var hash = SHA256()
      hash.update(bufferPointer: raw)
      return Array(hash.finalize())
    }
  }

  /// Takes the digest of a chunk, in any order.
  mutating func add(_ digest: [UInt8], at index: Int) { digests[index] = digest }

  /// Hexadecimal digits; all chunks must have been added.
  var hexadecimal: String {
    var hash = SHA256()
    for index in 0..<digests.count { hash.update(data: digests[index] ?? []) }
    let digits = Array("0123456789abcdef".utf8)
    return String(
      decoding: hash.finalize().flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] },
      as: UTF8.self)
  }
}
