extension FieldDecoder {
  func integers(
    _ bytes: Span<UInt8>, _ index: FieldIndex, _ slot: Int, _ format: NumberFormat
  ) -> DecodedColumn {
    column(bytes, index, slot, null: Int64(0), make: { .integer($0) }) { _, range, value in
      if let plain = format.plain(bytes, range), plain.scale == 0 {
        value = plain.digits
        return nil
      }
      var scale = 0
      if let fault = format.other(bytes, range, &value, &scale) { return fault }
      return scale == 0 ? nil : .badNumber
    }
  }

  func decimals(
    _ bytes: Span<UInt8>, _ index: FieldIndex, _ slot: Int, _ format: NumberFormat
  ) -> DecodedColumn {
    // The texts of a column mostly have one scale; the rows that differ are noted.
    var scales = MixedScales()
    return column(
      bytes, index, slot, null: Int64(0), make: { .decimal(scales.aligned($0)) }
    ) { record, range, value in
      if let plain = format.plain(bytes, range) {
        value = plain.digits
        scales.note(plain.scale, record)
        return nil
      }
      var scale = 0
      if let fault = format.other(bytes, range, &value, &scale) { return fault }
      scales.note(scale, record)
      return nil
    }
  }

  func doubles(
    _ bytes: Span<UInt8>, _ index: FieldIndex, _ slot: Int, _ format: NumberFormat
  ) -> DecodedColumn {
    column(bytes, index, slot, null: Double(0), make: { .double($0) }) { _, range, value in
      if let plain = format.plain(bytes, range), plain.digits.magnitude < 1 << 53 {
        // Both are exact, so that one division rounds once.
        value = Double(plain.digits) / NumberFormat.powers[plain.scale]
        if plain.digits == 0, bytes[range.lowerBound] == UInt8(ascii: "-") { value = -0.0 }
        return nil
      }
      guard let parsed = format.double(bytes, range) else { return .badNumber }
      value = parsed
      return nil
    }
  }
}

extension NumberFormat {
  /// A number that is not plain, out of the way of those that are.
  @inline(never)
  fileprivate func other(
    _ bytes: Span<UInt8>, _ range: Range<Int>, _ digits: inout Int64, _ scale: inout Int
  ) -> DecodeFault? {
    switch parse(bytes, range) {
    case .number(let number):
      (digits, scale) = (number.digits, number.scale)
      return nil
    case .fault(let fault): return fault
    }
  }
}

/// The scales of a column's rows as they were read.
private struct MixedScales {
  private var usual = -1
  private var largest = 0
  private var others: [(row: Int, scale: Int)] = []

  @inline(__always)
  mutating func note(_ scale: Int, _ row: Int) {
    if scale != usual { noteOther(scale, row) }
  }

  private mutating func noteOther(_ scale: Int, _ row: Int) {
    if usual < 0 { usual = scale } else { others.append((row, scale)) }
    largest = max(largest, scale)
  }

  /// Brings all values to the largest scale; in 128 bits when 64 do not hold them.
  func aligned(_ digits: [Int64]) -> DecimalValues {
    if others.isEmpty { return DecimalValues(scale: largest, digits: .narrow(digits)) }
    var scales = [Int](repeating: usual, count: digits.count)
    for other in others { scales[other.row] = other.scale }
    var narrow = digits
    for row in digits.indices where scales[row] != largest {
      let power = Int64(truncatingIfNeeded: Decimal.powersOfTen[largest - scales[row]])
      let (product, overflow) = digits[row].multipliedReportingOverflow(by: power)
      if overflow {
        let wide = digits.indices.map {
          Int128(digits[$0]) * Decimal.powersOfTen[largest - scales[$0]]
        }
        return DecimalValues(scale: largest, digits: .wide(wide))
      }
      narrow[row] = product
    }
    return DecimalValues(scale: largest, digits: .narrow(narrow))
  }
}
