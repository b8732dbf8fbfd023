import Glibc

/// Comparisons of texts, by bytes: the order of UTF-8 is that of the code points.
struct TextComparing {
  let comparison: SyntaxNode.Comparison

  func outcome(
    _ a: TextValues, _ aIsConstant: Bool, _ b: TextValues, _ bIsConstant: Bool, _ lanes: Lanes
  ) -> [Bool] {
    if bIsConstant, !aIsConstant, b.count > 0 {
      let right = Array(b.bytes[b.range(0)])
      return a.perRow { holds($0, right.span) }
    }
    if aIsConstant, !bIsConstant, a.count > 0 {
      let left = Array(a.bytes[a.range(0)])
      return b.perRow { holds(left.span, $0) }
    }
    var results: [Bool] = []
    results.reserveCapacity(lanes.count)
    let (x, y) = (a.bytes.span, b.bytes.span)
    for row in 0..<lanes.count {
      results.append(holds(x.extracting(a.range(row)), y.extracting(b.range(row))))
    }
    return results
  }

  @inline(__always)
  private func holds(_ a: Span<UInt8>, _ b: Span<UInt8>) -> Bool {
    switch comparison {
    case .equal, .notDistinct: TextOrder.equal(a, b)
    case .unequal, .distinct: !TextOrder.equal(a, b)
    case .less: TextOrder.compare(a, b) < 0
    case .lessOrEqual: TextOrder.compare(a, b) <= 0
    case .greater: TextOrder.compare(a, b) > 0
    case .greaterOrEqual: TextOrder.compare(a, b) >= 0
    }
  }
}

/// The order of texts: by bytes.
enum TextOrder {
  @inline(__always)
  static func equal(_ a: Span<UInt8>, _ b: Span<UInt8>) -> Bool {
    guard a.count == b.count else { return false }
    return a.count == 0 || prefixOrder(a, b, a.count) == 0
  }

  /// Negative, zero or positive.
  static func compare(_ a: Span<UInt8>, _ b: Span<UInt8>) -> Int {
    let shorter = min(a.count, b.count)
    let order = shorter == 0 ? 0 : prefixOrder(a, b, shorter)
    return order != 0 ? order : a.count - b.count
  }

  @inline(__always)
  private static func prefixOrder(_ a: Span<UInt8>, _ b: Span<UInt8>, _ count: Int) -> Int {
    unsafe a.withUnsafeBufferPointer { x in
      unsafe b.withUnsafeBufferPointer { y in
        guard let x = x.baseAddress, let y = y.baseAddress else { return 0 }
        return unsafe Int(memcmp(x, y, count))
      }
    }
  }
}

extension TextValues {
  /// One result a row from the row's text; computed once an entry where rows share entries.
  @inline(__always)
  func perRow<R>(_ body: (Span<UInt8>) -> R) -> [R] {
    let pool = bytes.span
    var results: [R] = []
    guard let codes else {
      results.reserveCapacity(entryCount)
      for entry in 0..<entryCount {
        results.append(body(pool.extracting(Int(offsets[entry])..<Int(offsets[entry + 1]))))
      }
      return results
    }
    if entryCount <= codes.count {
      var entries: [R] = []
      entries.reserveCapacity(entryCount)
      for entry in 0..<entryCount {
        entries.append(body(pool.extracting(Int(offsets[entry])..<Int(offsets[entry + 1]))))
      }
      return Loop.map(codes) { entries[Int($0)] }
    }
    // A pool that outlived most of its rows.
    results.reserveCapacity(codes.count)
    for row in 0..<codes.count { results.append(body(pool.extracting(range(row)))) }
    return results
  }
}
