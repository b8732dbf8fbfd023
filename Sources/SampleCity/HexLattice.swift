/// A point of the plane in whole lattice units: hexagon centres and corners both fall on it.
///
/// A hexagon at axial (q, r) has its centre at (2q + r, 3r) and its corners around it; neighbours
/// share two corners exactly, so borders drawn along corners leave no gap and no overlap.
struct LatticePoint: Hashable {
  var x: Int
  var y: Int
}

/// One cell of the city's ground.
struct HexCell: Hashable {
  var q: Int
  var r: Int

  var centre: LatticePoint { LatticePoint(x: 2 * q + r, y: 3 * r) }

  /// Counter-clockwise.
  var corners: [LatticePoint] {
    let c = centre
    return [(0, -2), (1, -1), (1, 1), (0, 2), (-1, 1), (-1, -1)].map {
      LatticePoint(x: c.x + $0.0, y: c.y + $0.1)
    }
  }
}

/// Lengths of the lattice on the ground and on the globe.
enum Ground {
  /// Kilometres to a lattice unit, eastwards and northwards (regular hexagons, about 8 ha each).
  static let kilometresX = 0.1520
  static let kilometresY = 0.0878
  /// The centre of the city, at sea on purpose.
  static let longitude = -5.4
  static let latitude = 46.7
  private static let kilometresADegree = 111.195
  /// Cosine of the latitude, written out: the C library's cosine may differ in its last bit.
  private static let cosine = 0.685818

  static func longitude(_ x: Double) -> Double {
    longitude + x * kilometresX / (kilometresADegree * cosine)
  }

  static func latitude(_ y: Double) -> Double { latitude + y * kilometresY / kilometresADegree }
}
