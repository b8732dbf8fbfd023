/// A resident: what the city's services write down about the same person, request after request.
struct Resident {
  var givenName: String
  var familyName: String
  var email: String
  var phone: String
  var birth: Day
  var district: Int
  var address: String

  /// Residents numbered from 0; the first ones are the city's most frequent correspondents.
  static func population(_ count: Int, seed: UInt64) -> [Resident] {
    var dice = Dice(seed: seed, stream: "habitants")
    let families = Names.families
    return (0..<count).map { number in
      let given = dice.pick(Names.given)
      let family = dice.pick(families)
      let birth = Day(1931, 1, 1) + (dice.bell(2, 9_500) + dice.below(10_000))
      let mailbox = Names.plain(given) + "." + Names.plain(family) + String(number % 97)
      return Resident(
        givenName: given, familyName: family, email: mailbox + "@" + dice.pick(Names.mailHosts),
        phone: Names.phone(&dice), birth: birth, district: dice.weighted(City.weights),
        address: String(dice.between(1, 180)) + (dice.chance(1, in: 15) ? " bis, " : ", ")
          + City.street(dice.below(City.streetCount)))
    }
  }
}

/// Names, mailboxes and telephone numbers that belong to nobody.
enum Names {
  static let given = [
    "Adèle", "Aïcha", "Alban", "Amadou", "Anaïs", "Anselme", "Apolline", "Aristide", "Awa",
    "Barnabé", "Bénédicte", "Camille", "Céleste", "Chloé", "Clovis", "Cyprien", "Dalila",
    "Désiré", "Driss", "Edwige", "Élodie", "Émile", "Fatou", "Félicité", "Firmin", "François",
    "Gaëlle", "Gaspard", "Ghislaine", "Habib", "Héloïse", "Honoré", "Ibrahima", "Inès", "Isidore",
    "Jean-Noël", "Joséphine", "Kadiatou", "Khadija", "Léonie", "Loïc", "Lucienne", "Maëlle",
    "Mamadou", "Marie-Ange", "Mehdi", "Moïse", "Nadège", "Naïma", "Noé", "Odilon", "Ophélie",
    "Ousmane", "Pélagie", "Philomène", "Quentin", "Rachid", "Rosalie", "Salimata", "Séraphin",
    "Solène", "Théodule", "Thérèse", "Ursule", "Valère", "Violette", "Yasmine", "Ylan", "Zacharie",
    "Zélie",
  ]

  /// Family names put together from two halves, so that they sound right and are no one's.
  static var families: [String] {
    let heads = [
      "Bel", "Mont", "Cour", "Vau", "Ker", "Gran", "Lam", "Ost", "Mar", "Dal", "Ver", "Char", "Fon",
      "Trè", "Hal", "Cas", "Pel", "Œuvr", "Sal", "Nor",
    ]
    let tails = [
      "vardin", "belquet", "leroncé", "douinel", "randois", "tillaud", "maudrin", "selvoy",
      "vigneul", "rondière", "ladoux", "courtaine", "nacquez", "goulème", "zeauval", "bœuval",
    ]
    var all = heads.flatMap { head in tails.map { head + $0 } }
    all += ["d’Ombrelle", "Cœurdacier", "N’Dialo-Ker", "Ben Ylane", "L’Haridan", "Noël-Vasquin"]
    return all
  }

  static let mailHosts = [
    "courrier.example", "courrier.example", "boite.example", "poste.example", "example.org",
    "mel.example",
  ]

  /// Prefixes that the French regulator keeps for fiction: no subscriber has such a number.
  private static let phonePrefixes = [
    ("01", "99", "00"), ("02", "61", "91"), ("03", "53", "01"), ("04", "65", "71"),
    ("05", "36", "49"), ("06", "39", "98"), ("06", "39", "98"), ("06", "39", "98"),
  ]

  /// A telephone number in one of the ways people write them.
  static func phone(_ dice: inout Dice) -> String {
    let (zone, a, b) = dice.pick(phonePrefixes)
    let c = padded(dice.below(100), 2)
    let d = padded(dice.below(100), 2)
    switch dice.below(10) {
    case 0...5: return [zone, a, b, c, d].joined(separator: " ")
    case 6, 7: return zone + a + b + c + d
    case 8: return "+33 " + [String(zone.dropFirst()), a, b, c, d].joined(separator: " ")
    default: return [zone, a, b, c, d].joined(separator: ".")
    }
  }

  /// `name` in lower-case ASCII letters: the left part of a mailbox.
  static func plain(_ name: String) -> String {
    var out = ""
    for scalar in name.unicodeScalars {
      switch scalar {
      case "a"..."z", "0"..."9": out.unicodeScalars.append(scalar)
      case "A"..."Z": out += String(scalar).lowercased()
      case "à", "â": out += "a"
      case "é", "è", "ê", "ë", "É": out += "e"
      case "ï", "î": out += "i"
      case "ô", "ö": out += "o"
      case "ù", "û": out += "u"
      case "ç": out += "c"
      case "œ", "Œ": out += "oe"
      case "-", " ": out += "-"
      default: break
      }
    }
    return out
  }
}
