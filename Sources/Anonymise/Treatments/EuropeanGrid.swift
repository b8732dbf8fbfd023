import Glibc
import StageKit
import Tabular

/// Cells of the European grid: ETRS89 in Lambert's azimuthal equal-area projection (EPSG:3035).
public enum EuropeanGrid {
  /// The sides of cells, in metres, as options write them.
  public static let sizes = ["200m": 200, "1km": 1_000, "10km": 10_000]

  /// Where EPSG:3035 is meant to be used, in degrees.
  private static let longitudes = -35.58...44.83
  private static let latitudes = 24.6...84.73

  // GRS80, and the projection's centre.
  private static let a = 6_378_137.0
  private static let e2: Double = {
    let f = 1 / 298.257222101
    return 2 * f - f * f
  }()
  private static let e = e2.squareRoot()
  private static let (latitude0, longitude0) = (52 * Double.pi / 180, 10 * Double.pi / 180)
  private static let (falseEasting, falseNorthing) = (4_321_000.0, 3_210_000.0)

  /// Easting and northing in metres (EPSG guidance note 7-2, method 9820); nil outside of the area.
  /// - Parameters: in degrees, ETRS89 or WGS 84, which differ by less than a metre.
  public static func project(longitude: Double, latitude: Double) -> (east: Double, north: Double)?
  {
    guard longitudes.contains(longitude), latitudes.contains(latitude) else { return nil }
    let (phi, lambda) = (latitude * .pi / 180, longitude * .pi / 180)
    let qp = authalic(1)
    let beta = asin(min(max(authalic(sin(phi)) / qp, -1), 1))
    let beta0 = asin(authalic(sin(latitude0)) / qp)
    let radius = a * (qp / 2).squareRoot()
    let sine = sin(latitude0)
    let d = a * (cos(latitude0) / (1 - e2 * sine * sine).squareRoot()) / (radius * cos(beta0))
    let turn = lambda - longitude0
    let near = 1 + sin(beta0) * sin(beta) + cos(beta0) * cos(beta) * cos(turn)
    let b = radius * (2 / near).squareRoot()
    let north = cos(beta0) * sin(beta) - sin(beta0) * cos(beta) * cos(turn)
    return (falseEasting + b * d * cos(beta) * sin(turn), falseNorthing + b / d * north)
  }

  /// q of the authalic latitude, from the sine of a latitude.
  private static func authalic(_ sine: Double) -> Double {
    let es = e * sine
    return (1 - e2) * (sine / (1 - es * es) - 1 / (2 * e) * log((1 - es) / (1 + es)))
  }

  /// A cell's code by its south-west corner, such as `CRS3035RES200mN2029800E4254200`.
  public static func code(longitude: Double, latitude: Double, size: Int) -> String? {
    guard let (east, north) = project(longitude: longitude, latitude: latitude) else { return nil }
    let (x, y) = (Int(east / Double(size)) * size, Int(north / Double(size)) * size)
    return "CRS3035RES\(size)mN\(y)E\(x)"
  }
}

/// Replaces two columns of coordinates by the code of their cell, which comes last.
struct GridCells: RowOperator {
  let longitude: Int
  let latitude: Int
  /// In metres.
  let size: Int

  func makeWorker() -> any RowWorker { Worker(self) }

  private final class Worker: RowWorker {
    private let plan: GridCells
    private(set) var tally = Tally()

    init(_ plan: GridCells) { self.plan = plan }

    func process(_ batch: Batch) throws -> Batch {
      tally.rowsIn += batch.rowCount
      tally.rowsOut += batch.rowCount
      var batch = batch
      let (x, y) = (batch.columns[plan.longitude], batch.columns[plan.latitude])
      let cells =
        x.isAbsent || y.isAbsent
        ? Column(.absent(.text, count: batch.rowCount)) : codes(x, y, batch.rowCount)
      for place in [plan.longitude, plan.latitude].sorted(by: >) {
        batch.columns.remove(at: place)
      }
      batch.columns.append(cells)
      return batch
    }

    private func codes(_ x: Column, _ y: Column, _ rows: Int) -> Column {
      var texts = TextValues()
      var flags: [Bool] = []
      for row in 0..<rows {
        let code = x.value(row).asDouble.flatMap { longitude in
          y.value(row).asDouble.flatMap {
            EuropeanGrid.code(longitude: longitude, latitude: $0, size: plan.size)
          }
        }
        texts.append(Array((code ?? "").utf8)[...])
        flags.append(code != nil)
      }
      return Column(.text(texts), validity: Validity(flags: flags))
    }
  }
}
