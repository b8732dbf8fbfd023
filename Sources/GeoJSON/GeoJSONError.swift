import Json
import Tabular

/// What is wrong with a GeoJSON file, and where.
public struct GeoJSONError: Error, Sendable, Hashable {
  public let message: Message
  /// Nil where the file as a whole is meant.
  public let place: JSONPosition?

  public init(_ message: Message, at place: JSONPosition?) {
    (self.message, self.place) = (message, place)
  }

  /// The message, after the file's name, the line and the column.
  /// - Parameter file: as its author wrote it.
  public func message(naming file: String) -> Message {
    let start = place.map { "\(file):\($0.line):\($0.column)" } ?? file
    return Message(en: "\(start): \(message.en)", fr: "\(start) : \(message.fr)")
  }
}

enum GeoJSONMessages {
  static let missing = Message(
    en: "the file is missing or cannot be read", fr: "le fichier manque ou ne peut être lu")

  static func tooLarge(_ most: Int) -> Message {
    Message(
      en: "the file is larger than \(most >> 20) MiB: simplify its borders",
      fr: "le fichier dépasse \(most >> 20) Mio : simplifiez ses limites")
  }

  static let notAnObject = Message(
    en: "GeoJSON has an object here", fr: "GeoJSON attend ici un objet")

  static let noCollection = Message(
    en: "this is no FeatureCollection: it needs `\"type\": \"FeatureCollection\"` and `features`",
    fr: "ce n’est pas une FeatureCollection : il faut `\"type\": \"FeatureCollection\"` et "
      + "`features`")

  static let noFeature = Message(
    en: "this is no Feature: it needs `\"type\": \"Feature\"`",
    fr: "ce n’est pas une Feature : il faut `\"type\": \"Feature\"`")

  static let noArea = Message(
    en: "only Polygon and MultiPolygon have an area",
    fr: "seuls Polygon et MultiPolygon ont une surface")

  static let wrongDepth = Message(
    en: "the coordinates are nested otherwise than the geometry's type says",
    fr: "l’imbrication des coordonnées ne correspond pas au type de la géométrie")

  static let notAPosition = Message(
    en: "a position is at least two finite numbers",
    fr: "une position est faite d’au moins deux nombres finis")

  static let notClosed = Message(
    en: "a ring has at least four positions and ends where it began",
    fr: "un anneau a au moins quatre positions et finit là où il a commencé")

  static let noDegrees = Message(
    en: "these are no degrees: convert the file to WGS 84 (longitude, latitude), or name its "
      + "reference system in `crs`",
    fr: "ce ne sont pas des degrés : convertissez le fichier en WGS 84 (longitude, latitude), ou "
      + "nommez son système de référence dans `crs`")

  static let unknownSystem = Message(
    en: "the reference system is not named as an EPSG code, such as "
      + "`urn:ogc:def:crs:EPSG::2154`",
    fr: "le système de référence n’est pas nommé par un code EPSG, comme "
      + "`urn:ogc:def:crs:EPSG::2154`")
}
