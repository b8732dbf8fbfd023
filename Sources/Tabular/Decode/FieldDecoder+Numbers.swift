import Glibc

extension FieldDecoder {
  func integers(
    _ bytes: Span<UInt8>, _ index: FieldIndex, _ slot: Int, _ format: NumberFormat
  ) -> DecodedColumn {
    var build = ColumnBuild<Int64>(index.recordCount, null: 0)
    for record in 0..<index.recordCount {
      guard let range = content(bytes, index.slice(record, slot: slot)) else {
        build.null()
        continue
      }
      switch format.parse(bytes, range) {
      case .number(let number) where number.scale == 0: build.value(number.digits)
      case .number: build.failure(record, .badNumber)
      case .fault(let usual): build.failure(record, fault(bytes, range, usual))
      }
    }
    return build.finished { .integer($0) }
  }

  func decimals(
    _ bytes: Span<UInt8>, _ index: FieldIndex, _ slot: Int, _ format: NumberFormat
  ) -> DecodedColumn {
    var build = ColumnBuild<Int64>(index.recordCount, null: 0)
    var scales: [UInt8] = []
    scales.reserveCapacity(index.recordCount)
    var largest = 0
    for record in 0..<index.recordCount {
      guard let range = content(bytes, index.slice(record, slot: slot)) else {
        build.null()
        scales.append(0)
        continue
      }
      switch format.parse(bytes, range) {
      case .number(let number):
        build.value(number.digits)
        scales.append(UInt8(truncatingIfNeeded: number.scale))
        if number.scale > largest { largest = number.scale }
      case .fault(let usual):
        build.failure(record, fault(bytes, range, usual))
        scales.append(0)
      }
    }
    return build.finished { .decimal(Self.align($0, scales, to: largest)) }
  }

  /// Brings all values to one scale; in 128 bits when 64 do not hold them.
  private static func align(_ digits: [Int64], _ scales: [UInt8], to scale: Int) -> DecimalValues {
    var narrow = digits
    for row in digits.indices where Int(scales[row]) != scale {
      let power = Int64(truncatingIfNeeded: Decimal.powersOfTen[scale - Int(scales[row])])
      let (product, overflow) = digits[row].multipliedReportingOverflow(by: power)
      if overflow {
        let wide = digits.indices.map {
          Int128(digits[$0]) * Decimal.powersOfTen[scale - Int(scales[$0])]
        }
        return DecimalValues(scale: scale, digits: .wide(wide))
      }
      narrow[row] = product
    }
    return DecimalValues(scale: scale, digits: .narrow(narrow))
  }

  func doubles(
    _ bytes: Span<UInt8>, _ index: FieldIndex, _ slot: Int, _ format: NumberFormat
  ) -> DecodedColumn {
    var build = ColumnBuild<Double>(index.recordCount, null: 0)
    for record in 0..<index.recordCount {
      guard let range = content(bytes, index.slice(record, slot: slot)) else {
        build.null()
        continue
      }
      if let value = Self.double(bytes, range, format) {
        build.value(value)
      } else {
        build.failure(record, fault(bytes, range, .badNumber))
      }
    }
    return build.finished { .double($0) }
  }

  /// Correctly rounded by the C library; only digits, signs, one mark and an exponent get there.
  private static func double(
    _ bytes: Span<UInt8>, _ range: Range<Int>, _ format: NumberFormat
  ) -> Double? {
    if case .number(let number) = format.parse(bytes, range), number.digits.magnitude < 1 << 53,
      number.scale <= 22
    {
      // Both exact, so that one division rounds once.
      return Double(number.digits) / Double(Decimal.powersOfTen[number.scale])
    }
    guard range.count < 64 else { return nil }
    var text: [CChar] = []
    for index in range {
      let byte = bytes[index] == format.decimalMark ? UInt8(ascii: ".") : bytes[index]
      guard byte &- 48 < 10 || [43, 45, 46, 69, 101].contains(byte) else { return nil }
      text.append(CChar(bitPattern: byte))
    }
    text.append(0)
    var end: UnsafeMutablePointer<CChar>?
    let length = text.count - 1
    return unsafe text.withUnsafeMutableBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return nil }
      let value = unsafe strtod(base, &end)
      guard unsafe end == base + length, value.isFinite else { return nil }
      return value
    }
  }
}
