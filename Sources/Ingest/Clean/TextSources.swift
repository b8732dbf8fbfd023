import Codecs

/// Makes UTF-8 of a single-byte encoding as it is read. Memory: one block.
final class SingleByteSource: ByteSource {
  private let source: any ByteSource
  private let upper: [[UInt8]]
  private var input = [UInt8](repeating: 0, count: 1 << 16)
  private var output: [UInt8] = []
  private var position = 0

  init(_ source: any ByteSource, _ encoding: TextEncoding) {
    self.source = source
    upper = SingleByteTable.upperHalf(encoding).map { Array(String(Character($0)).utf8) }
  }

  func read(into buffer: inout [UInt8], from start: Int) throws -> Int {
    if position == output.count {
      let got = try source.read(into: &input, from: 0)
      if got == 0 { return 0 }
      output.removeAll(keepingCapacity: true)
      position = 0
      for byte in input[..<got] {
        if byte < 0x80 { output.append(byte) } else { output += upper[Int(byte) - 0x80] }
      }
    }
    let count = min(buffer.count - start, output.count - position)
    buffer.replaceSubrange(start..<(start + count), with: output[position..<(position + count)])
    position += count
    return count
  }
}

/// Passes UTF-8 on, with U+FFFD for what is none, counted. Memory: one block.
final class SoundUTF8Source: ByteSource {
  private let source: any ByteSource
  private var input = [UInt8](repeating: 0, count: 1 << 16)
  private var left: [UInt8] = []
  private var output: [UInt8] = []
  private var position = 0
  private var ended = false
  /// Characters that were none.
  private(set) var replaced = 0

  init(_ source: any ByteSource) { self.source = source }

  func read(into buffer: inout [UInt8], from start: Int) throws -> Int {
    while position == output.count {
      if ended { return 0 }
      try fill()
    }
    let count = min(buffer.count - start, output.count - position)
    buffer.replaceSubrange(start..<(start + count), with: output[position..<(position + count)])
    position += count
    return count
  }

  private func fill() throws {
    let got = try source.read(into: &input, from: 0)
    ended = got == 0
    var text = left + input[..<got]
    left = []
    if !ended {
      let cut = SoundUTF8Source.wholeCharacters(text)
      left = Array(text[cut...])
      text.removeSubrange(cut...)
    }
    position = 0
    if String(validating: text, as: UTF8.self) != nil {
      output = text
      return
    }
    output.removeAll(keepingCapacity: true)
    var decoder = UTF8()
    var bytes = text.makeIterator()
    decoding: while true {
      switch decoder.decode(&bytes) {
      case .scalarValue(let scalar): output += Array(String(Character(scalar)).utf8)
      case .emptyInput: break decoding
      case .error:
        replaced += 1
        output += [0xEF, 0xBF, 0xBD]
      }
    }
  }

  /// Where a character that is cut at the end begins; the end when none is.
  private static func wholeCharacters(_ text: [UInt8]) -> Int {
    for back in 1...3 where back <= text.count {
      let byte = text[text.count - back]
      if byte < 0x80 { break }
      if byte >= 0xC0 {
        let length = byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : 2
        return length > back ? text.count - back : text.count
      }
    }
    return text.count
  }
}

/// The first bytes of a text, looked at already, and then the rest.
final class PassedSource: ByteSource {
  private let source: any ByteSource
  private var toSkip: Int

  /// - Parameter skipping: bytes at the start that are passed over.
  init(_ source: any ByteSource, skipping: Int) { (self.source, toSkip) = (source, skipping) }

  func read(into buffer: inout [UInt8], from start: Int) throws -> Int {
    while toSkip > 0 {
      var skipped = [UInt8](repeating: 0, count: toSkip)
      let got = try source.read(into: &skipped, from: 0)
      if got == 0 { return 0 }
      toSkip -= got
    }
    return try source.read(into: &buffer, from: start)
  }
}
