import Tabular

/// The data of the example project: requests to a city that does not exist.
enum StarterExample {
  static func path(_ language: Language) -> String {
    Message(en: "data/requests.csv", fr: "donnees/demandes.csv").text(language)
  }

  /// 60 rows as spreadsheets export them; nobody in them exists.
  static func text(_ language: Language) -> String {
    let isFrench = language == .fr
    let kinds =
      isFrench
      ? ["Voirie", "Éclairage", "Propreté", "Espaces verts"]
      : ["Roads", "Lighting", "Cleaning", "Parks"]
    var text =
      isFrench
      ? "dossier;ouverture;quartier;catégorie;courriel;montant\n"
      : "file,opened,district,category,email,amount\n"
    for row in 0..<60 {
      let day = row % 28 + 1
      let month = row / 28 + 1
      let kind = kinds[[0, 1, 2, 0, 2][row % 5]]
      let district = "Q0\(row % 3 + 1)"
      let number = 4000 + row * 7
      let (whole, cents) = (row * 37 % 400 + 5, row * 13 % 100)
      let fraction = cents < 10 ? "0\(cents)" : "\(cents)"
      let (dd, mm) = (day < 10 ? "0\(day)" : "\(day)", "0\(month)")
      let mail = row % 4 == 3 ? "" : "n\(row)@port-ombeline.example"
      text +=
        isFrench
        ? "D\(number);\(dd)/\(mm)/2026;\(district);\(kind);\(mail);\(whole),\(fraction)\n"
        : "D\(number),2026-\(mm)-\(dd),\(district),\(kind),\(mail),\(whole).\(fraction)\n"
    }
    return text
  }
}
