/// Builds the texts of a column from pieces of others: first all lengths, then one pool of the
/// right size, so that nothing grows while bytes are copied.
struct TextPieces {
  private struct Piece {
    var texts: TextValues
    var isConstant: Bool
    /// The rows that get it.
    var rows: [Bool]
  }

  private let rowCount: Int
  private var pieces: [Piece] = []

  init(rowCount: Int) { self.rowCount = rowCount }

  /// Each flagged row gets, after what it already has, the text of its row, or the only text
  /// where that is constant.
  mutating func add(_ texts: TextValues, isConstant: Bool, rows: [Bool]) {
    pieces.append(Piece(texts: texts, isConstant: isConstant, rows: rows))
  }

  func joined() throws(KernelFault) -> TextValues {
    var total = 0
    var offsets: [Int32] = [0]
    offsets.reserveCapacity(rowCount + 1)
    for row in 0..<rowCount {
      for piece in pieces where piece.rows[row] {
        total += piece.texts.range(piece.isConstant ? 0 : row).count
      }
      offsets.append(Int32(clamping: total))
    }
    guard total <= Int(Int32.max) else { throw .tooLong }
    let bytes = unsafe [UInt8](unsafeUninitializedCapacity: total) { target, count in
      for row in 0..<rowCount {
        for piece in pieces where piece.rows[row] {
          let range = piece.texts.range(piece.isConstant ? 0 : row)
          unsafe piece.texts.bytes.withUnsafeBufferPointer { source in
            let part = unsafe UnsafeMutableBufferPointer(
              rebasing: target[count..<count + range.count])
            _ = unsafe part.initialize(fromContentsOf: source[range])
          }
          count += range.count
        }
      }
    }
    return TextValues(bytes: bytes, offsets: offsets)
  }
}

/// `||` and `concat`: the texts one after the other; null when one is.
struct Concatenation: StrictKernel {
  var canFail: Bool { true }

  func apply(_ inputs: [Vector], _ frame: Frame) throws(KernelFault) -> Vector {
    guard let validity = frame.validity(inputs) else { return .null(.text) }
    let lanes = frame.lanes(inputs)
    let rows = validity.allFlags(lanes.count)
    var pieces = TextPieces(rowCount: lanes.count)
    for input in inputs {
      pieces.add(try input.texts(), isConstant: input.isConstant, rows: rows)
    }
    return Vector(.text(try pieces.joined()), validity, lanes)
  }
}
