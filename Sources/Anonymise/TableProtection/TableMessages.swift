import Tabular

/// What protecting a table says. No message names a value: a small category's name alone tells.
enum TableMessages {
  private static func repeatedCell(_ stage: String) -> OperatorError {
    OperatorError(
      Message(
        en: "\(stage): several rows have the same keys: aggregate before, or add to 'by' what "
          + "tells them apart",
        fr: "\(stage) : plusieurs lignes ont les mêmes clés : agrégez avant, ou ajoutez à "
          + "« by » ce qui les distingue"))
  }

  private static func wrongTotal(_ stage: String) -> OperatorError {
    OperatorError(
      Message(
        en: "\(stage): a row of totals is not the sum of the counts of its parts; count each "
          + "row once, and give the whole table",
        fr: "\(stage) : une ligne de totaux n’est pas la somme des effectifs de ses parties ; "
          + "comptez chaque ligne une fois, et donnez le tableau entier"))
  }

  static func noCount(_ stage: String) -> OperatorError {
    OperatorError(
      Message(
        en: "\(stage): the count is empty or negative in some row",
        fr: "\(stage) : le compte est vide ou négatif dans une ligne"))
  }

  static func fault(_ fault: TableSystem.Fault, _ stage: String) -> OperatorError {
    switch fault {
    case .repeatedCell: repeatedCell(stage)
    case .wrongTotal: wrongTotal(stage)
    }
  }

  static let negative = OperatorError(
    Message(
      en: "protect_table: an amount or contribution is negative",
      fr: "protect_table : un montant ou une contribution est négatif"))

  static let fallen = OperatorError(
    Message(
      en: "protect_table: counts have fallen since an earlier release: the table is not cumulative",
      fr: "protect_table : des comptes ont baissé depuis une publication précédente : le tableau "
        + "n’est pas cumulatif"))

  static let wrongShared = OperatorError(
    Message(
      en: "protect_table: the counts of 'shared' do not add up to this table's: aggregate the same "
        + "rows by the dimensions of both tables",
      fr: "protect_table : les comptes de « shared » ne font pas ceux de ce tableau : agrégez les "
        + "mêmes lignes selon les dimensions des deux tableaux"))

  static let tooLarge = OperatorError(
    Message(
      en: "protect_table: amounts too large to compare exactly; round them before",
      fr: "protect_table : montants trop grands pour être comparés exactement ; arrondissez-les "
        + "avant"))

  static func internalError(_ stage: String) -> OperatorError {
    OperatorError(
      Message(
        en: "internal error: a column has another type than planned; please report it",
        fr: "erreur interne : une colonne n’a pas le type prévu ; merci de la signaler"))
  }

  static let exposed = OperatorError(
    Message(
      en: "protect_table: a small cell could be computed, nearly or exactly, whatever else is "
        + "suppressed: merge small categories before, or lower 'width'; where no total is "
        + "published anywhere, say `margins: none`",
      fr: "protect_table : une petite case pourrait être calculée, exactement ou presque, quoi "
        + "qu’on supprime d’autre : réunissez les petites catégories avant, ou baissez « width » ; "
        + "si aucun total n’est publié nulle part, dites `margins: none`"))

  static func notInHierarchy(_ field: String, _ stage: String) -> OperatorError {
    OperatorError(
      Message(
        en: "\(stage): the hierarchy of '\(field)' lacks values of the table: add them",
        fr: "\(stage) : il manque à la hiérarchie de « \(field) » des valeurs du tableau : "
          + "ajoutez-les"))
  }

  /// How many were suppressed for their own sake stays unsaid: in a small table it tells which.
  static func hidden(_ count: Int, of all: Int, _ isProvenBest: Bool) -> Message {
    Message(
      en: "cells suppressed: \(count) of \(all)"
        + (count == 0 || isProvenBest ? "" : "; fewer might do (not proven)"),
      fr: "cases supprimées : \(count) sur \(all)"
        + (count == 0 || isProvenBest ? "" : " ; moins suffiraient peut-être (non prouvé)"))
  }
}
