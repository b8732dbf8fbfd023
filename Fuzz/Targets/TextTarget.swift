import Tabular

@testable import Ingest

/// Encodings against the standard library's.
enum TextTarget {
  static func run(_ input: [UInt8]) {
    var choices = Choices(input)
    let step = 1 + choices.below(9)
    let room = 1 + choices.below(70)
    let bytes = Array(choices.rest.prefix(4096))
    let isValid = String(validating: bytes, as: UTF8.self) != nil
    for level in PlainScan.levels {
      let first = UTF8Check.firstInvalid(bytes.span, level: level)
      require((first == nil) == isValid, "UTF8Check: \(input)")
      if let first {
        require(
          String(validating: bytes[..<first], as: UTF8.self) != nil, "before it: \(input)")
      }
    }
    var proof = UTF8Proof()
    var at = 0
    while at < bytes.count {
      let end = min(at + step, bytes.count)
      proof.read(bytes, at..<end)
      at = end
    }
    proof.finish()
    require(proof.holds == isValid, "UTF8Proof: \(input)")
    do {
      let sound = try Pieces.all(SoundUTF8Source(Pieces(bytes, step: step)), room: room)
      require(
        sound == Array(String(decoding: bytes, as: UTF8.self).utf8), "SoundUTF8Source: \(input)")
      for isBigEndian in [true, false] {
        let source = UTF16Source(Pieces(bytes, step: step), isBigEndian: isBigEndian, blockSize: 8)
        var units: [UInt16] = []
        for place in stride(from: 0, to: bytes.count - 1, by: 2) {
          let (first, second) = (UInt16(bytes[place]), UInt16(bytes[place + 1]))
          units.append(isBigEndian ? first << 8 | second : second << 8 | first)
        }
        if !bytes.count.isMultiple(of: 2) { units.append(0xD800) }
        let expected = Array(String(decoding: units, as: UTF16.self).utf8)
        require(try Pieces.all(source, room: room) == expected, "UTF-16: \(input)")
      }
      for encoding in [TextEncoding.windows1252, .iso8859x1, .iso8859x15, .windows1256] {
        let single = try Pieces.all(SingleByteSource(Pieces(bytes), encoding), room: room)
        let table = SingleByteTable.upperHalf(encoding)
        let scalars = bytes.map { $0 < 0x80 ? Unicode.Scalar($0) : table[Int($0) - 0x80] }
        var text = ""
        text.unicodeScalars.append(contentsOf: scalars)
        require(single == Array(text.utf8), "\(encoding): \(input)")
        require(encoding.utf8(bytes[...]) == single, "\(encoding): \(input)")
      }
    } catch {
      require(false, "\(error): \(input)")
    }
  }
}
