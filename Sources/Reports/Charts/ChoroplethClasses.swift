import Tabular

/// Values put into classes, the least first.
struct ChoroplethClasses {
  /// Where each class but the first begins, ascending.
  let bounds: [Double]
  let low: Double
  let high: Double

  init(_ values: [Double], _ kind: MapClasses) {
    let sorted = values.sorted()
    (low, high) = (sorted.first ?? 0, sorted.last ?? 0)
    let (low, high) = (low, high)
    let wanted: [Double]
    switch kind {
    case .quantile(let count):
      let count = min(max(count, 2), 7)
      wanted = (1..<count).map { Distribution.quantile(sorted, Double($0) / Double(count)) }
    case .equal(let count):
      let count = min(max(count, 2), 7)
      wanted = (1..<count).map { low + (high - low) * Double($0) / Double(count) }
    case .breaks(let breaks): wanted = Array(breaks.prefix(6))
    }
    var bounds: [Double] = []
    for bound in wanted.sorted() where bound > (bounds.last ?? -.infinity) {
      // A class of nothing says nothing.
      if sorted.contains(where: { $0 >= bound }), sorted.contains(where: { $0 < bound }) {
        bounds.append(bound)
      }
    }
    self.bounds = bounds
  }

  var count: Int { bounds.count + 1 }

  func place(of value: Double) -> Int { bounds.count { $0 <= value } }

  /// The colour of a class: the darkest is always the last.
  func style(_ place: Int) -> HtmlAttribute.Style {
    let all: [HtmlAttribute.Style] = [.q0, .q1, .q2, .q3, .q4, .q5, .q6]
    guard count > 1 else { return .q3 }
    let step = Double(all.count - 1) / Double(count - 1)
    return all[min(Int((Double(place) * step).rounded()), all.count - 1)]
  }

  func range(_ place: Int) -> (from: Double, to: Double) {
    (place == 0 ? low : bounds[place - 1], place < bounds.count ? bounds[place] : high)
  }
}
