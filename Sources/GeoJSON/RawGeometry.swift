import Json
import Tabular

/// Coordinates as they were read, before the geometry's type is known: it may stand behind them.
struct RawGeometry {
  private var positions: [Position] = []
  /// Where each ring ends among the positions, and where it stands in the file.
  private var rings: [(end: Int, place: JSONPosition)] = []
  /// Where each polygon ends among the rings.
  private var polygons: [Int] = []

  /// The polygons of the geometry that comes next.
  static func polygons(_ parser: inout JSONParser) throws(JSONError) -> [Polygon] {
    if parser.current == UInt8(ascii: "n") {
      _ = try parser.value()
      return []
    }
    let place = parser.position()
    try GeoJSONReader.expectObject(&parser)
    var (type, depth, raw): (String?, Int?, RawGeometry) = (nil, nil, RawGeometry())
    var coordinates = place
    try parser.eachMember { parser, key, _ throws(JSONError) in
      switch key {
      case "type": type = try parser.value().string
      case "coordinates":
        coordinates = parser.position()
        depth = try raw.level(&parser)
      default: _ = try parser.value()
      }
    }
    guard let wanted = ["Polygon": 3, "MultiPolygon": 4][type ?? ""] else {
      throw JSONError(message: GeoJSONMessages.noArea, position: place)
    }
    guard let depth, depth == wanted || depth == 0 else {
      throw JSONError(message: GeoJSONMessages.wrongDepth, position: coordinates)
    }
    return try raw.checked()
  }

  /// Reads a list of lists … of positions.
  /// - Returns: how deep: 1 for a position, 2 for a ring, 3 for a polygon, 4 for several; 0 for an
  ///   empty list.
  private mutating func level(_ parser: inout JSONParser) throws(JSONError) -> Int {
    let place = parser.position()
    var (numbers, inner): (Int, Int?) = (0, nil)
    var position = Position(x: 0, y: 0)
    try parser.eachElement { parser throws(JSONError) in
      if parser.current == UInt8(ascii: "[") {
        let depth = try level(&parser)
        guard numbers == 0, depth > 0, inner ?? depth == depth else {
          throw JSONError(message: GeoJSONMessages.wrongDepth, position: place)
        }
        inner = depth
        return
      }
      let at = parser.position()
      guard inner == nil, let number = Double(try parser.number()), number.isFinite else {
        throw JSONError(message: GeoJSONMessages.notAPosition, position: at)
      }
      numbers += 1
      if numbers == 1 { position.x = number } else if numbers == 2 { position.y = number }
    }
    switch inner {
    case nil:
      if numbers == 0 { return 0 }
      guard numbers >= 2 else {
        throw JSONError(message: GeoJSONMessages.notAPosition, position: place)
      }
      positions.append(position)
      return 1
    case 1: rings.append((positions.count, place))
    case 2: polygons.append(rings.count)
    case 3: break
    default: throw JSONError(message: GeoJSONMessages.wrongDepth, position: place)
    }
    return (inner ?? 0) + 1
  }

  private func checked() throws(JSONError) -> [Polygon] {
    var closed: [Ring] = []
    var start = 0
    for (end, place) in rings {
      let ring = Array(positions[start..<end])
      guard ring.count >= 4, ring.first == ring.last else {
        throw JSONError(message: GeoJSONMessages.notClosed, position: place)
      }
      closed.append(Ring(positions: ring, place: place))
      start = end
    }
    var first = 0
    return polygons.map { end in
      defer { first = end }
      return Polygon(rings: Array(closed[first..<end]))
    }
  }
}
