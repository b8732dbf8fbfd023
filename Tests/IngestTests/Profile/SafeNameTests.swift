import Ingest
import Testing

/// Names that need no quotes, whatever people call their columns.
@Suite struct SafeNameTests {
  static func name(_ text: String) -> String { SafeName.names([text], fallback: "x")[0] }

  @Test func namesAreWritableAnywhere() {
    let cases = [
      ("montant", "montant"), ("Date d’ouverture", "date_d_ouverture"), ("N° dossier", "n_dossier"),
      ("dateNaissance", "date_naissance"), ("SIRET", "siret"), ("2024", "x_2024"),
      ("Montant (€)", "montant"), ("Œuvre", "oeuvre"), ("Case", "case_"), ("no", "no_"),
      ("€", "x"), ("", "x"), ("a\u{301}ge", "age"), ("__x", "__x"), ("الاسم", "الاسم"),
      ("a: {b}\n#c", "a_b_c"), ("<b>x</b>", "b_x_b"),
    ]
    for (text, expected) in cases { #expect(Self.name(text) == expected, "\(text)") }
    #expect(Self.name(String(repeating: "long ", count: 500)).count <= 60)
  }

  @Test func namesDiffer() {
    let texts = ["nom", "Nom", "NOM", "nom_2", "Nom", "", "€"]
    let names = SafeName.names(texts, fallback: "x")
    #expect(names == ["nom", "nom_3", "nom_4", "nom_2", "nom_5", "x", "x_2"])
  }

  @Test func manyTwinsCostNoMoreThanOthers() {
    let names = SafeName.names([String](repeating: "Été", count: 20_000), fallback: "x")
    #expect(names.last == "ete_20000" && Set(names).count == 20_000)
  }
}
