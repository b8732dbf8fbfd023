import Foundation

/// An image that stands in the page itself: what is seen of it, and nothing that cameras, phones
/// and programs write beside it, such as where it was taken, by whom, and what it was cut out of.
public struct EmbeddedImage: Sendable, Hashable {
  let address: String

  /// - Parameter bytes: of a PNG, JPEG or GIF image, told by their beginning; nil for others, and
  ///   for what does not come to an end.
  public init?(_ bytes: [UInt8]) {
    let readers: [(type: String, start: [UInt8], seen: ([UInt8]) -> [UInt8]?)] = [
      ("png", [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], PictureParts.png),
      ("jpeg", [0xFF, 0xD8, 0xFF], PictureParts.jpeg),
      ("gif", Array("GIF8".utf8), PictureParts.gif),
    ]
    guard let reader = readers.first(where: { bytes.starts(with: $0.start) }),
      let seen = reader.seen(bytes)
    else { return nil }
    address = "data:image/\(reader.type);base64," + Data(seen).base64EncodedString()
  }
}

/// The parts of image files that decide on what is seen, byte for byte as they were and in their
/// order; all others are left out, those that nobody has heard of, too. Nil for broken files.
package enum PictureParts {
  /// Chunks without which a PNG image cannot be shown, and those of transparency, colours and the
  /// shape of pixels. Not those of texts, times, Exif, and further frames.
  private static let chunks: Set<String> = [
    "IHDR", "PLTE", "IDAT", "IEND", "tRNS", "gAMA", "cHRM", "sRGB", "iCCP", "sBIT", "cICP", "pHYs",
  ]

  /// PNG (third edition): a signature, then chunks of length, type, data and checksum.
  package static func png(_ bytes: [UInt8]) -> [UInt8]? {
    var kept = Array(bytes.prefix(8))
    var place = 8
    while let length = number(bytes, at: place, bytes: 4), place + 12 + length <= bytes.count {
      let end = place + 12 + length
      let name = String(decoding: bytes[(place + 4)..<(place + 8)], as: UTF8.self)
      if chunks.contains(name) { kept += bytes[place..<end] }
      if name == "IEND" { return kept }
      place = end
    }
    return nil
  }

  /// JPEG (ITU-T T.81): segments of marker, length and data; scans go on until the next marker.
  package static func jpeg(_ bytes: [UInt8]) -> [UInt8]? {
    var kept: [UInt8] = [0xFF, 0xD8]
    var place = 2
    while place + 1 < bytes.count {
      guard bytes[place] == 0xFF else { return nil }
      let marker = bytes[place + 1]
      switch marker {
      // Markers may be preceded by any number of these.
      case 0xFF: place += 1
      case 0xD9: return kept + [0xFF, 0xD9]
      case 0x01, 0xD0...0xD7: place += 2
      default:
        guard let length = number(bytes, at: place + 2, bytes: 2), length >= 2,
          place + 2 + length <= bytes.count
        else { return nil }
        let end = place + 2 + length
        kept += segment(marker, bytes[place..<end])
        place = end
        guard marker == 0xDA else { continue }
        let next = endOfScan(bytes, from: end)
        kept += bytes[end..<next]
        place = next
      }
    }
    return nil
  }

  /// A segment as far as it is needed: none of comments and applications' own, but for those that
  /// say how colours are meant.
  private static func segment(_ marker: UInt8, _ bytes: ArraySlice<UInt8>) -> [UInt8] {
    let data = bytes.dropFirst(4)
    switch marker {
    case 0xE0:
      // JFIF: the shape of pixels, and then maybe a small picture of what was there before.
      guard data.starts(with: Array("JFIF\0".utf8)), data.count >= 14 else { return [] }
      return [0xFF, 0xE0, 0, 16] + data.prefix(12) + [0, 0]
    case 0xE2: return data.starts(with: Array("ICC_PROFILE\0".utf8)) ? Array(bytes) : []
    case 0xEE: return data.starts(with: Array("Adobe".utf8)) && data.count == 12 ? Array(bytes) : []
    case 0xE1...0xEF, 0xFE: return []
    default: return Array(bytes)
    }
  }

  /// Where a scan's data ends: at a marker that is no restart and no escaped byte.
  private static func endOfScan(_ bytes: [UInt8], from start: Int) -> Int {
    var place = start
    while place + 1 < bytes.count {
      if bytes[place] == 0xFF, bytes[place + 1] != 0, !(0xD0...0xD7).contains(bytes[place + 1]) {
        return place
      }
      place += 1
    }
    return bytes.count
  }

  /// GIF89a: a screen, then images and extensions in blocks of at most 255 bytes.
  package static func gif(_ bytes: [UInt8]) -> [UInt8]? {
    guard bytes.count >= 13 else { return nil }
    var place = 13 + colours(bytes[10])
    guard place <= bytes.count else { return nil }
    var kept = Array(bytes.prefix(place))
    while place < bytes.count {
      let start = place
      switch bytes[place] {
      case 0x3B: return kept + [0x3B]
      case 0x2C:
        guard place + 10 <= bytes.count else { return nil }
        place += 10 + colours(bytes[place + 9]) + 1
      case 0x21: place += 2
      default: return nil
      }
      guard let end = endOfBlocks(bytes, from: place) else { return nil }
      if bytes[start] == 0x2C || isNeeded(bytes[start..<end]) { kept += bytes[start..<end] }
      place = end
    }
    return nil
  }

  /// The bytes of a table of colours, by the flags before it.
  private static func colours(_ flags: UInt8) -> Int {
    flags & 0x80 == 0 ? 0 : 3 << (Int(flags & 7) + 1)
  }

  private static func endOfBlocks(_ bytes: [UInt8], from start: Int) -> Int? {
    var place = start
    while place < bytes.count {
      let length = Int(bytes[place])
      place += 1 + length
      if length == 0 { return place }
    }
    return nil
  }

  /// Whether an extension says how frames follow each other.
  private static func isNeeded(_ block: ArraySlice<UInt8>) -> Bool {
    let (label, data) = (block.dropFirst().first, block.dropFirst(3))
    return label == 0xF9 || (label == 0xFF && data.starts(with: Array("NETSCAPE2.0".utf8)))
  }

  /// A big-endian number; nil past the end.
  private static func number(_ bytes: [UInt8], at place: Int, bytes count: Int) -> Int? {
    guard place + count <= bytes.count else { return nil }
    return bytes[place..<(place + count)].reduce(0) { $0 << 8 | Int($1) }
  }
}
