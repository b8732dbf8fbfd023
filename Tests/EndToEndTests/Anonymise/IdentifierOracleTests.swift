import Foundation
import TestSupport
import Testing

/// Numbers with check digits, held to python-stdnum one by one through `redact_text`.
@Suite struct IdentifierOracleTests {
  private static let kinds = [
    "nir", "niss", "sin", "siren", "siret", "ice", "iban", "credit_card", "matricule_fiscal", "nif",
  ]

  @Test func numbersAreRightWherePythonStdnumSaysSo() throws {
    let project = try TinyProject()
    let table = project.folder.url.appending(path: "numeros.csv")
    let made = try OracleTests.python("identifiers.py", ["make", table.path])
    #expect(made.status == 0, "\(made.output)\(made.errors)")
    let fields = Self.kinds.map { #"{"name": "\#($0)", "type": "string", "privacy": "direct"}"# }
    try project.folder.write(
      "{\"fields\": [\(fields.joined(separator: ",\n"))]}\n", to: "numeros.schema.json")
    let stages = Self.kinds.map {
      "      - redact_text: {fields: \($0), kinds: [\($0)], with: \"#\"}\n"
    }
    try project.folder.write(
      """
      octroi: 1
      pipeline: numeros
      purpose: essai
      charter: charte.yml
      sources:
        numeros: {path: numeros.csv, schema: numeros.schema.json, governance: lignes}
      steps:
        caviardes:
          from: numeros
          stages:
      \(stages.joined())outputs:
        numeros: {from: caviardes, audience: internal, path: out/numeros.csv, profile: opendata}

      """, to: "numeros.yml")
    let run = try project.octroi(["run", "numeros.yml"])
    #expect(run.status == 0, "\(run.output)\(run.errors)")
    let redacted = project.folder.url.appending(path: "out/numeros.csv")
    let judged = try OracleTests.python("identifiers.py", ["check", table.path, redacted.path])
    #expect(judged.status == 0, "\(judged.output.prefix(3000))\(judged.errors)")
  }
}
