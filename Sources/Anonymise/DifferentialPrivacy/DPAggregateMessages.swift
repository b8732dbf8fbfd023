import StageKit
import Tabular

/// What `dp_aggregate` says.
enum DPAggregateMessages {
  static func notAKey(_ name: String) -> Message {
    Message(
      en: "'\(name)' is not among the fields of 'by'",
      fr: "« \(name) » n’est pas parmi les champs de « by »")
  }

  static func keyWithoutValues(_ name: String) -> Message {
    Message(
      en: "the values of '\(name)' are not declared: all keys are, or none",
      fr: "les valeurs de « \(name) » ne sont pas déclarées : toutes les clés le sont, ou aucune")
  }

  static func personalKeys(_ table: String) -> Message {
    Message(
      en: "'\(table)' is about persons: which keys it has would tell who is there",
      fr: "« \(table) » porte sur des personnes : ses clés diraient qui y figure")
  }

  static func tooManyCells(_ most: Int) -> Message {
    Message(
      en: "dp_aggregate: more than \(most) combinations of keys are declared",
      fr: "dp_aggregate : plus de \(most) combinaisons de clés sont déclarées")
  }

  static let noCells = Message(
    en: "dp_aggregate: a key has no declared value",
    fr: "dp_aggregate : une clé n’a aucune valeur déclarée")

  static let noMeasures = Message(
    en: "there is nothing to count or to sum: give 'measures'",
    fr: "il n’y a rien à compter ni à sommer : donnez « measures »")

  static func onlyForSums(_ key: String) -> Message {
    Message(en: "'\(key)' goes with 'sum'", fr: "« \(key) » va avec « sum »")
  }

  static let countOrSum = Message(
    en: "a measure has either 'count' or 'sum'", fr: "une mesure a « count » ou bien « sum »")

  static let castFirst = Message(
    en: "`cast` it to decimal: noise is exact on whole numbers of a unit only",
    fr: "convertissez-le en décimal par `cast` : le bruit n’est exact que sur des nombres entiers "
      + "d’une unité")

  static let sumsNeedBounds = Message(
    en: "a sum needs 'from' and 'to': values beyond count as these, so that no one person "
      + "changes it by more",
    fr: "une somme a besoin de « from » et « to » : les valeurs au-delà comptent pour ces bornes, "
      + "pour que personne ne la change davantage")

  static let wrongBounds = Message(
    en: "'from' is below 'to', both at most 10^15 units of the last decimal, and with no more "
      + "decimals than the sum",
    fr: "« from » est inférieur à « to », tous deux d’au plus 10^15 unités de la dernière "
      + "décimale, et sans plus de décimales que la somme")

  static let epsilonOrRho = Message(
    en: "give either 'epsilon' (Laplace noise) or 'rho' (Gaussian noise)",
    fr: "donnez « epsilon » (bruit de Laplace) ou bien « rho » (bruit gaussien)")

  static let wrongEpsilon = Message(
    en: "this is a decimal number from 0.000001 to 100, with 6 decimals at most",
    fr: "ceci est un nombre décimal de 0.000001 à 100, avec 6 décimales au plus")

  static let gaussianNeedsDelta = Message(
    en: "Gaussian noise is told as ε at δ: give 'delta', such as 1e-6",
    fr: "le bruit gaussien s’exprime en ε à δ près : donnez « delta », comme 1e-6")

  static let keysOrDelta = Message(
    en: "which groups there are must be declared ('keys'), or be hidden by a threshold: then "
      + "give 'delta', such as 1e-9, well below one in the number of persons",
    fr: "les groupes qui existent doivent être déclarés (« keys »), ou cachés par un seuil : "
      + "donnez alors « delta », comme 1e-9, bien en dessous de un sur le nombre de personnes")

  static let uselessDelta = Message(
    en: "with Laplace noise and declared keys δ is 0: leave 'delta' out",
    fr: "avec un bruit de Laplace et des clés déclarées, δ vaut 0 : retirez « delta »")

  static let wrongDelta = Message(
    en: "δ is a power of ten from 1e-15 to 1e-3",
    fr: "δ est une puissance de dix de 1e-15 à 1e-3")

  static let tooMuchNoise = Message(
    en: "the bounds are so wide and the budget so small that the noise has no meaning",
    fr: "les bornes sont si larges et le budget si petit que le bruit n’a plus de sens")

  static let rehearsed = Message(
    en: "dp_aggregate: nothing is released here, so nothing was debited and no figure is shown",
    fr: "dp_aggregate : rien n’est publié ici ; rien n’a donc été débité et aucun chiffre n’est "
      + "montré")

  /// - Parameter scale: digits after the point of the figure.
  static func usualError(_ name: String, _ noise: ReleasePlan.Noise, scale: Int) -> Message {
    let units = noise.usualError.rounded(.up)
    let digits = Int128(exactly: units) ?? .max
    var bytes: [UInt8] = []
    NumberText.append(Decimal(digits: digits, scale: scale), decimals: scale, to: &bytes)
    let error = String(decoding: bytes, as: UTF8.self)
    return Message(
      en: "dp_aggregate: 19 in 20 figures of '\(name)' are within ±\(error) of the bounded totals",
      fr: "dp_aggregate : 19 chiffres sur 20 de « \(name) » sont à ±\(error) des totaux bornés")
  }
}

