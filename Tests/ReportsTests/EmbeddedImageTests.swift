import Foundation
import Reports
import Testing

/// What gets into a page of an image file: what is seen, and nothing else that it says.
@Suite struct EmbeddedImageTests {
  /// Stands wherever a file may say something; never in what is seen.
  static let secret = Array("GPS 36.8065, 10.1815; Auteur".utf8)

  static func big(_ value: Int, bytes: Int) -> [UInt8] {
    (0..<bytes).map { UInt8(truncatingIfNeeded: value >> (8 * (bytes - 1 - $0))) }
  }

  static func chunk(_ name: String, _ data: [UInt8]) -> [UInt8] {
    big(data.count, bytes: 4) + Array(name.utf8) + data + [1, 2, 3, 4]
  }

  static func segment(_ marker: UInt8, _ data: [UInt8]) -> [UInt8] {
    [0xFF, marker] + big(data.count + 2, bytes: 2) + data
  }

  static func blocks(_ data: [UInt8]) -> [UInt8] { [UInt8(data.count)] + data + [0] }

  static let pngStart: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]

  @Test func ofPngOnlyPixelsAndColoursAreLeft() {
    let header = Self.chunk("IHDR", Array(repeating: 7, count: 13))
    let (colours, pixels) = (Self.chunk("iCCP", [1]), Self.chunk("IDAT", [9, 9]))
    let end = Self.chunk("IEND", [])
    let told = ["tEXt", "zTXt", "iTXt", "eXIf", "tIME", "prVt", "fdAT", "caBX"].flatMap {
      Self.chunk($0, Self.secret)
    }
    let file = Self.pngStart + header + told + colours + told + pixels + told + end + Self.secret
    #expect(PictureParts.png(file) == Self.pngStart + header + colours + pixels + end)
    for length in 8..<(file.count - Self.secret.count) {
      #expect(PictureParts.png(Array(file.prefix(length))) == nil)
    }
  }

  @Test func ofJpegOnlyPixelsAndColoursAreLeft() {
    let jfif = Array("JFIF\0".utf8) + [1, 2, 0, 0, 72, 0, 72]
    let tables = Self.segment(0xDB, [1]) + Self.segment(0xC2, [2]) + Self.segment(0xC4, [3])
    let colours =
      Self.segment(0xE2, Array("ICC_PROFILE\0".utf8) + [1, 1, 5])
      + Self.segment(0xEE, Array("Adobe".utf8) + [0, 100, 0, 0, 0, 0, 1])
    // Escaped bytes, restarts and fill bytes in two scans.
    let scan = Self.segment(0xDA, [4]) + [0x12, 0xFF, 0x00, 0xFF, 0xD3, 0x34]
    let told =
      (0xE1...0xEF).flatMap { Self.segment($0, Self.secret) }
      + Self.segment(0xFE, Self.secret) + Self.segment(0xE0, Array("JFXX\0".utf8) + Self.secret)
    let thumbnail = Self.segment(0xE0, jfif + [2, 3] + Self.secret)
    let file =
      [0xFF, 0xD8] + thumbnail + told + tables + colours + scan + told + [0xFF] + scan
      + [0xFF, 0xD9] + Self.secret
    let seen = [0xFF, 0xD8] + Self.segment(0xE0, jfif + [0, 0]) + tables + colours + scan + scan
    #expect(PictureParts.jpeg(file) == seen + [0xFF, 0xD9])
    for length in 2..<(file.count - Self.secret.count) {
      #expect(PictureParts.jpeg(Array(file.prefix(length))) == nil)
    }
  }

  @Test func ofGifOnlyFramesAreLeft() {
    let screen = Array("GIF89a".utf8) + [1, 0, 1, 0, 0x80, 0, 0] + [0, 0, 0, 255, 255, 255]
    let frame =
      [0x21, 0xF9] + Self.blocks([4, 0, 0, 0])
      + [0x2C, 0, 0, 0, 0, 1, 0, 1, 0, 0x00, 2] + Self.blocks([0x4C, 0x01])
    let loop = [0x21, 0xFF, 11] + Array("NETSCAPE2.0".utf8) + Self.blocks([1, 0, 0])
    let told =
      [0x21, 0xFE] + Self.blocks(Self.secret)
      + [0x21, 0xFF, 11] + Array("XMP DataXMP".utf8) + Self.blocks(Self.secret)
    let file = screen + told + loop + frame + told + frame + [0x3B] + Self.secret
    #expect(PictureParts.gif(file) == screen + loop + frame + frame + [0x3B])
    for length in 6..<(file.count - Self.secret.count) {
      #expect(PictureParts.gif(Array(file.prefix(length))) == nil)
    }
  }

  @Test func brokenBytesAreNoImageAndNoTrap() {
    var state: UInt64 = 11
    func random(below bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % bound
    }
    let starts = [Self.pngStart, [0xFF, 0xD8, 0xFF], Array("GIF89a".utf8)]
    for round in 0..<3000 {
      let bytes = (0..<random(below: 80)).map { _ in UInt8(random(below: 256)) }
      _ = EmbeddedImage(starts[round % 3] + bytes)
    }
    #expect(EmbeddedImage(Array("<svg/>".utf8)) == nil)
  }
}
