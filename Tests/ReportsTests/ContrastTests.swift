import Testing

import Reports

/// What WCAG asks of colours: 4.5 to 1 for text, 3 to 1 for what graphics are told by.
@Suite struct ContrastTests {
  private func contrast(_ one: String, _ other: String, isDark: Bool) throws -> Double {
    let first = try #require(ReportStyle.colour(one, isDark: isDark))
    return first.contrast(with: try #require(ReportStyle.colour(other, isDark: isDark)))
  }

  @Test(arguments: [false, true])
  func textCanBeRead(_ isDark: Bool) throws {
    for text in ["ink", "quiet", "mark", "warn", "good"] {
      for ground in ["paper", "wash"] {
        #expect(
          try contrast(text, ground, isDark: isDark) >= 4.5, "\(text) on \(ground), \(isDark)")
      }
    }
    for shade in 0..<7 {
      #expect(try contrast("t\(shade)", "q\(shade)", isDark: isDark) >= 4.5, "shade \(shade)")
    }
  }

  @Test(arguments: [false, true])
  func graphicsCanBeTold(_ isDark: Bool) throws {
    for line in ["s0", "s1", "s2", "s3", "s4", "s5", "edge", "mark", "range"] {
      #expect(try contrast(line, "paper", isDark: isDark) >= 3, "\(line), \(isDark)")
    }
  }

  /// Shades go one way, so that they are told apart without seeing their hue.
  @Test(arguments: [false, true])
  func shadesAreInOrder(_ isDark: Bool) throws {
    let shades = try (0..<7).map { try #require(ReportStyle.colour("q\($0)", isDark: isDark)) }
    let light = shades.map(\.luminance)
    #expect(light == (isDark ? light.sorted() : light.sorted(by: >)))
  }

  @Test func coloursAreMeasuredAsWCAGSays() throws {
    let black = try #require(ReportColour("#000000"))
    let white = try #require(ReportColour("#ffffff"))
    let grey = try #require(ReportColour("#767676"))
    #expect(abs(black.contrast(with: white) - 21) < 1e-9)
    #expect(abs(grey.contrast(with: white) - 4.54) < 0.01)
    #expect(
      ReportColour("red") == nil && ReportColour("#12345") == nil && ReportColour("#-12345") == nil)
    #expect(grey.text == "#767676")
  }
}
