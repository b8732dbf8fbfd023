import CZlib
import Codecs

/// The gzip reader against zlib's own reading of members, whatever the pieces.
enum GzipTarget {
  static func run(_ input: [UInt8]) {
    var choices = Choices(input)
    let (step, block, room) = (1 + choices.below(40), 1 + choices.below(40), 1 + choices.below(90))
    let mode = choices.below(4)
    var bytes = Array(choices.rest.prefix(4096))
    if mode < 2, let packed = pack(bytes, byZlib: step % 2 == 0) {
      require((try? read(packed, step, block, room)) == bytes, "comes back: \(input)")
      // One byte of it damaged.
      bytes = packed
      if let place = choices.rest.first, mode == 1 {
        bytes[Int(place) % bytes.count] ^= choices.rest.last ?? 1
      }
    }
    let own = try? read(bytes, step, block, room)
    require((try? read(bytes, .max, 1 << 12, 1 << 12)) == own, "pieces: \(input)")
    let isal = try? read(bytes, step, block, room, try IsalInflater())
    require(isal == own, "ISA-L differs: \(input)")
    guard let own else { return }
    require(reference(bytes) == own, "zlib differs: \(input)")
  }

  private static func pack(_ bytes: [UInt8], byZlib: Bool) -> [UInt8]? {
    try? GzipWriter.compress(bytes, by: byZlib ? try ZlibDeflater(level: 6) : nil)
  }

  private static func read(
    _ bytes: [UInt8], _ step: Int, _ block: Int, _ room: Int, _ inflater: (any Inflater)? = nil
  ) throws -> [UInt8] {
    let reader = GzipReader(
      Pieces(bytes, step: step), file: "fuzz", inflater: try inflater ?? ZlibInflater(),
      blockSize: block)
    return try Pieces.all(reader, room: room)
  }

  /// All members one after the other; nil when zlib finds something wrong.
  private static func reference(_ bytes: [UInt8]) -> [UInt8]? {
    var bytes = bytes
    var all: [UInt8] = []
    var at = 0
    while at < bytes.count, bytes[at] != 0 {
      var stream = z_stream()
      let size = Int32(MemoryLayout<z_stream>.size)
      guard inflateInit2_(&stream, 31, ZLIB_VERSION, size) == Z_OK else { return nil }
      defer { inflateEnd(&stream) }
      var output = [UInt8](repeating: 0, count: 1 << 16)
      let count = bytes.count
      var status = Z_OK
      while status == Z_OK {
        let before = stream.total_in
        let produced = bytes.withUnsafeMutableBufferPointer { input in
          output.withUnsafeMutableBufferPointer { output in
            stream.next_in = input.baseAddress.map { $0 + at + Int(before) }
            stream.avail_in = UInt32(count - at - Int(before))
            stream.next_out = output.baseAddress
            stream.avail_out = UInt32(output.count)
            status = inflate(&stream, Z_NO_FLUSH)
            return output.count - Int(stream.avail_out)
          }
        }
        all += output[..<produced]
      }
      guard status == Z_STREAM_END else { return nil }
      at += Int(stream.total_in)
    }
    return all
  }
}
