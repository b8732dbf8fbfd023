import Ingest
import Testing

@Suite struct NearMissTests {
  @Test func foldsCaseAccentsAndPunctuation() {
    #expect(NearMiss.folded("N° Dossier") == "ndossier")
    #expect(NearMiss.folded("Date_d’Échéance") == "datedecheance")
    #expect(NearMiss.folded("e\u{301}tat") == "etat")
    #expect(NearMiss.folded("ŒUVRE") == "oeuvre")
    #expect(NearMiss.folded("رقم 1") == "رقم1")
  }

  @Test func proposesWhatIsNear() {
    let columns = ["Date ouverture", "quartier", "nom"]
    #expect(NearMiss.nearest(to: "date_ouverture", among: columns) == "Date ouverture")
    #expect(NearMiss.nearest(to: "quatrier", among: columns) == "quartier")
    #expect(NearMiss.nearest(to: "commentaire", among: columns) == nil)
    #expect(NearMiss.nearest(to: "x", among: []) == nil)
  }
}
