import StageKit
import Tabular

/// A table with a column for each indicator, after one of the steps.
protocol StepTable: IndexTable {
  static func values(_ solution: IndexSolution) -> [[Double]]
}

extension StepTable {
  static var isOfUnits: Bool { true }

  static func fields(_ known: IndexFields) -> [Field] { known.units + known.indicators }

  static func columns(_ work: IndexWork) -> [[Value]] {
    work.unitColumns + values(work.solution).map { $0.map(IndexWork.number) }
  }
}

/// Values divided by their denominators.
enum DenominatedTable: StepTable {
  static let name = "denominated"
  static let title = Message(
    en: "values by denominator", fr: "valeurs rapportées à leur dénominateur")
  static let summary = Message(
    en: "values divided by their denominators", fr: "valeurs divisées par leurs dénominateurs")
  static func values(_ solution: IndexSolution) -> [[Double]] { solution.raw }
}

/// Values with those that were missing filled.
enum ImputedTable: StepTable {
  static let name = "imputed"
  static let title = Message(en: "values, gaps filled", fr: "valeurs complétées")
  static let summary = Message(
    en: "values, the missing ones imputed", fr: "valeurs, les manquantes imputées")
  static func values(_ solution: IndexSolution) -> [[Double]] { solution.imputed }
}

/// Values with outliers treated, of the units that take part.
enum TreatedTable: StepTable {
  static let name = "treated"
  static let title = Message(en: "values, outliers treated", fr: "valeurs, aberrantes traitées")
  static let summary = Message(
    en: "values, outliers treated", fr: "valeurs, les aberrantes traitées")
  static func values(_ solution: IndexSolution) -> [[Double]] { solution.treated }
}

/// Values on the common scale, more being better.
enum NormalisedTable: StepTable {
  static let name = "normalised"
  static let title = Message(en: "values on the common scale", fr: "valeurs à l’échelle commune")
  static let summary = Message(
    en: "values on the common scale", fr: "valeurs à l’échelle commune")
  static func values(_ solution: IndexSolution) -> [[Double]] { solution.normalised }

  static func fields(_ known: IndexFields) -> [Field] {
    known.units
      + known.indicators.map { field in
        var field = field
        field.lessIsBetter = false
        return field
      }
  }
}
