import Tabular

/// A catalogue as DCAT-AP 3.0.1 describes one
/// (https://semiceu.github.io/DCAT-AP/releases/3.0.1/).
public struct DcatCatalogue {
  private let catalogue: DataCatalogue

  public init(_ catalogue: DataCatalogue) { self.catalogue = catalogue }

  public var turtle: String { TurtleText.text(resources) }

  public var jsonLD: String { JsonLdText.text(resources) }

  private var resources: [RdfResource] {
    var top = RdfResource(catalogue.address, a: RdfName(.dcat, "Catalog"))
    top.say(.dct, "title", spoken(catalogue.title))
    top.say(.dct, "description", spoken(catalogue.description))
    top.say(.dct, "publisher", .resource(publisher))
    top.say(.foaf, "homepage", catalogue.homepage.map { .resource(Self.document($0)) })
    top.say(.dct, "language", languages)
    top.say(
      .dcat, "themeTaxonomy",
      .address(RdfAddress(known: "http://publications.europa.eu/resource/authority/data-theme")))
    top.say(.dct, "issued", catalogue.datasets.compactMap(\.issued).min().map(Self.date))
    top.say(.dct, "modified", catalogue.datasets.compactMap(\.modified).max().map(Self.date))
    top.say(.dcat, "dataset", catalogue.datasets.map { .address(address($0.id)) })
    return [top]
      + catalogue.datasets.flatMap { set in
        [resource(set)] + set.distributions.map { resource($0, of: set) }
      }
  }

  private var publisher: RdfResource {
    var agent = RdfResource(catalogue.publisher.address, a: RdfName(.foaf, "Agent"))
    agent.say(.foaf, "name", .plain(catalogue.publisher.name))
    agent.say(.dct, "identifier", catalogue.publisher.siret.map { .plain($0) })
    return agent
  }

  private var languages: [RdfTerm] {
    let codes = catalogue.title.en == catalogue.title.fr ? [catalogue.language] : [.fr, .en]
    return codes.map {
      .address(
        RdfAddress(
          known: "http://publications.europa.eu/resource/authority/language/",
          $0 == .fr ? "FRA" : "ENG"))
    }
  }

  private func resource(_ set: DataCatalogue.Dataset) -> RdfResource {
    var told = RdfResource(address(set.id), a: RdfName(.dcat, "Dataset"))
    told.say(.dct, "identifier", .plain(set.id))
    told.say(.dct, "title", spoken(set.title))
    told.say(.dct, "description", spoken(set.description))
    told.say(.dct, "publisher", .resource(publisher))
    told.say(.dcat, "contactPoint", set.contact.map { .resource(Self.contact($0)) })
    told.say(.dcat, "keyword", set.keywords.flatMap(spoken))
    told.say(
      .dcat, "theme",
      set.themes.map {
        .address(
          RdfAddress(known: "http://publications.europa.eu/resource/authority/data-theme/", $0))
      })
    told.say(
      .dct, "accessRights",
      .address(
        RdfAddress(known: "http://publications.europa.eu/resource/authority/access-right/PUBLIC")))
    told.say(
      .dct, "accrualPeriodicity",
      set.frequency.map {
        .address(
          RdfAddress(
            known: "http://publications.europa.eu/resource/authority/frequency/", $0.code))
      })
    told.say(.dct, "spatial", set.place.map { .resource(Self.location($0)) })
    told.say(.dct, "temporal", set.period.map { .resource(Self.period($0.first, $0.last)) })
    told.say(.dct, "issued", set.issued.map(Self.date))
    told.say(.dct, "modified", set.modified.map(Self.date))
    told.say(.dcat, "landingPage", set.landingPage.map { .resource(Self.document($0)) })
    var provenance = RdfResource(a: RdfName(.dct, "ProvenanceStatement"))
    provenance.say(.rdfs, "label", spoken(set.provenance))
    told.say(.dct, "provenance", .resource(provenance))
    told.say(
      .dcat, "distribution", set.distributions.map { .address(address(set.id + "/" + $0.name)) })
    return told
  }

