import Tabular

/// Static pictures. Widths are shares of the place that a picture has, so that lines and texts keep
/// their size on telephones and paper alike; colours are the style sheet's.
enum Charts {
  /// A bar from zero with the bounds of its uncertainty.
  static func bar(
    _ value: Double, low: Double?, high: Double?, _ scale: ChartScale
  ) -> HtmlNode {
    let (zero, end) = (scale.percent(0), scale.percent(value))
    var parts: [HtmlNode] = [
      .of(
        .rect,
        [
          .style(.mark), .svg(.x, percent: min(zero, end)), .svg(.y, "3"),
          .svg(.width, percent: abs(end - zero)), .svg(.height, "12"),
        ])
    ]
    if let low, let high {
      parts += range(scale.percent(low), scale.percent(high), y: 9)
    }
    return .element(.svg, [.style(.bars), .isDecoration], parts)
  }

  /// A point within the bounds of its uncertainty.
  static func dot(
    _ value: Double?, low: Double?, high: Double?, median: Double?, _ scale: ChartScale
  ) -> HtmlNode {
    var parts: [HtmlNode] = [
      line(.axis, 0, 9, 100, 9)
    ]
    if let median {
      let x = scale.percent(median)
      parts.append(line(.median, x, 2, x, 16))
    }
    if let low, let high {
      parts += range(scale.percent(low), scale.percent(high), y: 9)
    }
    if let value {
      parts.append(circle(.dot, scale.percent(value), 9, 4.5))
    }
    return .element(.svg, [.style(.strip), .isDecoration], parts)
  }

  private static func range(_ low: Double, _ high: Double, y: Double) -> [HtmlNode] {
    [
      .of(
        .rect,
        [
          .style(.range), .svg(.x, percent: low), .svg(.y, y - 4),
          .svg(.width, percent: high - low), .svg(.height, "8"),
        ])
    ]
  }

  /// Quartiles, whiskers to the least and the greatest, and the median.
  static func box(_ values: [Double], _ scale: ChartScale) -> HtmlNode {
    let sorted = values.sorted()
    let marks = [0, 0.25, 0.5, 0.75, 1].map { scale.percent(Distribution.quantile(sorted, $0)) }
    return .element(
      .svg, [.style(.strip), .isDecoration],
      [
        line(.whisker, marks[0], 9, marks[4], 9),
        line(.whisker, marks[0], 5, marks[0], 13), line(.whisker, marks[4], 5, marks[4], 13),
        .of(
          .rect,
          [
            .style(.box), .svg(.x, percent: marks[1]), .svg(.y, "3"),
            .svg(.width, percent: max(marks[3] - marks[1], 0.3)), .svg(.height, "12"),
          ]),
        line(.median, marks[2], 1, marks[2], 17),
      ])
  }

  /// A line without axes; the last value is marked.
  static func spark(_ values: [Double?]) -> HtmlNode {
    let known = values.compactMap { $0 }
    guard known.count > 1, let low = known.min(), let high = known.max() else {
      return .element(.svg, [.style(.spark), .isDecoration], [])
    }
    let span = high > low ? high - low : 1
    func y(_ value: Double) -> Double { 34 - (value - low) / span * 28 }
    var parts: [HtmlNode] = [
      .element(
        .svg, [.svg(.viewBox, "0 0 100 40"), .svg(.preserveAspectRatio, "none")],
        runs(values).map { run in
          .of(
            .polyline,
            [
              .svg(.points, points(run.map { (x($0.index, values.count) * 0.96 + 1, y($0.value)) }))
            ])
        })
    ]
    if let last = values.indices.last(where: { values[$0] != nil }), let value = values[last] {
      parts.append(
        circle(.dot, x(last, values.count) * 0.96 + 1, y(value), 3.5))
    }
    return .element(.svg, [.style(.spark), .isDecoration], parts)
  }

