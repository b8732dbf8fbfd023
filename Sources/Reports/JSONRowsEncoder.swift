import StageKit
import Tabular

/// Rows as JSON objects: one a line (JSON Lines), or in one array.
public struct JSONRowsEncoder: TableEncoder {
  let keys: [[UInt8]]
  let decimals: [Int?]
  /// Whether each row is a line of its own.
  let lines: Bool

  public init(fields: [Field], lines: Bool) {
    keys = fields.map { field in
      var bytes: [UInt8] = []
      JSONText.append(Array(field.name.utf8)[...], to: &bytes)
      return bytes + [UInt8(ascii: ":")]
    }
    decimals = fields.map(\.decimals)
    self.lines = lines
  }

  public var separator: [UInt8] { lines ? [] : Array(",\n".utf8) }

  public func opening() -> [UInt8] { lines ? [] : Array("[\n".utf8) }

  public func closing() -> [UInt8] { lines ? [] : Array("\n]\n".utf8) }

  public func rows(_ batch: Batch) -> [UInt8] {
    var bytes: [UInt8] = []
    for row in 0..<batch.rowCount {
      if row > 0 { bytes += separator }
      bytes.append(UInt8(ascii: "{"))
      for (index, column) in batch.columns.enumerated() {
        if index > 0 { bytes.append(UInt8(ascii: ",")) }
        bytes += keys[index]
        append(column, row, decimals[index], &bytes)
      }
      bytes.append(UInt8(ascii: "}"))
      if lines { bytes.append(10) }
    }
    return bytes
  }

  private func append(_ column: Column, _ row: Int, _ decimals: Int?, _ bytes: inout [UInt8]) {
    guard column.validity[row] else {
      bytes += "null".utf8
      return
    }
    let point = UInt8(ascii: ".")
    let quote = UInt8(ascii: "\"")
    switch column.values {
    case .text(let values): JSONText.append(values.bytes[values.range(row)], to: &bytes)
    case .boolean(let values): bytes += (values[row] ? "true" : "false").utf8
    case .integer(let values): NumberText.append(values[row], to: &bytes)
    case .decimal(let values):
      NumberText.append(
        values[row], scale: values.scale, decimals: decimals, mark: point, to: &bytes)
    case .double(let values): NumberText.append(values[row], mark: point, to: &bytes)
    case .date(let values):
      bytes.append(quote)
      DateText.append(day: values[row], iso: true, to: &bytes)
      bytes.append(quote)
    case .datetime(let values, let zoned):
      bytes.append(quote)
      DateText.append(moment: values[row], zoned: zoned, iso: true, to: &bytes)
      bytes.append(quote)
    case .absent: bytes += "null".utf8
    }
  }
}

/// JSON strings.
public enum JSONText {
  private static let hex = Array("0123456789abcdef".utf8)

  /// The text in quotes, everything escaped that JSON asks for, and `<` so that it can stand in
  /// a page.
  public static func append(_ text: ArraySlice<UInt8>, to bytes: inout [UInt8]) {
    bytes.append(UInt8(ascii: "\""))
    for byte in text {
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"):
        bytes.append(UInt8(ascii: "\\"))
        bytes.append(byte)
      case 10: bytes += "\\n".utf8
      case 13: bytes += "\\r".utf8
      case 9: bytes += "\\t".utf8
      case 0..<32, UInt8(ascii: "<"):
        bytes += "\\u00".utf8
        bytes.append(hex[Int(byte >> 4)])
        bytes.append(hex[Int(byte & 15)])
      default: bytes.append(byte)
      }
    }
    bytes.append(UInt8(ascii: "\""))
  }
}
