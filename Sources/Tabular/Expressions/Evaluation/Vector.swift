/// What a node gives for a batch: a column, or one row that stands for all.
struct Vector {
  var column: Column
  /// Whether `column` has a single row that is the value of every row.
  var isConstant: Bool

  init(_ column: Column, isConstant: Bool = false) {
    (self.column, self.isConstant) = (column, isConstant)
  }

  init(_ values: Column.Values, _ validity: Validity, _ lanes: Lanes) {
    self.init(Column(values, validity: validity), isConstant: lanes.isConstant)
  }

  /// Null for every row.
  static func null(_ type: DataType) -> Vector {
    Vector(.nulls(type, count: 1), isConstant: true)
  }

  /// Whether every row is null for the reason that the one constant is.
  var isNullConstant: Bool { isConstant && !column.validity[0] }

  /// The column with a row for each row of the batch.
  func expanded(to count: Int) -> Column {
    guard isConstant else { return column }
    guard column.validity[0] else { return .nulls(column.type, count: count) }
    if case .text(var text) = column.values {
      // One entry, and every row refers to it.
      text.codes = Array(repeating: text.codes?[0] ?? 0, count: count)
      return Column(.text(text))
    }
    return column.gathered(Array(repeating: 0, count: count))
  }

  /// The row of `column` that holds the value of a row of the batch.
  @inline(__always)
  func index(_ row: Int) -> Int { isConstant ? 0 : row }
}

/// How many values a kernel computes: one a row, or one for all.
struct Lanes {
  let count: Int
  let isConstant: Bool
}

/// What a node is evaluated in: the batch, and which of its rows count.
struct Frame {
  let batch: Batch
  /// Rows that `case`, `coalesce`, `and` and `or` left to this node. The others may hold
  /// anything, and must not fail.
  var active: Validity = .all

  var rowCount: Int { batch.rowCount }

  func lanes(_ inputs: [Vector]) -> Lanes {
    for input in inputs where !input.isConstant {
      return Lanes(count: rowCount, isConstant: false)
    }
    return Lanes(count: 1, isConstant: true)
  }

  /// Rows whose inputs are all valid, or nil when a constant null makes that none.
  func validity(_ inputs: [Vector]) -> Validity? {
    var validity = Validity.all
    for input in inputs {
      if input.isConstant {
        if !input.column.validity[0] { return nil }
      } else {
        validity = validity.and(input.column.validity)
      }
    }
    return validity
  }

  /// The rows at which a fault is a fault: valid, and asked for.
  func live(_ validity: Validity, _ lanes: Lanes) -> Validity {
    lanes.isConstant ? validity : validity.and(active)
  }
}

/// What goes wrong in a kernel; the node that runs it turns it into a message.
enum KernelFault: Error {
  case overflow
  case divisionByZero
  case notFinite
  case badCast(to: DataType)
  case badDate
  case dateOutOfRange
  case tooLong
  case splitAtZero
  /// Never because of the user: a column that the plan should have provided.
  case misplaced
}

extension KernelFault {
  /// - Parameter source: the part of the expression that failed.
  func message(in source: String) -> Message {
    switch self {
    case .overflow:
      Message(
        en: "`\(source)` is out of range", fr: "`\(source)` sort des limites du type")
    case .divisionByZero:
      Message(
        en: "`\(source)` divides by zero; to get null instead write `nullif(divisor, 0)`",
        fr: "`\(source)` divise par zéro ; pour obtenir null, écrivez `nullif(diviseur, 0)`")
    case .notFinite:
      Message(
        en: "`\(source)` is not a finite number",
        fr: "`\(source)` n’est pas un nombre fini")
    case .badCast(let type):
      Message(
        en: "`\(source)` meets a value that is no \(type.name); `try_cast` gives null for such",
        fr: "`\(source)` rencontre une valeur qui n’est pas de type \(type.name) ; "
          + "`try_cast` donne null dans ce cas")
    case .badDate:
      Message(
        en: "`\(source)` meets a text that is no date of this format",
        fr: "`\(source)` rencontre un texte qui n’est pas une date de ce format")
    case .dateOutOfRange:
      Message(
        en: "`\(source)` leaves the years 0001 to 9999",
        fr: "`\(source)` sort des années 0001 à 9999")
    case .tooLong:
      Message(
        en: "`\(source)` makes more than 2 GiB of text in one batch",
        fr: "`\(source)` produit plus de 2 Gio de texte dans un même lot")
    case .splitAtZero:
      Message(
        en: "`\(source)` asks for part 0; parts count from 1, or from the end with -1",
        fr: "`\(source)` demande la partie 0 ; les parties se comptent à partir de 1, "
          + "ou de la fin avec -1")
    case .misplaced:
      Message(
        en: "internal error: `\(source)` reads a column that the plan left out",
        fr: "erreur interne : `\(source)` lit une colonne que le plan a écartée")
    }
  }
}
