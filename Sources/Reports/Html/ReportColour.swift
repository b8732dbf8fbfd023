import Foundation

/// A colour as `#rrggbb`, with what contrast it gives (WCAG 2).
public struct ReportColour: Sendable, Hashable {
  public let red: UInt8
  public let green: UInt8
  public let blue: UInt8

  /// Nil when the text is no `#rrggbb`.
  public init?(_ text: String) {
    let digits = Array(text.utf8)
    guard digits.count == 7, digits[0] == UInt8(ascii: "#"),
      let number = Int(text.dropFirst(), radix: 16), number >= 0
    else { return nil }
    red = UInt8(truncatingIfNeeded: number >> 16)
    green = UInt8(truncatingIfNeeded: number >> 8)
    blue = UInt8(truncatingIfNeeded: number)
  }

  public var text: String {
    let number = Int(red) << 16 | Int(green) << 8 | Int(blue)
    let digits = String(number, radix: 16)
    return "#" + String(repeating: "0", count: 6 - digits.count) + digits
  }

  /// Relative luminance.
  package var luminance: Double {
    func linear(_ value: UInt8) -> Double {
      let share = Double(value) / 255
      return share <= 0.04045 ? share / 12.92 : pow((share + 0.055) / 1.055, 2.4)
    }
    return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
  }

  /// From 1 (alike) to 21 (black on white).
  public func contrast(with other: ReportColour) -> Double {
    let (one, two) = (luminance, other.luminance)
    return (max(one, two) + 0.05) / (min(one, two) + 0.05)
  }

  /// So much of the other mixed in, 0…1.
  func mixed(with other: ReportColour, _ share: Double) -> ReportColour {
    func mix(_ one: UInt8, _ two: UInt8) -> UInt8 {
      UInt8(min(max((Double(one) * (1 - share) + Double(two) * share).rounded(), 0), 255))
    }
    return ReportColour(mix(red, other.red), mix(green, other.green), mix(blue, other.blue))
  }

  private init(_ red: UInt8, _ green: UInt8, _ blue: UInt8) {
    (self.red, self.green, self.blue) = (red, green, blue)
  }

  static let white = ReportColour(255, 255, 255)
  static let black = ReportColour(0, 0, 0)
}
