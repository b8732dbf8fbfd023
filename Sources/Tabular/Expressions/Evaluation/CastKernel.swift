/// `cast` and `try_cast`. Text takes numbers as SQL writes them and dates as ISO 8601 does;
/// numbers lose their fraction on the way to an integer, as in Spark.
struct CastKernel: StrictKernel {
  let from: DataType
  let to: DataType
  /// For `decimal(p, s)`.
  var precision: Int?
  var scale: Int?
  /// Digits after the point to write at least, from a decimal to text.
  var decimals: Int?
  let isTry: Bool

  var canFail: Bool { !isTry }

  /// Whether there is such a cast at all.
  static func exists(from: DataType, to: DataType) -> Bool {
    switch (from, to) {
    case (_, .text), (.text, _): true
    case (.integer, _), (.decimal, _), (.double, _): to.isNumeric
    case (.boolean, .boolean), (.boolean, .integer): true
    case (.date, .date), (.date, .datetime), (.datetime, .date), (.datetime, .datetime): true
    default: false
    }
  }

  func apply(_ inputs: [Vector], _ frame: Frame) throws(KernelFault) -> Vector {
    guard let validity = frame.validity(inputs) else { return .null(to) }
    let lanes = frame.lanes(inputs)
    let live = frame.live(validity, lanes)
    var outcome = try convert(inputs[0].column.values, live)
    if to == .decimal, let precision, let scale {
      outcome = try fitted(outcome, precision: precision, scale: scale)
    }
    guard let failed = outcome.failed else { return Vector(outcome.values, validity, lanes) }
    if !isTry {
      for row in failed.indices where failed[row] && live[row] { throw .badCast(to: to) }
      return Vector(outcome.values, validity, lanes)
    }
    let kept = validity.and(Validity(flags: Loop.map(failed) { !$0 }))
    return Vector(outcome.values, kept, lanes)
  }

  /// Values, and where there is none; nil when there is one everywhere.
  struct Outcome {
    var values: Column.Values
    var failed: [Bool]?

    init(_ values: Column.Values, failed: [Bool]? = nil) {
      (self.values, self.failed) = (values, failed)
    }

    /// Takes optionals apart.
    @inline(__always)
    init<T>(_ results: [T?], null: T, _ wrap: ([T]) -> Column.Values) {
      let failed = Loop.map(results) { $0 == nil }
      values = wrap(Loop.map(results) { $0 ?? null })
      self.failed = failed.contains(true) ? failed : nil
    }
  }

  private func convert(
    _ values: Column.Values, _ live: Validity
  ) throws(KernelFault) -> Outcome {
    switch (values, to) {
    case (.text(let texts), _): return try parse(texts)
    case (_, .text): return Outcome(.text(try TextRendering.texts(values, decimals)))
    case (.boolean(let values), .integer):
      return Outcome(.integer(Loop.map(values) { $0 ? 1 : 0 }))
    case (.integer(let values), .integer): return Outcome(.integer(values))
    case (.integer(let values), .decimal):
      return Outcome(.decimal(DecimalValues(scale: 0, digits: .narrow(values))))
    case (.integer(let values), .double): return Outcome(.double(Loop.map(values) { Double($0) }))
    case (.decimal(let values), .decimal): return Outcome(.decimal(values))
    case (.decimal(let values), .double): return Outcome(.double(values.doubles))
    case (.decimal(let values), .integer): return whole(values)
    case (.double(let values), .double): return Outcome(.double(values))
    case (.double(let values), .integer):
      return Outcome(
        Loop.map(values) { Int64(exactly: $0.rounded(.towardZero)) }, null: 0
      ) { .integer($0) }
    case (.double(let values), .decimal):
      return try decimals(
        values.map { $0.isFinite ? ShortestDecimal($0).decimal(isNegative: $0 < 0) : nil })
    default: return try instants(values, live)
    }
  }

  private func instants(
    _ values: Column.Values, _ live: Validity
  ) throws(KernelFault) -> Outcome {
    switch (values, to) {
    case (.boolean, .boolean), (.date, .date): return Outcome(values)
    case (.date(let days), .datetime(let zoned)):
      return Outcome(
        Loop.map(days) { day -> Int64? in
          let (micros, overflow) = Int64(day).multipliedReportingOverflow(by: IsoText.dayMicros)
          return overflow ? nil : micros
        }, null: 0
      ) { .datetime($0, zoned: zoned) }
    case (.datetime(let micros, _), .date):
      return Outcome(.date(Loop.map(micros) { Int32(clamping: IsoText.split($0).days) }))
    case (.datetime(let micros, _), .datetime(let zoned)):
      return Outcome(.datetime(micros, zoned: zoned))
    default: throw .misplaced
    }
  }

  // MARK: From text

