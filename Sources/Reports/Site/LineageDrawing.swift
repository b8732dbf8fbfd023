import Tabular

/// A graph of lineage as a picture of its own size: it scrolls within its frame on a telephone, and
/// shrinks to the paper when printed. What it shows stands in tables beside it, too.
struct LineageDrawing {
  let graph: LineageGraph
  let language: Language
  private let layout: LineageLayout

  init(_ graph: LineageGraph, _ language: Language) {
    (self.graph, self.language) = (graph, language)
    layout = LineageLayout(graph)
  }

  private static let margin = 3.0
  private static let arrow = 7.0

  func svg(_ text: ChartText) -> HtmlNode {
    let (width, height) = (layout.width + 2 * Self.margin, layout.height + 2 * Self.margin)
    let size = "0 0 \(SvgNumber.text(width)) \(SvgNumber.text(height))"
    return .element(
      .svg,
      [.style(.lineage), .svg(.viewBox, size), .svg(.width, width), .svg(.height, height)]
        + HtmlAttribute.picture(text.id),
      text.nodes + layout.ways.flatMap(edge) + graph.nodes.indices.map(node))
  }

  private func x(_ item: Int) -> Double { layout.left(item) + Self.margin }
  private func y(_ item: Int) -> Double { layout.items[item].y + Self.margin }

  /// A curve from the right side of a node, through its bends, to the left side of another.
  private func edge(_ way: [Int]) -> [HtmlNode] {
    guard let first = way.first, let last = way.last else { return [] }
    var at = (x: x(first) + LineageLayout.nodeWidth, y: y(first))
    var path = "M" + point(at.x, at.y)
    for item in way.dropFirst() {
      let end = (x: x(item) - (item == last ? Self.arrow : 0), y: y(item))
      let middle = (at.x + end.x) / 2
      path += "C" + point(middle, at.y) + " " + point(middle, end.y) + " " + point(end.x, end.y)
      at = end
      guard item != last else { break }
      at.x += LineageLayout.nodeWidth
      path += "H" + SvgNumber.text(at.x)
    }
    let tip =
      "M" + point(at.x - 1, at.y - 4.5) + "L" + point(at.x + Self.arrow, at.y) + "L"
      + point(at.x - 1, at.y + 4.5) + "Z"
    return [
      .of(.path, [.style(.flow), .svg(.d, path)]), .of(.path, [.style(.tip), .svg(.d, tip)]),
    ]
  }

  private func point(_ x: Double, _ y: Double) -> String {
    SvgNumber.text(x) + "," + SvgNumber.text(y)
  }

  private func node(_ index: Int) -> HtmlNode {
    let node = graph.nodes[index]
    let (left, top) = (x(index), y(index) - LineageLayout.nodeHeight / 2)
    let title = say(node.title)
    let detail = say(node.detail)
    let room = LineageLayout.nodeWidth - 24
    func line(_ style: HtmlAttribute.Style, _ text: String, _ y: Double) -> HtmlNode {
      .of(.text, [.style(style), .svg(.x, left + 12), .svg(.y, top + y)], text)
    }
    return .element(
      .g, [.style(Self.style(node.kind))],
      [
        .of(
          .rect,
          [
            .svg(.x, left), .svg(.y, top), .svg(.width, LineageLayout.nodeWidth),
            .svg(.height, LineageLayout.nodeHeight), .svg(.rx, node.kind == .source ? 22 : 6),
          ]),
        line(.kind, say(SiteWords.kind(node.kind)), 17),
        line(.name, LabelText.cut(title, to: room, size: 13.5, isBold: true), 36),
        line(.quiet, LabelText.cut(detail, to: room, size: 12), 53),
      ])
  }

  private static func style(_ kind: LineageGraph.Kind) -> HtmlAttribute.Style {
    switch kind {
    case .source: .source
    case .step: .step
    case .output, .report: .output
    }
  }

  private func say(_ message: Message) -> String {
    Typography.text(message.text(language), language)
  }
}

/// Text that has to fit where nothing wraps it.
package enum LabelText {
  /// The text, or its beginning with an ellipsis, no wider than so many pixels by an estimate that
  /// is right for the usual sans-serif letters.
  package static func cut(
    _ text: String, to pixels: Double, size: Double, isBold: Bool = false
  ) -> String {
    let size = isBold ? size * 1.12 : size
    var width = 0.0
    var kept = ""
    let ellipsis = 0.9
    for character in text {
      width += self.width(character)
      if width * size > pixels {
        var rest = width
        while let last = kept.last, (rest + ellipsis) * size > pixels {
          rest -= self.width(last)
          kept.removeLast()
        }
        return kept.trimmingBlanks + "…"
      }
      kept.append(character)
    }
    return kept
  }

  /// In ems.
  private static func width(_ character: Character) -> Double {
    guard let scalar = character.unicodeScalars.first else { return 0 }
    switch scalar {
    case "i", "j", "l", "I", "f", "t", "r", " ", ".", ",", ":", ";", "'", "’", "|", "!", "(", ")",
      "/", "-", "·", "\u{a0}", "\u{202f}":
      return 0.36
    case "m", "w", "M", "W", "@", "%", "…", "—", "œ", "Œ": return 0.92
    case "A"..."Z": return 0.7
    default: return scalar.value < 0x1100 ? 0.58 : 1.05
    }
  }
}

extension String {
  fileprivate var trimmingBlanks: String {
    var text = self
    while text.last?.isWhitespace == true { text.removeLast() }
    return text
  }
}
