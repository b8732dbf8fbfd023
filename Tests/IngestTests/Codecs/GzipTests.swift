import Codecs
import Testing

@Suite struct GzipTests {
  /// Everything that a compressed file holds, to zlib and to ISA-L: both must say the same, but
  /// that ISA-L lets some needless rules go, so that it may be the checksum that tells; and with a
  /// right checksum the content is right.
  static func inflate(_ compressed: [UInt8], step: Int = .max, block: Int = 1 << 10, room: Int = 97)
    throws -> [UInt8]
  {
    let inflaters: [any Inflater] = try [ZlibInflater(), IsalInflater()]
    let results = inflaters.map { inflater in
      let reader = GzipReader(
        BytesSource(compressed, step: step), file: "f.gz", inflater: inflater, blockSize: block)
      return Result { try all(reader, room: room) }
    }
    switch (results[0], results[1]) {
    case (.success(let zlib), .success(let isal)): #expect(zlib == isal)
    case (.failure(let zlib), .failure(let isal)):
      let kinds = [zlib, isal].compactMap { ($0 as? CodecError)?.kind }
      #expect(kinds[0] == kinds[1] || kinds == [.corrupt, .checksum])
    case (.failure(let zlib as CodecError), .success) where zlib.kind == .corrupt: break
    default: Issue.record("zlib: \(results[0]), ISA-L: \(results[1])")
    }
    return try results[1].get()
  }

  static func all(_ reader: GzipReader, room: Int) throws -> [UInt8] {
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

  /// Stands for a codec in a test's arguments.
  enum Codec: CaseIterable {
    case zlib1, zlib6, isal

    func make() throws -> any BlockDeflater {
      switch self {
      case .zlib1: try ZlibDeflater(level: 1)
      case .zlib6: try ZlibDeflater(level: 6)
      case .isal: try IsalDeflater()
      }
    }
  }

  static let sizes = [0, 1, GzipWriter.blockSize - 1, GzipWriter.blockSize, 600_000]

  @Test(arguments: sizes, Codec.allCases)
  func comesBackAsItWas(size: Int, codec: Codec) throws {
    var numbers = SeededNumbers(9)
    for content in [
      Self.content(size, seed: 1), [UInt8](repeating: 7, count: size),
      (0..<size).map { _ in UInt8(truncatingIfNeeded: numbers.next()) },
    ] {
      let compressed = try GzipWriter.compress(content, by: codec.make())
      #expect(try Self.inflate(compressed, room: 50_000) == content)
      #expect(try Self.inflate(compressed, step: 1, block: 3, room: 1000) == content)
    }
  }

  /// However the content is handed over, and in whatever order its blocks are deflated.
  @Test(arguments: Codec.allCases) func bytesDependOnContentAlone(codec: Codec) throws {
    let content = Self.content(2_000_000, seed: 2)
    let whole = try GzipWriter.compress(content, by: codec.make())
    #expect(Array(whole[0..<10]) == [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 255])
    var writer = GzipWriter()
    var numbers = SeededNumbers(3)
    var blocks: [GzipBlock] = []
    var rest = content[...]
    while !rest.isEmpty {
      let piece = rest.prefix(Int.random(in: 0...90_000, using: &numbers))
      blocks += writer.add(piece)
      rest = rest.dropFirst(piece.count)
    }
    if let last = writer.rest() { blocks.append(last) }
    var output = GzipWriter.header
    for block in blocks.shuffled(using: &numbers) {
      for piece in writer.join(try block.deflated(by: codec.make())) { output += piece.bytes }
    }
    #expect(output + writer.trailer == whole)
  }

  @Test func allMembersAreRead() throws {
    let parts = [Self.content(10, seed: 4), [], Self.content(70_000, seed: 5)]
    let compressed = try parts.flatMap { try GzipWriter.compress($0) }
    #expect(try Self.inflate(compressed, step: 5) == parts.flatMap { $0 })
    #expect(try Self.inflate(compressed + [0, 0, 0]) == parts.flatMap { $0 })
  }

  /// And the header's own checksum is held to, however long the header.
  @Test(arguments: [8, 4096, 10_000])
  func optionalHeaderFieldsArePassedOver(name: Int) throws {
    let plain = try GzipWriter.compress(Array("hello".utf8))
    var header: [UInt8] = [0x1F, 0x8B, 8, 2 | 4 | 8 | 16, 1, 2, 3, 4, 2, 3]
    header += [3, 0, 9, 9, 9]
    header += [UInt8](repeating: 0x6E, count: name) + [0] + Array("comment".utf8) + [0]
    let crc = try ZlibInflater().crc(0, header, 0..<header.count)
    let sum = [UInt8(truncatingIfNeeded: crc), UInt8(truncatingIfNeeded: crc >> 8)]
    let member = header + sum + plain[10...]
    for step in [1, .max] {
      let twice = try Self.inflate(member + plain + member, step: step)
      #expect(twice == Array("hellohellohello".utf8))
    }
    for place in [name, header.count, header.count + 1] {
      var damaged = member
      damaged[place] ^= 4
      #expect(Self.failure(damaged)?.kind == .corrupt)
      #expect(Self.failure(damaged)?.offset == 0)
    }
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