  private func parse(_ texts: TextValues) throws(KernelFault) -> Outcome {
    switch to {
    case .text: return Outcome(.text(texts))
    case .boolean:
      return Outcome(texts.perRow(CastKernel.boolean), null: false) { .boolean($0) }
    case .integer: return Outcome(texts.perRow(NumberText.integer), null: 0) { .integer($0) }
    case .decimal: return try decimals(texts.perRow(NumberText.decimal))
    case .double: return Outcome(texts.perRow(NumberText.double), null: 0) { .double($0) }
    case .date: return Outcome(texts.perRow(IsoText.date), null: 0) { .date($0) }
    case .datetime(let zoned):
      // A wall-clock time with a zone, or a zoned one without, would be a guess.
      return Outcome(
        texts.perRow { text -> Int64? in
          guard let (micros, hasZone) = IsoText.datetime(text), hasZone == zoned
          else { return nil }
          return micros
        }, null: 0
      ) { .datetime($0, zoned: zoned) }
    }
  }

  /// `true` or `false`, in any case.
  private static func boolean(_ text: Span<UInt8>) -> Bool? {
    func equals(_ word: StaticString) -> Bool {
      guard text.count == word.utf8CodeUnitCount else { return false }
      for index in 0..<text.count where unsafe text[index] | 0x20 != word.utf8Start[index] {
        return false
      }
      return true
    }
    return equals("true") ? true : equals("false") ? false : nil
  }

  // MARK: Decimals

  private func whole(_ values: DecimalValues) -> Outcome {
    let divisor = Decimal.powersOfTen[values.scale]
    if case .narrow(let digits) = values.digits, let divisor = Int64(exactly: divisor) {
      return Outcome(.integer(Loop.map(digits) { $0 / divisor }))
    }
    return Outcome(Loop.map(values.widened) { Int64(exactly: $0 / divisor) }, null: 0) {
      .integer($0)
    }
  }

  /// Decimals of several scales at their largest.
  private func decimals(_ parsed: [Decimal?]) throws(KernelFault) -> Outcome {
    var scale = 0
    for case let value? in parsed { scale = max(scale, value.scale) }
    var digits: [Int128] = []
    digits.reserveCapacity(parsed.count)
    for value in parsed {
      guard let value else {
        digits.append(0)
        continue
      }
      guard let scaled = value.rescaled(to: scale) else { throw .overflow }
      digits.append(scaled.digits)
    }
    let values = DecimalValues(scale: scale, digits: .wide(digits)).narrowed
    let failed = parsed.map { $0 == nil }
    return Outcome(.decimal(values), failed: failed.contains(true) ? failed : nil)
  }

  /// Rounded half away from zero to `scale` digits, and failed where more than `precision` digits
  /// remain.
  private func fitted(
    _ outcome: Outcome, precision: Int, scale: Int
  ) throws(KernelFault) -> Outcome {
    guard case .decimal(let values) = outcome.values else { throw .misplaced }
    let limit = Decimal.powersOfTen[precision]
    var failed = outcome.failed ?? Array(repeating: false, count: values.count)
    var digits = Array(repeating: Int128(0), count: values.count)
    for row in 0..<values.count where !failed[row] {
      if let scaled = values.decimal(row).rescaled(to: scale), scaled.digits.magnitude < limit {
        digits[row] = scaled.digits
      } else {
        failed[row] = true
      }
    }
    return Outcome(
      .decimal(DecimalValues(scale: scale, digits: .wide(digits)).narrowed),
      failed: failed.contains(true) ? failed : nil)
  }
}

/// Values as text: the canonical writing of each type.
enum TextRendering {
  static func texts(
    _ values: Column.Values, _ decimals: Int?
  ) throws(KernelFault) -> TextValues {
    var result = TextValues()
    switch values {
    case .text(let texts): return texts
    case .boolean(let values):
      return TextValues(
        bytes: Array("falsetrue".utf8), offsets: [0, 5, 9], codes: Loop.map(values) { $0 ? 1 : 0 })
    case .integer(let values):
      for value in values {
        NumberText.append(value, to: &result.bytes)
        result.offsets.append(Int32(clamping: result.bytes.count))
      }
    case .decimal(let values):
      for row in 0..<values.count {
        // The scale is the batch's, not the value's.
        NumberText.append(values.decimal(row).trimmed, decimals: decimals ?? 0, to: &result.bytes)
        result.offsets.append(Int32(clamping: result.bytes.count))
      }
    case .double(let values):
      for value in values {
        NumberText.append(value.isFinite ? value : 0, to: &result.bytes)
        result.offsets.append(Int32(clamping: result.bytes.count))
      }
    case .date(let values):
      for value in values {
        IsoText.append(date: value, to: &result.bytes)
        result.offsets.append(Int32(clamping: result.bytes.count))
      }
    case .datetime(let values, let zoned):
      for value in values {
        IsoText.append(datetime: value, zoned: zoned, to: &result.bytes)
        result.offsets.append(Int32(clamping: result.bytes.count))
      }
    case .absent: throw .misplaced
    }
    return result
  }
}
