import CISAL
import Glibc
import Testing

/// What is written must not depend on where memory happens to lie: ISA-L by itself hashes one
/// position by its structure's address, in bits 16 to 30.
@Suite struct DeflaterPlaceTests {
  static let step = 1 << 16
  static let places = 1 << 15

  @Test func bytesDoNotDependOnWhereTheStateLies() throws {
    // Address space, not memory: a page is taken where it is touched, and given back.
    let span = (Self.places + 16) * Self.step
    let region = try #require(
      mmap(
        nil, span, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0))
    try #require(region != MAP_FAILED)
    defer { munmap(region, span) }
    // Its beginning comes again later, to be found by way of the hashes.
    var content = (0..<600).map { (at: Int) -> UInt8 in
      let letter = (at * at * 7 + at / 3) % 26
      return UInt8(ascii: "a") + UInt8(letter)
    }
    content.replaceSubrange(300..<400, with: content[0..<100])
    var output = [UInt8](repeating: 0, count: 2000)
    var results: [[UInt8]: Int] = [:]
    for place in 0..<Self.places {
      let work = region + place * Self.step
      let count = cisal_deflate_block(work, content, 600, &output, 2000)
      #expect(count > 0)
      results[Array(output[0..<Int(max(count, 0))]), default: 0] += 1
      madvise(work, Self.step, MADV_DONTNEED)
    }
    #expect(results.count == 1, "\(results.values.sorted())")
  }
}
