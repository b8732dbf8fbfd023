import Codecs

/// Bytes given out in pieces.
final class Pieces: ByteSource {
  private let bytes: [UInt8]
  private let step: Int
  private var position = 0

  init(_ bytes: [UInt8], step: Int = .max) { (self.bytes, self.step) = (bytes, max(step, 1)) }

  func read(into buffer: inout [UInt8], from start: Int) throws -> Int {
    let count = min(step, bytes.count - position, buffer.count - start)
    for index in 0..<count { buffer[start + index] = bytes[position + index] }
    position += count
    return count
  }

  /// Everything that a source gives.
  static func all(_ source: any ByteSource, room: Int) throws -> [UInt8] {
    var all: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: max(room, 1))
    while true {
      let count = try source.read(into: &buffer, from: 0)
      if count == 0 { return all }
      all += buffer[..<count]
    }
  }
}
