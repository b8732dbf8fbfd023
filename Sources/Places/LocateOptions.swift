import Foundation
import GeoJSON
import StageKit
import Tabular

/// The options of `locate`, and what they name.
enum LocateOptions {
  static let all = [
    OptionDeclaration(
      "longitude", .field, required: true,
      Message(
        en: "The field with degrees east, or with the easting where `crs` names a projection.",
        fr: "Le champ des degrés est, ou de l’abscisse (E) si `crs` nomme une projection.")),
    OptionDeclaration(
      "latitude", .field, required: true,
      Message(
        en: "The field with degrees north, or with the northing.",
        fr: "Le champ des degrés nord, ou de l’ordonnée (N).")),
    OptionDeclaration(
      "in", .file, required: true,
      Message(
        en: "A GeoJSON file of polygons. A point on the border of several is in the first of the "
          + "file, and counted.",
        fr: "Un fichier GeoJSON de polygones. Un point sur la limite de plusieurs est dans le "
          + "premier du fichier, et compté.")),
    OptionDeclaration(
      "take", .either([.fields, .map(keys: "property", .name)]), required: true,
      Message(
        en: "The properties that become fields, or `{property: new name}`.",
        fr: "Les propriétés qui deviennent des champs, ou `{propriété: nouveau nom}`.")),
    OptionDeclaration(
      "crs", .text, default: "EPSG:4326",
      Message(
        en: "The reference system of the coordinates, such as EPSG:2154 (Lambert-93).",
        fr: "Le système de référence des coordonnées, comme EPSG:2154 (Lambert-93).")),
    OptionDeclaration(
      "outside", .choice(LocateRules.Fate.allCases.map(\.rawValue)), default: "keep",
      Message(
        en: "What becomes of a row whose point lies in no district: it stays with empty fields, it "
          + "leaves, or the run fails.",
        fr: "Ce que devient une ligne dont le point est hors de tout district : elle reste, champs "
          + "vides, elle sort, ou l’exécution échoue.")),
    OptionDeclaration(
      "at_most", .limit,
      Message(
        en: "How many points may lie outside, of those that have coordinates; beyond, the run "
          + "fails.",
        fr: "Combien de points peuvent être à l’extérieur, parmi ceux qui ont des coordonnées ; "
          + "au-delà, l’exécution échoue.")),
    OptionDeclaration(
      "missing", .choice(LocateRules.Fate.allCases.map(\.rawValue)), default: "keep",
      Message(
        en: "The same for a row in which a coordinate is empty.",
        fr: "De même pour une ligne dont une coordonnée est vide.")),
  ]

  /// The fields of the coordinates, checked.
  static func coordinates(_ options: Options, _ binding: Binding) -> [Field] {
    var fields: [Field] = []
    for key in ["longitude", "latitude"] {
      guard let node = options[key], let field = binding.field(node) else { continue }
      binding.isOfType(field, [.decimal, .double, .integer], at: node.position)
      if fields.contains(field) {
        binding.diagnostics.error("repeated-field", at: node.position, LocateMessages.twoFields)
      }
      fields.append(field)
    }
    return fields
  }

  /// What is taken: a property, the new field's name, and where that is written.
  static func takes(_ options: Options) -> [(property: String, name: String, at: SpecPosition)] {
    guard let node = options["take"] else { return [] }
    if let entries = node.entries {
      return entries.map { ($0.key, $0.value.text ?? "", $0.value.position) }
    }
    return (node.items ?? [node]).map { ($0.text ?? "", $0.text ?? "", $0.position) }
  }

  /// The places of the file, all of their areas valid; nil after diagnostics.
  static func districts(_ node: SpecNode, _ binding: Binding) -> FeatureCollection? {
    guard let path = binding.resolveFile(node) else { return nil }
    let name = node.text ?? ""
    func report(_ error: GeoJSONError) {
      binding.diagnostics.error("bad-geojson", at: node.position, error.message(naming: name))
    }
    let collection: FeatureCollection
    do throws(GeoJSONError) {
      collection = try GeoJSONReader.read(path: path)
    } catch {
      report(error)
      return nil
    }
    guard collection.features.contains(where: { !$0.polygons.isEmpty }) else {
      report(GeoJSONError(LocateMessages.noAreas, at: nil))
      return nil
    }
    let polygons = GeosPolygons(collection.features)
    var isSound = true
    for (index, feature) in collection.features.enumerated() {
      guard let fault = polygons.fault(index) else { continue }
      report(
        GeoJSONError(LocateMessages.invalid(fault.reason, near: fault.position), at: feature.place))
      isSound = false
    }
    return isSound ? collection : nil
  }

  /// How points come into the file's system; nil where they are in it, or after diagnostics.
  /// - Parameter file: the option that names the file.
  static func reprojection(
    _ node: SpecNode?, of file: SpecNode, _ collection: FeatureCollection, _ binding: Binding
  ) -> ReprojectionPlan? {
    let from = node?.text ?? "EPSG:4326"
    let to = collection.referenceSystem ?? "EPSG:4326"
    let position = (node ?? file).position
    if node != nil || from != to, !Reprojection.isInstalled {
      binding.diagnostics.error(
        "no-proj", at: position, LocateMessages.notInstalled, remedy: LocateMessages.install)
      return nil
    }
    if let node, !Reprojection.knows(from) {
      binding.diagnostics.error(
        "unknown-crs", at: node.position, LocateMessages.unknownSystem(from),
        remedy: LocateMessages.systemRemedy)
      return nil
    }
    if from == to { return nil }
    let all = Box(
      collection.features.lazy.flatMap(\.polygons).flatMap(\.rings).flatMap(\.positions))
    let plan = ReprojectionPlan(
      from: from, to: to, area: collection.referenceSystem == nil ? all : nil)
    guard let made = try? plan.make() else {
      binding.diagnostics.error("unknown-crs", at: position, LocateMessages.noWay(from, to))
      return nil
    }
    if made.accuracy.map({ $0 > 1 }) ?? true {
      binding.diagnostics.warning(
        "inaccurate-crs", at: position, LocateMessages.inaccurate(made.accuracy, from, to))
    }
    return plan
  }
}

/// How wide districts are.
enum DistrictWidth {
  /// Metres across the narrowest box around a district; nil where the file is not in degrees.
  static func metres(_ collection: FeatureCollection) -> Int? {
    guard collection.referenceSystem == nil else { return nil }
    let widths = collection.features.map(\.box).filter { !$0.isEmpty }.map { box in
      let middle = (box.minY + box.maxY) / 2 * .pi / 180
      return min((box.maxX - box.minX) * cos(middle), box.maxY - box.minY) * 111_195
    }
    return widths.min().map { Int($0) }
  }
}
