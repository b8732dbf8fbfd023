import Tabular

/// The functions of the oracle.
extension SlowExpression {
  static func call(_ name: String, _ values: [Value]) throws(Outcome) -> Value {
    if name == "greatest" || name == "least" {
      var best = Value.null
      for value in values where value != .null {
        let takes: Bool
        if best == .null {
          takes = true
        } else if name == "greatest" {
          takes = try less(best, value)
        } else {
          takes = try less(value, best)
        }
        if takes { best = value }
      }
      return best
    }
    if name == "nullif" {
      if values.contains(.null) { return values[0] }
      let (below, above) = (try less(values[0], values[1]), try less(values[1], values[0]))
      return below || above ? values[0] : .null
    }
    if values.contains(.null) { return .null }
    switch values[0] {
    case .text(let text): return try textCall(name, text, values)
    case .date(let day): return try dateCall(name, day, values)
    default: return try numberCall(name, values)
    }
  }

  private static func numberCall(_ name: String, _ values: [Value]) throws(Outcome) -> Value {
    switch (name, values[0]) {
    case ("abs", .integer(let x)):
      if x == Int64.min { throw .failed }
      return .integer(abs(x))
    case ("abs", .decimal(let x)):
      return .decimal(Decimal(digits: x.digits < 0 ? -x.digits : x.digits, scale: x.scale))
    case ("round", .decimal):
      guard let x = SlowDecimal(values[0]), case .integer(let places) = values[1],
        let value = x.rounded(to: Int(places)).value
      else { throw .unsure }
      return value
    case ("floor", .decimal(let x)):
      let (quotient, remainder) = SlowInteger(x.digits).dividing(by: SlowInteger.power(x.scale))
      let floor = remainder.isNegative ? quotient - SlowInteger([1]) : quotient
      guard let small = floor.small, let result = Int64(exactly: small) else { throw .failed }
      return .integer(result)
    default: throw .unsure
    }
  }

  private static func textCall(
    _ name: String, _ text: String, _ values: [Value]
  ) throws(Outcome) -> Value {
    let scalars = Array(text.unicodeScalars)
    func string(_ scalars: some Sequence<Unicode.Scalar>) -> Value {
      var view = String.UnicodeScalarView()
      for scalar in scalars { view.append(scalar) }
      return .text(String(view))
    }
    func other(_ index: Int) throws(Outcome) -> String {
      guard case .text(let other) = values[index] else { throw .unsure }
      return other
    }
    switch name {
    case "lower": return .text(scalars.map(\.properties.lowercaseMapping).joined())
    case "upper": return .text(scalars.map(\.properties.uppercaseMapping).joined())
    case "length": return .integer(Int64(scalars.count))
    case "trim":
      let isBlank = { (scalar: Unicode.Scalar) in scalar.properties.isWhitespace }
      let kept = scalars.drop(while: isBlank).reversed().drop(while: isBlank).reversed()
      return string(kept)
    case "concat":
      var result = text
      for index in 1..<values.count { result += try other(index) }
      return .text(result)
    case "starts_with":
      return .boolean(Array(text.utf8).starts(with: Array(try other(1).utf8)))
    case "replace":
      let (from, to) = (Array(try other(1).unicodeScalars), Array(try other(2).unicodeScalars))
      var result: [Unicode.Scalar] = []
      var rest = scalars[...]
      while !rest.isEmpty {
        if !from.isEmpty, rest.starts(with: from) {
          result += to
          rest = rest.dropFirst(from.count)
        } else {
          result.append(rest.removeFirst())
        }
      }
      return string(result)
    case "substr":
      guard case .integer(let start) = values[1], case .integer(let count) = values[2]
      else { throw .unsure }
      let from = start > 0 ? start - 1 : start == 0 ? 0 : start + Int64(scalars.count)
      return string(
        scalars.enumerated().filter { Int64($0.offset) >= from && Int64($0.offset) < from + count }
          .map(\.element))
    case "split_part":
      guard case .integer(let number) = values[2] else { throw .unsure }
      if number == 0 { throw .failed }
      let parts = split(scalars, Array(try other(1).unicodeScalars))
      let index = number > 0 ? Int(number) - 1 : parts.count + Int(number)
      return parts.indices.contains(index) ? string(parts[index]) : .text("")
    default: throw .unsure
    }
  }

  private static func split(
    _ text: [Unicode.Scalar], _ separator: [Unicode.Scalar]
  ) -> [[Unicode.Scalar]] {
    var parts: [[Unicode.Scalar]] = [[]]
    var rest = text[...]
    while !rest.isEmpty {
      if !separator.isEmpty, rest.starts(with: separator) {
        parts.append([])
        rest = rest.dropFirst(separator.count)
      } else {
        parts[parts.count - 1].append(rest.removeFirst())
      }
    }
    return parts
  }

  private static func dateCall(
    _ name: String, _ day: Int32, _ values: [Value]
  ) throws(Outcome) -> Value {
    let date = CivilDate(daysSinceEpoch: Int(day))
    switch name {
    case "year": return .integer(Int64(date.year))
    case "month": return .integer(Int64(date.month))
    case "day": return .integer(Int64(date.day))
    case "weekday": return .integer(Int64((Int(day) % 7 + 7 + 3) % 7 + 1))
    case "days_between":
      guard case .date(let other) = values[1] else { throw .unsure }
      return .integer(Int64(other) - Int64(day))
    case "add_days":
      guard case .integer(let count) = values[1] else { throw .unsure }
      let sum = Int64(day).addingReportingOverflow(count)
      guard !sum.overflow, sum.partialValue >= -719_162, sum.partialValue <= 2_932_896
      else { throw .failed }
      return .date(Int32(sum.partialValue))
    default: throw .unsure
    }
  }
}
