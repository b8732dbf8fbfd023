import Tabular

/// What a picture is called and what it shows, for who does not see it.
struct ChartText {
  let id: String
  let title: String
  /// What there is to see, in sentences.
  let description: String

  var nodes: [HtmlNode] {
    [
      .of(.title, [.id(id + "-t")], title), .of(.desc, [.id(id + "-d")], description),
    ]
  }
}

/// From values to places between 0 and 100 per cent.
struct ChartScale {
  let low: Double
  let high: Double
  /// Round values within, ascending.
  let ticks: [Double]

  /// - Parameter fromZero: whether 0 is on it: lengths are compared from there.
  init(_ values: [Double], fromZero: Bool) {
    var low = values.min() ?? 0
    var high = values.max() ?? 1
    if fromZero { (low, high) = (min(low, 0), max(high, 0)) }
    if low == high {
      let room = low == 0 ? 1 : abs(low) / 2
      (low, high) = (fromZero && low >= 0 ? low : low - room, high + room)
    }
    let step = Self.step((high - low) / 4)
    self.low = (low / step).rounded(.down) * step
    self.high = (high / step).rounded(.up) * step
    var ticks: [Double] = []
    let count = Int(min(max(((self.high - self.low) / step).rounded(), 1), 12))
    for index in 0...count { ticks.append(self.low + Double(index) * step) }
    self.ticks = ticks
  }

  /// 1, 2 or 5 times a power of ten, at least this.
  private static func step(_ least: Double) -> Double {
    guard least.isFinite, least > 0 else { return 1 }
    var power = 1.0
    while power * 10 <= least, power < 1e15 { power *= 10 }
    while power > least, power > 1e-9 { power /= 10 }
    return [1, 2, 5, 10].map { $0 * power }.first { $0 >= least * 0.999 } ?? power * 10
  }

  /// 0 at the low end, 100 at the high.
  func percent(_ value: Double) -> Double {
    min(max((value - low) / (high - low) * 100, 0), 100)
  }
}

/// What can be said of numbers in short.
enum Distribution {
  /// The value that so large a share lies below, linear between neighbours.
  static func quantile(_ sorted: [Double], _ share: Double) -> Double {
    guard let last = sorted.last else { return 0 }
    let place = share * Double(sorted.count - 1)
    let index = Int(place.rounded(.down))
    guard index + 1 < sorted.count else { return last }
    return sorted[index] + (sorted[index + 1] - sorted[index]) * (place - Double(index))
  }
}
