import GeoJSON
import StageKit
import Tabular

/// `locate`: puts points into districts.
public struct LocateStage: Stage, MethodTold {
  public static let declaration = StageDeclaration(
    name: "locate", kind: .rowLocal,
    summary: Message(
      en: "Finds the district that each row's point lies in, and takes what the file of districts "
        + "says of it.",
      fr: "Trouve le district où se trouve le point de chaque ligne, et prend ce que le fichier "
        + "des districts en dit."),
    options: LocateOptions.all,
    privacy: Message(
      en: "What is taken carries the classes of both coordinates; where all districts are at least "
        + "100 m across, `direct` ones become `quasi`: a district identifies in combination. "
        + "Leaving out rows voids k.",
      fr: "Ce qui est pris porte les classes des deux coordonnées ; si tous les districts font au "
        + "moins 100 m de large, `direct` devient `quasi` : un district identifie par "
        + "recoupement. Retirer des lignes annule k."),
    ways: [
      (
        RowWay.outsidePlaces,
        Message(
          en: "the point lies in no district (`outside: drop`)",
          fr: "le point est hors de tout district (`outside: drop`)")
      ),
      (
        RowWay.noCoordinates,
        Message(
          en: "a coordinate is empty (`missing: drop`)",
          fr: "une coordonnée est vide (`missing: drop`)")
      ),
    ],
    example: "locate: {longitude: lon, latitude: lat, in: quartiers.geojson, take: [code, nom]}")

  public let output: Facts
  private let coordinates: [String]
  private let taken: [Taken]
  private let grid: DistrictGrid
  private let reprojection: ReprojectionPlan?
  private let rules: LocateRules
  private let places: (x: Int, y: Int)

  /// A property that becomes a field.
  private struct Taken: Sendable {
    let field: Field
    /// A value a district, then a null.
    let values: [Value]
  }

  public let methodTold = [
    Message(
      en: "Points were put into districts by their coordinates.",
      fr: "Les points ont été placés dans des districts d’après leurs coordonnées.")
  ]

  public init(_ options: Options, _ binding: Binding) throws {
    let fields = LocateOptions.coordinates(options, binding)
    let file = try binding.require(options["in"])
    rules = LocateRules(options, binding)
    let found = LocateOptions.districts(file, binding)
    try binding.settle()
    let collection = try binding.require(found)
    let wide = DistrictWidth.metres(collection)
    let both = fields.reduce(Privacy.none) { $0.union($1.privacy) }
    let privacy = (wide ?? 0) >= 100 ? both.turning([.direct], into: .quasi) : both
    taken = Self.taken(options, collection, privacy, wide, binding)
    let reprojection = LocateOptions.reprojection(
      options["crs"], of: file, collection, binding)
    try binding.settle()
    guard fields.count == 2, let x = binding.input.index(of: fields[0].name),
      let y = binding.input.index(of: fields[1].name)
    else { throw StageRejected() }
    (coordinates, places, self.reprojection) = (fields.map(\.name), (x, y), reprojection)
    grid = DistrictGrid(collection.features)
    var facts = rules.drops ? binding.input.afterChoice(reading: both) : binding.input
    for one in taken { facts = facts.setting(one.field) }
    output = facts
  }

  private static func taken(
    _ options: Options, _ collection: FeatureCollection, _ privacy: Privacy, _ wide: Int?,
    _ binding: Binding
  ) -> [Taken] {
    var taken: [Taken] = []
    for (property, name, place) in LocateOptions.takes(options) {
      guard let index = collection.properties.firstIndex(where: { $0.name == property }) else {
        let names = collection.properties.map(\.name)
        binding.diagnostics.error(
          "unknown-property", at: place,
          LocateMessages.unknownProperty(
            property, near: Suggestion.nearest(to: property, among: names)),
          remedy: LocateMessages.propertiesAre(names))
        continue
      }
      guard let type = collection.properties[index].type else {
        binding.diagnostics.error(
          "wrong-type", at: place, LocateMessages.nestedProperty(property))
        continue
      }
      let names = binding.input.names + taken.map(\.field.name)
      guard binding.isNewName(name, at: place, among: names) else { continue }
      var field = Field(name, type, privacy: privacy)
      field.placeMetres = wide
      taken.append(
        Taken(field: field, values: collection.features.map { $0.values[index] } + [.null]))
    }
    return taken
  }

  public func needs(_ wanted: Set<String>) -> Set<String> {
    wanted.subtracting(taken.map(\.field.name)).union(coordinates)
  }

  public func operation(_ context: StageContext) throws -> StageOperation {
    let columns = try taken.map { one in
      guard context.wanted.contains(one.field.name) else {
        return Column(.absent(one.field.type, count: 0))
      }
      guard var column = Column(one.values, type: one.field.type) else {
        throw OperatorError(LocateMessages.nestedProperty(one.field.name))
      }
      // Texts of districts are kept once and referred to.
      if case .text(var texts) = column.values {
        texts.codes = texts.offsets.indices.dropLast().map { Int32(truncatingIfNeeded: $0) }
        column.values = .text(texts)
      }
      return column
    }
    let (rules, remark) = (rules, context.remark)
    return .rowLocal(
      Locate(
        grid: grid, x: places.x, y: places.y, reprojection: reprojection, taken: columns,
        dropsOutside: rules.outside == .drop, dropsMissing: rules.missing == .drop,
        judge: { try rules.judge($0, remark: remark) }))
  }
}
