/// `||` and `concat`: the texts one after the other; null when one is.
struct Concatenation: StrictKernel {
  var canFail: Bool { true }

  func apply(_ inputs: [Vector], _ frame: Frame) throws(KernelFault) -> Vector {
    guard let validity = frame.validity(inputs) else { return .null(.text) }
    let lanes = frame.lanes(inputs)
    var parts: [TextValues] = []
    for input in inputs { parts.append(try input.texts()) }
    var result = TextValues()
    result.offsets.reserveCapacity(lanes.count + 1)
    for row in 0..<lanes.count {
      if validity[row] {
        for (part, input) in zip(parts, inputs) {
          result.bytes.append(contentsOf: part.bytes[part.range(input.index(row))])
        }
      }
      result.offsets.append(Int32(clamping: result.bytes.count))
      if result.overflowed { throw .tooLong }
    }
    return Vector(.text(result), validity, lanes)
  }
}
