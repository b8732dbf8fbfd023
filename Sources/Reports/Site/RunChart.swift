import Tabular

/// A bar a run, the oldest first: what did not end well has a bar of another shape, and one without
/// a value has none. Widths are shares of the place that the picture has.
struct RunChart {
  /// A run's bar.
  struct Bar {
    let value: Double?
    let isDone: Bool
  }

  let bars: [Bar]
  /// Of the first and the last run.
  let ends: (first: String, last: String)

  private static let top = 16.0
  private static let bottom = 104.0
  /// Shares of the width that the scale's numbers take.
  private static let inset = 12.0

  /// Bars are no wider than if there were so many.
  private static let fewest = 12

  private var labels: [(place: Double, anchor: String, text: String)] {
    if bars.count < Self.fewest {
      let text = ends.first == ends.last ? ends.last : "\(ends.first) – \(ends.last)"
      return [(100, "end", text)]
    }
    return [(Self.inset, "start", ends.first), (100, "end", ends.last)]
  }

  /// - Parameter unit: writes a value of the scale.
  func svg(_ text: ChartText, unit: (Double) -> String) -> HtmlNode {
    let scale = ChartScale(bars.compactMap(\.value), fromZero: true)
    func y(_ value: Double) -> Double {
      Self.bottom - scale.percent(value) / 100 * (Self.bottom - Self.top)
    }
    var parts = text.nodes
    for tick in [scale.low, scale.high] {
      parts += [
        .of(
          .line,
          [
            .style(.grid), .svg(.x1, percent: Self.inset), .svg(.y1, y(tick)),
            .svg(.x2, percent: 100), .svg(.y2, y(tick)),
          ]),
        .of(
          .text,
          [
            .style(.axis), .svg(.x, percent: Self.inset - 1.5), .svg(.y, y(tick) + 4),
            .svg(.anchor, "end"),
          ], unit(tick)),
      ]
    }
    // The last run stands at the right end, however few there are.
    let slots = max(bars.count, Self.fewest)
    let step = (100 - Self.inset) / Double(slots)
    for (index, bar) in bars.enumerated() {
      guard let value = bar.value else { continue }
      let height = max(Self.bottom - y(value), 1)
      parts.append(
        .of(
          .rect,
          [
            .style(bar.isDone ? .mark : .bad),
            .svg(
              .x, percent: Self.inset + (Double(slots - bars.count + index) + 0.15) * step),
            .svg(.y, Self.bottom - height), .svg(.width, percent: step * 0.7),
            .svg(.height, height),
          ]))
    }
    for (place, anchor, label) in labels {
      parts.append(
        .of(
          .text,
          [
            .style(.axis), .svg(.x, percent: place), .svg(.y, Self.bottom + 18),
            .svg(.anchor, anchor),
          ], label))
    }
    return .element(.svg, [.style(.runs)] + HtmlAttribute.picture(text.id), parts)
  }
}

/// The pictures of a pipeline's runs: how long they took, and which share of what they read they
/// rejected.
struct RunFigures {
  /// The newest first.
  let runs: [SiteRun]
  let context: SiteContext
  /// Unique in the page.
  let id: String

  /// How many runs a picture shows.
  static let most = 60

  var nodes: [HtmlNode] {
    let shown = Array(runs.prefix(Self.most).reversed())
    guard let first = shown.first, let last = shown.last else { return [] }
    let ends = (context.date(first.started), context.date(last.started))
    let failed = shown.count { $0.outcome != .done }
    let durations = shown.map { RunChart.Bar(value: $0.seconds, isDone: $0.outcome == .done) }
    let shares = shown.map {
      RunChart.Bar(value: $0.rejectedShare, isDone: $0.outcome == .done)
    }
    func figure(
      _ name: String, _ title: Message, _ bars: [RunChart.Bar], _ unit: (Double) -> String
    ) -> HtmlNode {
      let values = bars.compactMap(\.value).sorted()
      let told = values.first.map { low in
        (
          low: unit(low), median: unit(Distribution.quantile(values, 0.5)),
          high: unit(values.last ?? low)
        )
      }
      let text = ChartText(
        id: id + name, title: context.say(title),
        description: context.say(
          SiteWords.chart(
            context.count(shown.count), from: ends.0, to: ends.1, failed: context.count(failed),
            range: told)))
      return .of(
        .figure, [.style(.figure)],
        .of(.figcaption, [], .of(.p, [], context.say(title))),
        RunChart(bars: bars, ends: ends).svg(text, unit: unit))
    }
    return [
      .of(
        .div, [.style(.pair)],
        figure("d", SiteWords.durations, durations) { context.duration($0) },
        figure("r", SiteWords.rejectedShares, shares) { context.percent($0) })
    ]
  }
}

extension SiteRun {
  /// In per cent; nil where nothing was read.
  var rejectedShare: Double? {
    guard let read, let rejected, read > 0 else { return nil }
    return Double(rejected) / Double(read) * 100
  }
}
