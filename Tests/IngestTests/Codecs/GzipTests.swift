import Codecs
import Testing

@Suite struct GzipTests {
  /// Everything that a compressed file holds.
  static func inflate(_ compressed: [UInt8], step: Int = .max, block: Int = 1 << 10, room: Int = 97)
    throws -> [UInt8]
  {
    let reader = GzipReader(
      BytesSource(compressed, step: step), file: "f.gz", inflater: try ZlibInflater(),
      blockSize: block)
    var all: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: room)
    while true {
      let count = try reader.read(into: &buffer, from: 0)
      if count == 0 { return all }
      all.append(contentsOf: buffer[0..<count])
    }
  }

  static func failure(_ compressed: [UInt8], step: Int = .max) -> CodecError? {
    do {
      _ = try inflate(compressed, step: step)
      return nil
    } catch {
      return error as? CodecError
    }
  }

  static func content(_ count: Int, seed: UInt64) -> [UInt8] {
    var numbers = SeededNumbers(seed)
    return (0..<count).map { _ in UInt8(ascii: "a") + UInt8(numbers.next() % 7) }
  }

  @Test(arguments: [0, 1, 65_535, 65_536, 65_537, 300_000], [1, 6, 9])
  func comesBackAsItWas(size: Int, level: Int) throws {
    let content = Self.content(size, seed: 1)
    let compressed = try GzipWriter.compress(content, level: level)
    #expect(try Self.inflate(compressed) == content)
    #expect(try Self.inflate(compressed, step: 1, block: 3, room: 1000) == content)
  }

  @Test func bytesDependOnContentAlone() throws {
    let content = Self.content(200_000, seed: 2)
    let whole = try GzipWriter.compress(content)
    #expect(Array(whole[0..<10]) == [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 255])
    var writer = GzipWriter(try ZlibDeflater(level: 6))
    var pieces: [UInt8] = []
    var numbers = SeededNumbers(3)
    var rest = content[...]
    while !rest.isEmpty {
      let piece = rest.prefix(Int.random(in: 0...9000, using: &numbers))
      try writer.write(piece, into: &pieces)
      rest = rest.dropFirst(piece.count)
    }
    try writer.finish(into: &pieces)
    #expect(pieces == whole)
    // The writer can be used for another member.
    var second: [UInt8] = []
    try writer.write(content, into: &second)
    try writer.finish(into: &second)
    #expect(second == whole)
  }

  @Test func allMembersAreRead() throws {
    let parts = [Self.content(10, seed: 4), [], Self.content(70_000, seed: 5)]
    let compressed = try parts.flatMap { try GzipWriter.compress($0) }
    #expect(try Self.inflate(compressed, step: 5) == parts.flatMap { $0 })
    #expect(try Self.inflate(compressed + [0, 0, 0]) == parts.flatMap { $0 })
  }

  @Test func optionalHeaderFieldsArePassedOver() throws {
    let plain = try GzipWriter.compress(Array("hello".utf8))
    var compressed: [UInt8] = [0x1F, 0x8B, 8, 2 | 4 | 8 | 16, 1, 2, 3, 4, 2, 3]
    compressed += [3, 0, 9, 9, 9]
    compressed += Array("name.csv".utf8) + [0] + Array("comment".utf8) + [0] + [7, 7]
    compressed += plain[10...]
    #expect(try Self.inflate(compressed, step: 1) == Array("hello".utf8))
  }

  /// No place to cut a file goes unnoticed, except between its members.
  @Test func everyTruncationIsAnError() throws {
    let first = try GzipWriter.compress(Self.content(40, seed: 6))
    let compressed = try first + GzipWriter.compress(Self.content(300, seed: 7))
    for count in 0..<compressed.count where count != 0 && count != first.count {
      let error = Self.failure(Array(compressed[0..<count]))
      #expect(error?.kind == .truncated, "cut to \(count) bytes")
      #expect(error?.offset == count)
      #expect(error?.file == "f.gz")
    }
  }

  /// Only the bits that pad the last deflate byte mean nothing.
  @Test func noFlippedBitChangesTheContentUnnoticed() throws {
    let content = Self.content(60, seed: 8)
    let compressed = try GzipWriter.compress(content)
    for index in 10..<compressed.count {
      for bit in 0..<8 {
        var damaged = compressed
        damaged[index] ^= 1 << UInt8(bit)
        #expect((try? Self.inflate(damaged)) ?? content == content, "byte \(index), bit \(bit)")
        if index >= compressed.count - 8 { #expect(Self.failure(damaged) != nil) }
      }
    }
  }

  @Test func theErrorSaysWhatAndWhere() throws {
    let good = try GzipWriter.compress(Array("some words".utf8))
    var badCRC = good
    badCRC[good.count - 8] ^= 1
    #expect(Self.failure(badCRC) == CodecError(.checksum, file: "f.gz", offset: good.count - 8))
    var badLength = good
    badLength[good.count - 1] ^= 1
    #expect(Self.failure(badLength)?.kind == .checksum)
    #expect(
      Self.failure(good + [0, 0, 5])
        == CodecError(
          .trailingGarbage, file: "f.gz", offset: good.count + 2))
    #expect(Self.failure(good + [5])?.kind == .trailingGarbage)
    #expect(Self.failure([0x1F, 0x8B, 7, 0, 0, 0])?.kind == .corrupt)
    #expect(
      Self.failure(good + [0x1F, 0x8B, 8, 0xFF, 0])
        == CodecError(
          .corrupt, file: "f.gz", offset: good.count))
  }

  @Test func gzipIsKnownByContent() {
    #expect(GzipReader.recognises([0x1F, 0x8B, 8]))
    #expect(!GzipReader.recognises([0x1F]))
    #expect(!GzipReader.recognises([]))
  }
}
