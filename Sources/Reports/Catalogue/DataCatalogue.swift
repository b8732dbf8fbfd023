import Tabular

/// What a city publishes: data sets, each in one or several files. Written as DCAT-AP and as SCDL.
public struct DataCatalogue: Sendable {
  /// Who publishes.
  public struct Agent: Sendable {
    public let name: String
    /// A national number of 14 digits (SIRET); nil for none.
    public let siret: String?
    public let address: RdfAddress?

    public init(name: String, siret: String?, address: RdfAddress?) {
      (self.name, self.siret, self.address) = (name, siret, address)
    }
  }

  /// What a data set is about.
  public struct Place: Sendable {
    public let name: String
    /// In the SCDL's words, as `communale`.
    public let level: String
    public let address: RdfAddress?

    public init(name: String, level: String, address: RdfAddress?) {
      (self.name, self.level, self.address) = (name, level, address)
    }
  }

  /// One file.
  public struct Distribution: Sendable {
    /// What it is called within its data set.
    public let name: String
    public let title: Message
    public let address: RdfAddress
    /// Where its Data Package lies.
    public let package: RdfAddress
    /// `csv`, `json` or `jsonl`.
    public let format: String
    public let isGzip: Bool
    public let mediaType: String
    public let bytes: Int
    public let sha256: String

    public init(
      name: String, title: Message, address: RdfAddress, package: RdfAddress, format: String,
      isGzip: Bool, mediaType: String, bytes: Int, sha256: String
    ) {
      (self.name, self.title, self.address, self.package) = (name, title, address, package)
      (self.format, self.isGzip, self.mediaType) = (format, isGzip, mediaType)
      (self.bytes, self.sha256) = (bytes, sha256)
    }
  }

  public struct Dataset: Sendable {
    public let id: String
    public let title: Message
    public let description: Message
    public var keywords: [Message] = []
    /// Codes of the European vocabulary.
    public var themes: [String] = []
    public var frequency: Frequency?
    public var place: Place?
    /// First and last day, ISO 8601.
    public var period: (first: String, last: String)?
    /// Days, ISO 8601.
    public var issued: String?
    public var modified: String?
    public var landingPage: RdfAddress?
    public var licence: OpenLicence?
    public var contact: String?
    /// What it was made of, and by what.
    public var provenance: Message
    public let distributions: [Distribution]

    public init(
      id: String, title: Message, description: Message, provenance: Message,
      distributions: [Distribution]
    ) {
      (self.id, self.title, self.description) = (id, title, description)
      (self.provenance, self.distributions) = (provenance, distributions)
    }
  }

  public let address: RdfAddress
  public let title: Message
  public let description: Message
  public let publisher: Agent
  public let homepage: RdfAddress?
  public let language: Language
  public let datasets: [Dataset]

  public init(
    address: RdfAddress, title: Message, description: Message, publisher: Agent,
    homepage: RdfAddress?, language: Language, datasets: [Dataset]
  ) {
    (self.address, self.title, self.description) = (address, title, description)
    (self.publisher, self.homepage, self.language) = (publisher, homepage, language)
    self.datasets = datasets
  }
}
