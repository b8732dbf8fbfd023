import Foundation
import TestSupport

/// A small project of persons, whose pipeline loses rows in every way: what `preview`, `trace` and
/// `why` are asked about.
final class LookProject {
  let folder: TemporaryFolder

  static let persons = """
    id,nom,quartier,montant,etat
    1,Durand,n1,5.5,malade
    2,Dupont,n2,1,
    3,Zoé,n9,2,y
    4,Émile,,3,y
    x5,Tomasso,n1,4,y
    6,王小明,n1,7,secret
    6,Doublon,n1,7,secret
    7,Olivia,N2,,y

    """

  static let schema = """
    {"fields": [
      {"name": "id", "type": "integer", "privacy": "plain", "constraints": {"required": true}},
      {"name": "nom", "type": "string", "privacy": "direct"},
      {"name": "quartier", "type": "string", "privacy": "plain"},
      {"name": "montant", "type": "number", "privacy": "plain"},
      {"name": "etat", "type": "string", "privacy": "sensitive"}
    ]}
    """

  static let districts = """
    {"fields": [
      {"name": "quartier", "type": "string", "privacy": "plain"},
      {"name": "population", "type": "integer", "privacy": "plain"}
    ]}
    """

  static let pipeline = """
    octroi: 1
    pipeline: essai
    purpose: essai
    charter: charte.yml
    parameters:
      ville: {type: text, default: Ville-Tue}
      seuil: {type: integer, default: 1}
    sources:
      lignes:
        path: lignes.csv
        schema: schema.json
        governance: lignes
        reject: {at_most: 50%}
      quartiers: {path: quartiers.csv, schema: quartiers.json, governance: lignes}
    steps:
      propres:
        from: lignes
        stages:
          - filter: montant > :seuil
          - derive: {quartier: upper(quartier), ville: ":ville"}
          - join: {with: quartiers, key: quartier, take: [population], kind: inner}
          - deduplicate: [id]
      groupes:
        from: propres
        stages:
          - aggregate:
              by: [quartier]
              measures: {n: count(), total: sum(montant)}
          - sort: [{n: descending}]
    outputs:
      detail: {from: propres, audience: internal, path: out/detail.csv}
      par_quartier: {from: groupes, audience: internal, path: out/groupes.csv}

    """

  init(persons: String = LookProject.persons) throws {
    folder = try TemporaryFolder()
    try folder.write(TinyProject.charter, to: "charte.yml")
    try folder.write(Self.schema, to: "schema.json")
    try folder.write(Self.districts, to: "quartiers.json")
    try folder.write("quartier,population\nN1,100\nN2,200\n", to: "quartiers.csv")
    try folder.write(persons, to: "lignes.csv")
    try folder.write(Self.pipeline, to: "essai.yml")
  }

  var state: URL { folder.url.appending(path: ".state") }

  func octroi(_ arguments: String..., language: String = "en") throws -> ProgramResult {
    try Program.run(
      Program.octroi, arguments + ["--lang", language], in: folder.url,
      environment: ["OCTROI_STATE": state.path])
  }

  /// What a command prints as JSON.
  func json(_ arguments: String...) throws -> [String: Any] {
    let result = try Program.run(
      Program.octroi, arguments + ["--json"], in: folder.url,
      environment: ["OCTROI_STATE": state.path])
    guard result.status == 0,
      let object = try JSONSerialization.jsonObject(with: Data(result.output.utf8))
        as? [String: Any]
    else { throw ProjectError(text: "\(result.status): \(result.output)\(result.errors)") }
    return object
  }

  /// All files of the project's state, as bytes that can be searched.
  func remembers(_ text: String) -> Bool {
    let walker = FileManager.default.enumerator(at: state, includingPropertiesForKeys: nil)
    for case let file as URL in walker ?? FileManager.DirectoryEnumerator() {
      if let data = try? Data(contentsOf: file), data.range(of: Data(text.utf8)) != nil {
        return true
      }
    }
    return false
  }
}
