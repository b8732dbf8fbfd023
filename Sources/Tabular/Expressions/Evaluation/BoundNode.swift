/// The computation of one node over a batch. One call a batch; rows are looped over inside.
protocol Kernel: Sendable {
  /// Whether it can throw for some values, so that rows it is not asked for must be kept away.
  var canFail: Bool { get }
  /// - Throws: `KernelFault` of its own, `OperatorError` from below.
  func run(_ operands: [BoundNode], _ frame: Frame) throws -> Vector
}

/// A kernel that needs all its inputs, whatever their values.
protocol StrictKernel: Kernel {
  func apply(_ inputs: [Vector], _ frame: Frame) throws(KernelFault) -> Vector
}

extension StrictKernel {
  func run(_ operands: [BoundNode], _ frame: Frame) throws -> Vector {
    var inputs: [Vector] = []
    inputs.reserveCapacity(operands.count)
    for operand in operands { inputs.append(try operand.evaluate(frame)) }
    return try apply(inputs, frame)
  }
}

/// A node of a checked expression.
final class BoundNode: Sendable {
  enum Operation: Sendable {
    /// Position of a column.
    case field(Int)
    /// One row.
    case constant(Column)
    case kernel(any Kernel)
  }

  let operation: Operation
  let operands: [BoundNode]
  let type: DataType
  /// Whether this is a bare `null`, which takes any type.
  let isUntyped: Bool
  /// Digits after the point that suffice for every value, where that is known.
  let decimals: Int?
  /// Whether some value can make this node or one below it fail.
  let canFail: Bool
  /// The part of the text that it comes from.
  let source: Source

  /// Where a node comes from, for messages.
  struct Source: Sendable {
    let span: ExpressionError.Span
    let text: String
  }

  init(
    _ operation: Operation, _ operands: [BoundNode] = [], type: DataType, decimals: Int? = nil,
    isUntyped: Bool = false, source: Source
  ) {
    (self.operation, self.operands, self.type) = (operation, operands, type)
    (self.decimals, self.isUntyped, self.source) = (decimals, isUntyped, source)
    let failsItself = if case .kernel(let kernel) = operation { kernel.canFail } else { false }
    canFail = failsItself || operands.contains(where: \.canFail)
  }

  /// The constant's only row.
  var constant: Column? {
    if case .constant(let column) = operation { column } else { nil }
  }

  func evaluate(_ frame: Frame) throws -> Vector {
    do {
      switch operation {
      case .constant(let column): return Vector(column, isConstant: true)
      case .field(let position):
        guard position < frame.batch.columns.count,
          frame.batch.columns[position].type == type,
          !frame.batch.columns[position].isAbsent
        else { throw KernelFault.misplaced }
        return Vector(frame.batch.columns[position])
      case .kernel(let kernel): return try kernel.run(operands, frame)
      }
    } catch let fault as KernelFault {
      throw OperatorError(fault.message(in: source.text))
    }
  }

  /// Adds the positions of the columns read by this node and those below.
  func collectFields(_ fields: inout Set<Int>) {
    if case .field(let position) = operation { fields.insert(position) }
    for operand in operands { operand.collectFields(&fields) }
  }
}

extension Vector {
  // What a kernel takes from its inputs. The types were checked when the expression was bound.

  func texts() throws(KernelFault) -> TextValues {
    guard case .text(let values) = column.values else { throw .misplaced }
    return values
  }

  func booleans() throws(KernelFault) -> Lane<Bool> {
    guard case .boolean(let values) = column.values else { throw .misplaced }
    return Lane(values, isConstant)
  }

  /// Integers, and the microseconds of datetimes.
  func integers() throws(KernelFault) -> Lane<Int64> {
    switch column.values {
    case .integer(let values), .datetime(let values, _): return Lane(values, isConstant)
    default: throw .misplaced
    }
  }

  func decimals() throws(KernelFault) -> DecimalValues {
    switch column.values {
    case .decimal(let values): return values
    case .integer(let values): return DecimalValues(scale: 0, digits: .narrow(values))
    default: throw .misplaced
    }
  }

  func doubles() throws(KernelFault) -> Lane<Double> {
    guard case .double(let values) = column.values else { throw .misplaced }
    return Lane(values, isConstant)
  }

  func dates() throws(KernelFault) -> Lane<Int32> {
    guard case .date(let values) = column.values else { throw .misplaced }
    return Lane(values, isConstant)
  }
}