extension DPAggregateOptions {
  static let declarations: [OptionDeclaration] = [
    OptionDeclaration(
      "by", .fields,
      Message(
        en: "The fields whose values make a group. Without them all rows are one group.",
        fr: "Les champs dont les valeurs font un groupe. Sans eux, toutes les lignes en font un.")
    ),
    OptionDeclaration(
      "person", .field, required: true,
      Message(
        en: "The field that tells persons apart; rows without it leave.",
        fr: "Le champ qui distingue les personnes ; les lignes sans lui partent.")),
    OptionDeclaration(
      "bounds",
      .record([
        OptionDeclaration(
          "groups", .integer(1...1000), required: true,
          Message(
            en: "In how many groups one person is counted at most.",
            fr: "Dans combien de groupes une personne est comptée au plus.")),
        OptionDeclaration(
          "rows", .integer(1...1000), required: true,
          Message(
            en: "How many rows of one person count in a group at most.",
            fr: "Combien de lignes d’une personne comptent au plus dans un groupe.")),
      ]), required: true,
      Message(
        en: "What one person may contribute; the noise grows with it. Which groups stay is drawn "
          + "anew each time.",
        fr: "Ce qu’une personne peut apporter ; le bruit en dépend. Les groupes qui restent sont "
          + "tirés à chaque fois.")),
    OptionDeclaration(
      "keys",
      .map(
        keys: "field",
        .either([
          .list(.literal),
          .record([
            OptionDeclaration(
              "table", .table, required: true,
              Message(
                en: "A step or source, not about persons, that gives the values.",
                fr: "Une étape ou une source, pas sur des personnes, qui donne les valeurs.")),
            OptionDeclaration(
              "field", .field, default: "the key's name",
              Message(en: "Its field.", fr: "Son champ.")),
          ]),
        ])),
      default: "a threshold hides small groups",
      Message(
        en: "The values of each key, all combinations of which are shown, also without rows.",
        fr: "Les valeurs de chaque clé, dont toutes les combinaisons sont montrées, même sans "
          + "ligne.")),
    OptionDeclaration(
      "measures", .map(keys: "name", .record(measure)), required: true,
      Message(
        en: "New fields: counts of persons or rows, or sums of values cut to bounds. A noisy count "
          + "may be below 0; set to 0 it is still protected, but sums of them are biased.",
        fr: "De nouveaux champs : comptes de personnes ou de lignes, ou sommes de valeurs "
          + "bornées. Un compte bruité peut être négatif ; mis à 0 il reste protégé, mais leurs "
          + "sommes sont biaisées.")),
    OptionDeclaration(
      "epsilon", .number(0...100),
      Message(
        en: "ε of the whole release, by discrete Laplace noise.",
        fr: "ε de toute la publication, par un bruit de Laplace discret.")),
    OptionDeclaration(
      "rho", .number(0...100),
      Message(
        en: "ρ of the whole release (zero-concentrated), by discrete Gaussian noise.",
        fr: "ρ de toute la publication (concentrée en zéro), par un bruit gaussien discret.")),
    OptionDeclaration(
      "delta", .number(0...0.001),
      Message(
        en: "δ, a power of ten: for Gaussian noise, and for groups that are not declared.",
        fr: "δ, une puissance de dix : pour le bruit gaussien, et pour des groupes non déclarés.")),
  ]

  private static let measure: [OptionDeclaration] = [
    OptionDeclaration(
      "count", .choice(["persons", "rows"]),
      Message(en: "What is counted.", fr: "Ce qui est compté.")
    ),
    OptionDeclaration(
      "sum", .field,
      Message(en: "A whole or decimal number.", fr: "Un nombre entier ou décimal.")),
    OptionDeclaration(
      "from", .number(-1e15...1e15),
      Message(
        en: "For a sum: smaller values count as this.",
        fr: "Pour une somme : les valeurs plus petites comptent pour ceci.")),
    OptionDeclaration(
      "to", .number(-1e15...1e15),
      Message(
        en: "For a sum: greater values count as this.",
        fr: "Pour une somme : les valeurs plus grandes comptent pour ceci.")),
    OptionDeclaration(
      "decimals", .integer(0...9), default: "the field's, or its bounds'",
      Message(
        en: "For a sum: values are rounded to so many decimals before.",
        fr: "Pour une somme : les valeurs sont d’abord arrondies à tant de décimales.")),
    OptionDeclaration(
      "weight", .integer(1...1000), default: "1",
      Message(
        en: "Its share in the budget: the more, the less noise.",
        fr: "Sa part du budget : plus elle est grande, moins il y a de bruit.")),
  ]
}
