import CPROJ
import GeoJSON
import Tabular

/// Carries points from one reference system into another, by PROJ, with what PROJ knows by itself:
/// no grids, of which one machine may have some and another none, and no network.
final class Reprojection {
  /// PROJ's functions; nil where it is not installed.
  private static let library = cproj_load()?.pointee

  static var isInstalled: Bool { library != nil }

  private let proj: cproj
  private let context: OpaquePointer?
  private let operation: OpaquePointer

  /// What is used, in metres at worst as the register says; nil where it says nothing.
  let accuracy: Double?

  /// - Parameters:
  ///   - from: such as `EPSG:2154`; of degrees longitude comes first all the same.
  ///   - area: in degrees, where the points are to be found; nil where that is not known.
  /// - Returns: nil when there is no way from one to the other.
  init?(from: String, to: String, area: Box?) {
    guard let proj = Reprojection.library else { return nil }
    let context = proj.context_create()
    _ = proj.log_level(context, PJ_LOG_NONE)
    _ = proj.context_set_enable_network(context, 0)
    guard let found = Reprojection.operation(proj, context, from, to, area) else {
      _ = proj.context_destroy(context)
      return nil
    }
    (self.proj, self.context, operation) = (proj, context, found.operation)
    accuracy = found.accuracy
  }

  deinit {
    _ = proj.destroy(operation)
    _ = proj.context_destroy(context)
  }

  /// Whether PROJ knows a system.
  static func knows(_ system: String) -> Bool {
    guard let proj = library else { return false }
    let context = proj.context_create()
    _ = proj.log_level(context, PJ_LOG_NONE)
    defer { _ = proj.context_destroy(context) }
    guard let crs = proj.create(context, system) else { return false }
    defer { _ = proj.destroy(crs) }
    return proj.is_crs(crs) == 1
  }

  /// Carries points over, each in its place; infinite where there is no such point.
  func carry(_ x: inout [Double], _ y: inout [Double]) {
    let count = min(x.count, y.count)
    let step = MemoryLayout<Double>.stride
    x.withUnsafeMutableBufferPointer { x in
      y.withUnsafeMutableBufferPointer { y in
        _ = proj.trans_generic(
          operation, PJ_FWD, x.baseAddress, step, count, y.baseAddress, step, count, nil, 0, 0,
          nil, 0, 0)
      }
    }
    _ = proj.errno_reset(operation)
  }

  /// The first operation by PROJ's own order, which begins with the most accurate.
  private static func operation(
    _ proj: cproj, _ context: OpaquePointer?, _ from: String, _ to: String, _ area: Box?
  ) -> (operation: OpaquePointer, accuracy: Double?)? {
    guard let source = proj.create(context, from) else { return nil }
    defer { _ = proj.destroy(source) }
    guard let target = proj.create(context, to) else { return nil }
    defer { _ = proj.destroy(target) }
    let factory = proj.create_operation_factory_context(context, nil)
    defer { proj.operation_factory_context_destroy(factory) }
    if let area {
      proj.operation_factory_context_set_area_of_interest(
        context, factory, area.minX, area.minY, area.maxX, area.maxY)
    }
    proj.operation_factory_context_set_spatial_criterion(
      context, factory, PROJ_SPATIAL_CRITERION_PARTIAL_INTERSECTION)
    proj.operation_factory_context_set_grid_availability_use(
      context, factory, PROJ_GRID_AVAILABILITY_IGNORED)
    guard let list = proj.create_operations(context, source, target, factory) else {
      return nil
    }
    defer { proj.list_destroy(list) }
    for place in 0..<proj.list_get_count(list) {
      guard let candidate = proj.list_get(context, list, place) else { continue }
      defer { _ = proj.destroy(candidate) }
      guard proj.coordoperation_get_grid_used_count(context, candidate) == 0,
        proj.coordoperation_is_instantiable(context, candidate) == 1,
        let turned = proj.normalize_for_visualization(context, candidate)
      else { continue }
      let accuracy = proj.coordoperation_get_accuracy(context, candidate)
      return (turned, accuracy < 0 ? nil : accuracy)
    }
    return nil
  }
}

/// Which systems points are carried from and to.
struct ReprojectionPlan: Sendable {
  let from: String
  let to: String
  let area: Box?

  func make() throws -> Reprojection {
    guard let made = Reprojection(from: from, to: to, area: area) else {
      throw OperatorError(LocateMessages.noWay(from, to))
    }
    return made
  }
}
