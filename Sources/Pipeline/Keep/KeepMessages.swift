import Tabular

/// What purging, verifying and forgetting say to people.
enum KeepMessages {
  static func badCharter(_ path: String) -> Message {
    Message(
      en: "the charter '\(path)' cannot be read: `octroi check` tells why",
      fr: "la charte « \(path) » ne se lit pas : `octroi check` dit pourquoi")
  }

  static let noCharter = Message(
    en: "no charter: neither octroi.yml names one nor does charte.yml lie here",
    fr: "pas de charte : octroi.yml n’en nomme pas, et il n’y a pas ici de charte.yml")

  static let nameCharter = Message(
    en: "name it with --charter FILE", fr: "nommez-la avec --charter FICHIER")

  static func noManifest(_ folder: String) -> Message {
    Message(
      en: "there is no manifest in '\(folder)'", fr: "il n’y a pas de manifeste dans « \(folder) »")
  }

  static func badManifest(_ path: String) -> Message {
    Message(
      en: "the manifest '\(path)' cannot be read", fr: "le manifeste « \(path) » ne se lit pas")
  }
}