  /// Values over time: a line a series, each with a dash of its own besides its colour.
  /// - Parameters:
  ///   - series: at most six, each with a value a period or none.
  ///   - labels: of the periods.
  static func lines(
    _ series: [(name: String, values: [Double?])], labels: [String], _ text: ChartText,
    unit: (Double) -> String
  ) -> HtmlNode {
    let scale = ChartScale(series.flatMap { $0.values.compactMap { $0 } }, fromZero: true)
    let (top, bottom) = (18.0, 232.0)
    func y(_ value: Double) -> Double { bottom - scale.percent(value) / 100 * (bottom - top) }
    var parts: [HtmlNode] = text.nodes
    for tick in scale.ticks {
      parts.append(line(.grid, 0, y(tick), 100, y(tick)))
      parts.append(
        .of(
          .text, [.style(.axis), .svg(.x, "0"), .svg(.y, y(tick) - 4)], unit(tick)))
    }
    let count = labels.count
    for index in axisLabels(count) {
      let place = inset(x(index, count))
      let anchor = index == 0 ? "start" : index == count - 1 ? "end" : "middle"
      parts.append(line(.grid, place, bottom, place, bottom + 5))
      parts.append(
        .of(
          .text,
          [
            index == 0 || index == count - 1 ? .style(.axis) : .style(.axis, .wide),
            .svg(.x, percent: place), .svg(.y, bottom + 20), .svg(.anchor, anchor),
          ], labels[index]))
    }
    parts.append(
      .element(
        .svg, [.svg(.viewBox, "0 0 1000 260"), .svg(.preserveAspectRatio, "none")],
        series.enumerated().flatMap { number, one in
          runs(one.values).map { run in
            .of(
              .polyline,
              [
                .style(seriesStyle(number)),
                .svg(.points, points(run.map { (inset(x($0.index, count)) * 10, y($0.value)) })),
              ])
          }
        }))
    for (number, one) in series.enumerated() {
      guard let last = one.values.indices.last(where: { one.values[$0] != nil }),
        let value = one.values[last]
      else { continue }
      parts.append(circle(seriesStyle(number), inset(x(last, count)), y(value), 4))
    }
    return .element(.svg, [.style(.plot)] + HtmlAttribute.picture(text.id), parts)
  }

  /// Room at the left for what is written on the lines, and at the right for the last point.
  private static func inset(_ percent: Double) -> Double { 9 + percent * 0.9 }

  static func seriesStyle(_ number: Int) -> HtmlAttribute.Style {
    [.s0, .s1, .s2, .s3, .s4, .s5][min(max(number, 0), 5)]
  }

  /// The key of a line: its dash and colour.
  static func lineKey(_ number: Int) -> HtmlNode {
    .of(.svg, [.style(.key), .isDecoration], line(seriesStyle(number), 0, 6, 100, 6))
  }

  private static func x(_ index: Int, _ count: Int) -> Double {
    count > 1 ? Double(index) / Double(count - 1) * 100 : 50
  }

  /// At most seven, the first and the last among them.
  private static func axisLabels(_ count: Int) -> [Int] {
    guard count > 1 else { return count == 1 ? [0] : [] }
    let most = min(count - 1, 4)
    return (0...most).map { Int((Double($0) / Double(most) * Double(count - 1)).rounded()) }
  }

  /// Stretches without gaps.
  private static func runs(_ values: [Double?]) -> [[(index: Int, value: Double)]] {
    var runs: [[(index: Int, value: Double)]] = []
    var isOpen = false
    for (index, value) in values.enumerated() {
      guard let value else {
        isOpen = false
        continue
      }
      if !isOpen { runs.append([]) }
      runs[runs.count - 1].append((index, value))
      isOpen = true
    }
    return runs
  }

  private static func points(_ places: [(Double, Double)]) -> String {
    // A single point is drawn as a short line.
    let places = places.count == 1 ? [places[0], (places[0].0 + 0.5, places[0].1)] : places
    return places.map { SvgNumber.text($0.0) + "," + SvgNumber.text($0.1) }.joined(separator: " ")
  }

  private static func line(
    _ style: HtmlAttribute.Style, _ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double
  ) -> HtmlNode {
    .of(
      .line,
      [
        .style(style), .svg(.x1, percent: x1), .svg(.y1, y1), .svg(.x2, percent: x2), .svg(.y2, y2),
      ])
  }

  private static func circle(
    _ style: HtmlAttribute.Style, _ x: Double, _ y: Double, _ radius: Double
  ) -> HtmlNode {
    .of(.circle, [.style(style), .svg(.cx, percent: x), .svg(.cy, y), .svg(.r, radius)])
  }
}