  private func resource(
    _ file: DataCatalogue.Distribution, of set: DataCatalogue.Dataset
  ) -> RdfResource {
    var told = RdfResource(
      address(set.id + "/" + file.name), a: RdfName(.dcat, "Distribution"))
    told.say(.dct, "title", spoken(file.title))
    told.say(.dcat, "accessURL", .address(file.address))
    told.say(.dcat, "downloadURL", .address(file.address))
    if file.format == "csv" || file.format == "json" {
      told.say(
        .dct, "format",
        .address(
          RdfAddress(
            known: "http://publications.europa.eu/resource/authority/file-type/",
            file.format.uppercased())))
    }
    let media: StaticString = "http://www.iana.org/assignments/media-types/"
    told.say(.dcat, "mediaType", .address(Self.media(media, file.mediaType)))
    if file.isGzip {
      told.say(.dcat, "compressFormat", .address(Self.media(media, "application/gzip")))
    }
    told.say(
      .dcat, "byteSize", .typed(String(file.bytes), RdfName(.xsd, "nonNegativeInteger")))
    var checksum = RdfResource(a: RdfName(.spdx, "Checksum"))
    checksum.say(
      .spdx, "algorithm",
      .address(RdfAddress(known: "http://spdx.org/rdf/terms#checksumAlgorithm_sha256")))
    checksum.say(.spdx, "checksumValue", .typed(file.sha256, RdfName(.xsd, "hexBinary")))
    told.say(.spdx, "checksum", .resource(checksum))
    told.say(.dct, "license", set.licence.map { .address($0.address) })
    told.say(.foaf, "page", .resource(Self.document(file.package)))
    told.say(.dct, "modified", set.modified.map(Self.date))
    return told
  }

  /// Data sets and files are parts of the catalogue's own page.
  private func address(_ part: String) -> RdfAddress {
    let path = part.split(separator: "/").map { RdfAddress.escaped(String($0)) }
    return RdfAddress(catalogue.address.text + "#" + path.joined(separator: "/"))
      ?? catalogue.address
  }

  /// In both languages, or in the charter's where it was said in one only.
  private func spoken(_ message: Message) -> [RdfTerm] {
    message.en == message.fr
      ? [.spoken(message.fr, catalogue.language)]
      : [.spoken(message.fr, .fr), .spoken(message.en, .en)]
  }

  private static func media(_ base: StaticString, _ type: String) -> RdfAddress {
    RdfAddress("\(base)\(type)") ?? RdfAddress(known: base)
  }

  private static func date(_ day: String) -> RdfTerm { .typed(day, RdfName(.xsd, "date")) }

  private static func document(_ address: RdfAddress) -> RdfResource {
    RdfResource(address, a: RdfName(.foaf, "Document"))
  }

  private static func contact(_ text: String) -> RdfResource {
    var card = RdfResource(a: RdfName(.vcard, "Kind"))
    card.say(.vcard, "fn", .plain(text))
    if let page = RdfAddress(text) {
      card.say(.vcard, "hasURL", .address(page))
    } else if text.contains("@"), let mail = RdfAddress("mailto:" + text) {
      card.say(.vcard, "hasEmail", .address(mail))
    }
    return card
  }

  private static func location(_ place: DataCatalogue.Place) -> RdfResource {
    var told = RdfResource(place.address, a: RdfName(.dct, "Location"))
    told.say(.skos, "prefLabel", .plain(place.name))
    return told
  }

  private static func period(_ first: String, _ last: String) -> RdfResource {
    var told = RdfResource(a: RdfName(.dct, "PeriodOfTime"))
    told.say(.dcat, "startDate", date(first))
    told.say(.dcat, "endDate", date(last))
    return told
  }
}
