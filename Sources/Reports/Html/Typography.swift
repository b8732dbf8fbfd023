import Tabular

/// Numbers and words as a reader of the language expects them printed.
public enum Typography {
  /// Spaces that do not break where the language's signs ask for them (French: before `:`, `;`,
  /// `!`, `?` and `%`, within « », and narrow ones between thousands).
  public static func text(_ text: String, _ language: Language) -> String {
    guard language == .fr else { return text }
    let scalars = text.unicodeScalars
    var result = String.UnicodeScalarView()
    var last: Unicode.Scalar?
    // Digits right before.
    var digits = 0
    for place in scalars.indices {
      var scalar = scalars[place]
      if scalar == " " {
        let rest = scalars[scalars.index(after: place)...]
        if last == "«" || rest.first.map(takesSpace) == true {
          scalar = "\u{a0}"
        } else if (1...3).contains(digits), rest.prefix(4).prefix(while: isDigit).count == 3 {
          scalar = "\u{202f}"
        }
      }
      digits = isDigit(scalar) ? digits + 1 : 0
      result.append(scalar)
      last = scalar
    }
    return String(result)
  }

  private static func isDigit(_ scalar: Unicode.Scalar) -> Bool { ("0"..."9").contains(scalar) }

  private static func takesSpace(_ sign: Unicode.Scalar) -> Bool {
    switch sign {
    case ":", ";", "!", "?", "%", "»": true
    default: false
    }
  }

  /// Thousands set apart.
  public static func count(_ number: Int, _ language: Language) -> String {
    language.grouped(number)
  }

  /// A share in per cent with one decimal, half away from zero; `–` of nothing.
  public static func share(_ part: Int, of whole: Int, _ language: Language) -> String {
    guard whole > 0, let scaled = exactly(part, times: 1000) else { return "–" }
    let tenths = (scaled + whole / 2) / whole
    let mark = language == .fr ? "," : "."
    let unit = language == .fr ? "\u{a0}%" : "%"
    return count(tenths / 10, language) + mark + String(tenths % 10) + unit
  }

  /// Bytes in the units people know: kB, MB, GB (ko, Mo, Go) of thousands.
  public static func bytes(_ bytes: Int, _ language: Language) -> String {
    let units = language == .fr ? ["octets", "ko", "Mo", "Go"] : ["bytes", "kB", "MB", "GB"]
    var (value, unit) = (min(max(bytes, 0), Int.max / 10) * 10, 0)
    while value >= 9_995, unit + 1 < units.count {
      value = (value + 500) / 1000
      unit += 1
    }
    let mark = language == .fr ? "," : "."
    let digits = unit == 0 ? count(bytes, language) : "\(value / 10)\(mark)\(value % 10)"
    return digits + (language == .fr ? "\u{202f}" : "\u{a0}") + units[unit]
  }

  private static func exactly(_ value: Int, times factor: Int) -> Int? {
    let (product, overflow) = value.multipliedReportingOverflow(by: factor)
    return overflow ? nil : product
  }
}

extension String {
  /// As it stands within a sentence, unless it begins with an abbreviation.
  var lowercasedFirst: String {
    guard let first, dropFirst().first?.isUppercase != true else { return self }
    return first.lowercased() + dropFirst()
  }
}
