import StageKit
import Tabular

/// The options of `k_anonymise` that are sets of options themselves.
enum KAnonymiseOptions {
  static let sensitive = [
    OptionDeclaration(
      "distinct", .integer(2...1_000_000),
      Message(en: "Different values, at least.", fr: "Valeurs différentes, au moins.")),
    OptionDeclaration(
      "entropy", .number(1...1_000_000),
      Message(
        en: "An entropy of at least that of so many equally frequent values.",
        fr: "Une entropie d’au moins celle d’autant de valeurs également fréquentes.")),
    OptionDeclaration(
      "recursive",
      .record([
        OptionDeclaration(
          "c", .number(0.000001...1_000_000), required: true,
          Message(en: "A factor.", fr: "Un facteur.")),
        OptionDeclaration(
          "l", .integer(1...1_000_000), required: true,
          Message(en: "A rank.", fr: "Un rang.")),
      ]),
      Message(
        en: "The most frequent value has fewer rows than c times those from the l-th on.",
        fr: "La valeur la plus fréquente a moins de lignes que c fois celles à partir de la l-ième."
      )),
    OptionDeclaration(
      "closeness", .number(0...1),
      Message(
        en: "Earth mover's distance to the distribution of all rows, at most.",
        fr: "Distance du terrassier à la distribution de toutes les lignes, au plus.")),
    OptionDeclaration(
      "ground", .choice(["equal", "ordered"]), default: "equal",
      Message(
        en: "How far values are apart, for closeness: all equally, or by their order.",
        fr: "L’écart entre valeurs, pour la distance : le même pour toutes, ou selon leur ordre.")),
    OptionDeclaration(
      "hierarchy", HierarchyOptions.type,
      Message(
        en: "A hierarchy by which values are apart, for closeness.",
        fr: "Une hiérarchie qui dit l’écart entre valeurs, pour la distance.")),
    OptionDeclaration(
      "likeness",
      .record([
        OptionDeclaration(
          "beta", .number(0.000001...1_000_000), required: true,
          Message(en: "β.", fr: "β.")),
        OptionDeclaration(
          "kind", .choice(["basic", "enhanced"]), default: "basic",
          Message(
            en: "Enhanced also bounds frequent values, by −ln of their frequency.",
            fr: "« enhanced » borne aussi les valeurs fréquentes, par −ln de leur fréquence.")),
      ]),
      Message(
        en: "β-likeness: no value is more frequent than in the whole input by more than β times "
          + "its frequency there.",
        fr: "β-likeness : aucune valeur n’est plus fréquente que dans l’entrée entière de plus de "
          + "β fois sa fréquence.")),
    OptionDeclaration(
      "disclosure", .number(0.000001...1_000),
      Message(
        en: "δ-disclosure: the frequency of a value that a class has is less than a factor of 2^δ "
          + "away from that in the whole input.",
        fr: "δ-disclosure : la fréquence d’une valeur présente dans une classe est à moins d’un "
          + "facteur 2^δ de celle dans l’entrée entière.")),
  ]

  static let population = [
    OptionDeclaration(
      "table", .table, required: true,
      Message(
        en: "A step or source with the same quasi-identifiers: everybody whom an attacker may "
          + "think of, the input's persons among them.",
        fr: "Une étape ou une source avec les mêmes quasi-identifiants : toutes les personnes "
          + "auxquelles un attaquant peut penser, dont celles de l’entrée.")),
    OptionDeclaration(
      "count", .field,
      Message(
        en: "Its field that says of how many persons a row is; without it each row is one.",
        fr: "Son champ qui dit de combien de personnes est une ligne ; sans lui chacune est une.")),
    OptionDeclaration(
      "k_map", .integer(2...1_000_000_000),
      Message(
        en: "k-map: persons of the population alike to each class, at least.",
        fr: "k-map : personnes de la population pareilles à chaque classe, au moins.")),
    OptionDeclaration(
      "presence_at_least", .number(0...1),
      Message(
        en: "δ-presence: the share of them in the table, at least; no row can then be left out, "
          + "nor anybody of the population be alike to nobody.",
        fr: "δ-presence : la part d’entre elles dans la table, au moins ; aucune ligne ne peut "
          + "alors être écartée, ni personne de la population n’être pareil à personne.")),
    OptionDeclaration(
      "presence_at_most", .number(0...1),
      Message(
        en: "δ-presence: the share of them in the table, at most.",
        fr: "δ-presence : la part d’entre elles dans la table, au plus.")),
  ]
}
