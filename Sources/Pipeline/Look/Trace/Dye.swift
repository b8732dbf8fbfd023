import StageKit
import Tabular

/// A field that a breaker only carries along, so that another value put into it shows where a row
/// comes out again, and changes nothing else.
struct Dye: Sendable {
  /// Its place in the input and in the output.
  let input: Int
  let output: Int
  private let type: DataType

  private static let textMark: [UInt8] = [1] + Array("octroi".utf8) + [1]
  private static let farthest: Int64 = -4_000_000_000_000_000_000
  private static let far: Int64 = -3_000_000_000_000_000_000

  /// - Returns: nil when the stage reads all fields that it gives out.
  init?(_ stage: any Stage, from input: Facts, to output: Facts) {
    let names = Set(output.names)
    for type in [DataType.text, .integer, .datetime(zoned: false), .datetime(zoned: true)] {
      for (index, field) in input.fields.enumerated() where field.type == type {
        guard let place = output.index(of: field.name), output.fields[place].type == type,
          stage.needs([field.name]).contains(field.name),
          !stage.needs(names.subtracting([field.name])).contains(field.name)
        else { continue }
        (self.input, self.output, self.type) = (index, place, type)
        return
      }
    }
    return nil
  }

  /// The value that marks the row of an ordinal; no field of a city's holds such a one.
  func mark(_ ordinal: Int64) -> Value {
    switch type {
    case .integer: .integer(Self.farthest &+ ordinal)
    case .datetime(let zoned): .datetime(Self.farthest &+ ordinal, zoned: zoned)
    default: .text(String(decoding: Self.textMark, as: UTF8.self) + String(ordinal))
    }
  }

  /// The batch with marks in some rows.
  func dyed(_ batch: Batch, _ marks: [Int: Value]) -> Batch {
    guard !marks.isEmpty, batch.columns.indices.contains(input) else { return batch }
    let cells = (0..<batch.rowCount).map { marks[$0] ?? batch.columns[input].value($0) }
    guard let column = Column(cells, type: type) else { return batch }
    var dyed = batch
    dyed.columns[input] = column
    return dyed
  }

  /// The rows of an output's batch that may be marked.
  func suspects(in batch: Batch) -> [Int] {
    guard batch.columns.indices.contains(output) else { return [] }
    let column = batch.columns[output]
    switch column.values {
    case .text(let texts):
      return (0..<batch.rowCount).filter {
        column.validity[$0] && texts.bytes[texts.range($0)].starts(with: Self.textMark)
      }
    case .integer(let values), .datetime(let values, _):
      return values.indices.filter { column.validity[$0] && values[$0] < Self.far }
    default: return []
    }
  }
}
