/// The attributes that reports need; none of them can hold a script or ask for anything elsewhere.
public struct HtmlAttribute: Sendable, Hashable {
  let name: String
  let value: String

  public static func id(_ value: String) -> HtmlAttribute {
    HtmlAttribute(name: "id", value: value)
  }

  /// Classes of the page's own style sheet.
  public static func style(_ names: Style...) -> HtmlAttribute { styles(names) }

  static func styles(_ names: [Style]) -> HtmlAttribute {
    HtmlAttribute(name: "class", value: names.map(\.rawValue).joined(separator: " "))
  }

  /// What a table's header cell heads.
  public static let columnHeader = HtmlAttribute(name: "scope", value: "col")
  public static let rowHeader = HtmlAttribute(name: "scope", value: "row")
  /// A part that scrolls and can therefore be reached by keyboard; named by another element. It is
  /// a group: as regions, dozens of tables would drown the page's landmarks, and two of one name
  /// could not be told apart.
  public static func scrolls(namedBy id: String) -> [HtmlAttribute] {
    [
      HtmlAttribute(name: "class", value: "scroll"), HtmlAttribute(name: "role", value: "group"),
      HtmlAttribute(name: "aria-labelledby", value: id),
      HtmlAttribute(name: "tabindex", value: "0"),
    ]
  }

  /// A picture that is named by one element in it, and described by another.
  static func picture(_ id: String) -> [HtmlAttribute] {
    [
      HtmlAttribute(name: "role", value: "img"),
      HtmlAttribute(name: "aria-labelledby", value: "\(id)-t"),
      HtmlAttribute(name: "aria-describedby", value: "\(id)-d"),
    ]
  }

  /// What only repeats what is written beside it.
  static let isDecoration = HtmlAttribute(name: "aria-hidden", value: "true")

  static func label(_ text: String) -> HtmlAttribute {
    HtmlAttribute(name: "aria-label", value: text)
  }

  static func labelledBy(_ id: String) -> HtmlAttribute {
    HtmlAttribute(name: "aria-labelledby", value: id)
  }

  /// A place in the page.
  static func link(to id: String) -> HtmlAttribute {
    HtmlAttribute(name: "href", value: "#" + id)
  }

  /// A link that a reader may follow; nil for anything but web pages and mail addresses.
  static func link(outside address: String) -> HtmlAttribute? {
    let isAllowed = ["https://", "http://", "mailto:"].contains {
      address.lowercased().hasPrefix($0)
    }
    guard isAllowed, !address.contains(where: \.isWhitespace) else { return nil }
    return HtmlAttribute(name: "href", value: address)
  }

  /// An image within the page.
  static func image(_ image: EmbeddedImage) -> HtmlAttribute {
    HtmlAttribute(name: "src", value: image.address)
  }

  static func alternative(_ text: String) -> HtmlAttribute {
    HtmlAttribute(name: "alt", value: text)
  }

  /// An attribute of a picture's part.
  static func svg(_ name: SvgName, _ value: String) -> HtmlAttribute {
    HtmlAttribute(name: name.rawValue, value: value)
  }

  static func svg(_ name: SvgName, _ value: Double) -> HtmlAttribute {
    HtmlAttribute(name: name.rawValue, value: SvgNumber.text(value))
  }

  /// A share of the picture's width or height.
  static func svg(_ name: SvgName, percent value: Double) -> HtmlAttribute {
    HtmlAttribute(name: name.rawValue, value: SvgNumber.text(value) + "%")
  }

  /// Attributes of pictures' parts: where they are; how they look is the style sheet's.
  enum SvgName: String {
    case viewBox, preserveAspectRatio, width, height, x, y, x1, y1, x2, y2, cx, cy, r, rx, d
    case points
    case anchor = "text-anchor"
  }

  /// Classes of the style sheets.
  public enum Style: String, Sendable {
    case figures, number, lead, quiet, digest, warning
    // Of reports.
    case eyebrow, badge, good, fair, poor, card, cards, value, unit, change, up, down, flat
    case plot, spark, bars, name, heat, legend, swatch, map, side, split, strip
    case data, texts, left, pic, skip, tools, logo, contents, note, profile, profiles, columns,
      suppressed, cover, figure, why, standing, many
    case axis, wide, grid, mark, range, dot, missing, median, whisker, box, key, mapNumber =
      "no"
    case s0, s1, s2, s3, s4, s5
    case q0, q1, q2, q3, q4, q5, q6
    // Of sites.
    case bar, brand, head, files, sets, set, frame, lineage, source, step, output, flow, tip, kind
    case runs, bad, pair, moment
    case wideCards = "wide-cards"
  }
}

/// Coordinates with at most two digits after the point, always written alike.
enum SvgNumber {
  static func text(_ value: Double) -> String {
    guard value.isFinite else { return "0" }
    let hundredths = Int((min(max(value, -1e9), 1e9) * 100).rounded())
    let (whole, rest) = hundredths.magnitude.quotientAndRemainder(dividingBy: 100)
    let sign = hundredths < 0 ? "-" : ""
    if rest == 0 { return sign + String(whole) }
    if rest % 10 == 0 { return sign + "\(whole).\(rest / 10)" }
    return sign + "\(whole)." + (rest < 10 ? "0" : "") + String(rest)
  }
}
