import Foundation
import TestSupport

/// Three sources as an analyst may find them on a shared disk, and what is true of them.
struct DirtyFiles {
  /// Rows and the sum of amounts in cents, by category.
  private(set) var requests: [String: (rows: Int, cents: Int)] = [:]
  /// The same rows as the dirty ones, written cleanly.
  private(set) var clean = "categorie,montant\n"
  let stockRows = 90
  let stockCents: Int
  let measures = (read: 200, passed: 196)

  static let names = [
    "Demandes 2026-01.csv", "Demandes 2026-02.csv", "stock.csv", "mesures.tsv.gz",
  ]

  /// Writes them into a folder.
  init(in folder: TemporaryFolder) throws {
    var cents = 0
    for row in 0..<stockRows { cents += 50 + row * 125 }
    stockCents = cents
    for month in 1...2 {
      let text = month == 1 ? requestLines(1, blank: "\u{A0}") : requestLines(2, blank: " ")
      let data = text.data(using: .windowsCP1252) ?? Data()
      try folder.write(data, to: Self.names[month - 1])
    }
    try folder.write("\u{FEFF}" + stock, to: Self.names[2])
    try folder.write(Self.measureLines, to: "mesures.tsv")
    let file = folder.url.appending(path: "mesures.tsv")
    _ = try Program.run(URL(filePath: "/bin/sh"), ["-c", "gzip -n \"$0\"", file.path])
  }

  /// Windows-1252, `;`, a title, a blank line, thousands apart, a line of totals.
  private mutating func requestLines(_ month: Int, blank: String) -> String {
    let categories = ["Voirie", "Éclairage public", "Propreté urbaine", "Œuvres d’art"]
    var lines = [
      "Export du logiciel Usagers — édité le 03/03/2026;;;;;;;", "",
      "N° dossier;Ouverture;Clôture;Catégorie;Quartier;Nom de l'usager;Courriel;Montant (€)",
    ]
    for row in 0..<120 {
      let category = categories[row % 3 == 2 ? 2 : row % 40 == 0 ? 3 : row % 2]
      let cents = row % 7 == 0 ? nil : 95_000 + row * 1_237
      var amount = ""
      if let cents {
        let (whole, rest) = (cents / 100, cents % 100)
        amount =
          whole >= 1000
          ? "\(whole / 1000)\(blank)\(padded(whole % 1000, 3))" : "\(whole)"
        amount += "," + padded(rest, 2)
      }
      let day = "\(padded(row % 28 + 1, 2))/\(padded(month, 2))/2026"
      lines.append(
        "D\(month)\(padded(row, 4));\(day);\(row % 5 == 0 ? "" : day);\(category);Q\(row % 6 + 1);"
          + "\(row % 2 == 0 ? "Müller" : "Traoré") \(row);u\(row)@exemple.fr;\(amount)")
      let before = requests[category] ?? (0, 0)
      requests[category] = (before.rows + 1, before.cents + (cents ?? 0))
      clean += "\(category),\(cents.map { "\($0 / 100).\(padded($0 % 100, 2))" } ?? "")\n"
    }
    lines.append("Total général;;;;;;;120")
    return lines.joined(separator: "\r\n") + "\r\n"
  }

  /// UTF-8 with a mark, commas, a blank header and a repeated one, decimal commas in quotes.
  private var stock: String {
    var text = "code,,montant,montant,\"libellé, court\"\n"
    for row in 0..<stockRows {
      let cents = 50 + row * 125
      text +=
        "\(padded(row, 5)),x\(row % 3),\"\(cents / 100),\(padded(cents % 100, 2))\",\(row),"
        + "\(row % 2 == 0 ? "\"bois, fer\"" : "pierre")\n"
    }
    return text
  }

  /// Tabs, some rows too short or too long.
  private static var measureLines: String {
    var text = "capteur\tville\tvaleur\tquand\n"
    for row in 0..<200 {
      let city = ["Nantes", "Casablanca", "Yaoundé"][row % 3]
      let moment = "2026-01-0\(row % 9 + 1) 08:\(row % 50 + 10)"
      switch row {
      case 17, 94: text += "c\(row % 8)\t\(city)\n"
      case 40: text += "c\(row % 8)\t\(city)\t1.5\t\(moment)\ttrop\n"
      case 41: text += "c\(row % 8)\t\(city)\tpanne\t\(moment)\n"
      default: text += "c\(row % 8)\t\(city)\t\(row).25\t\(moment)\n"
      }
    }
    return text
  }

  private func padded(_ number: Int, _ width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }
}
