/// The values of an input: one a row, or one for all rows.
struct Lane<Element> {
  let values: [Element]
  let isConstant: Bool

  @inline(__always)
  init(_ values: [Element], _ isConstant: Bool) {
    (self.values, self.isConstant) = (values, isConstant)
  }

  @inline(__always)
  subscript(row: Int) -> Element { values[isConstant ? 0 : row] }
}

/// The loops of the kernels. All are inlined with their bodies, so that the compiler sees plain
/// loops over arrays.
enum Loop {
  /// One result for each value.
  @inline(__always)
  static func map<A, R>(_ a: [A], _ body: (A) -> R) -> [R] {
    unsafe [R](unsafeUninitializedCapacity: a.count) { results, count in
      unsafe a.withUnsafeBufferPointer { a in
        for row in 0..<a.count {
          unsafe results.initializeElement(at: row, to: body(a[row]))
        }
        count = a.count
      }
    }
  }

  /// One result for each row of two inputs, either of which may be constant.
  @inline(__always)
  static func zip<A, B, R>(
    _ a: Lane<A>, _ b: Lane<B>, _ lanes: Lanes, _ body: (A, B) -> R
  ) -> [R] {
    if b.isConstant {
      guard let right = b.values.first else { return [] }
      return map(a.values) { body($0, right) }
    }
    if a.isConstant {
      guard let left = a.values.first else { return [] }
      return map(b.values) { body(left, $0) }
    }
    let rows = min(lanes.count, a.values.count, b.values.count)
    return unsafe [R](unsafeUninitializedCapacity: rows) { results, count in
      unsafe a.values.withUnsafeBufferPointer { a in
        unsafe b.values.withUnsafeBufferPointer { b in
          for row in 0..<rows {
            unsafe results.initializeElement(at: row, to: body(a[row], b[row]))
          }
        }
      }
      count = rows
    }
  }

  /// One result for each row of a number of rows.
  @inline(__always)
  static func rows<R>(_ rows: Int, _ body: (Int) -> R) -> [R] {
    unsafe [R](unsafeUninitializedCapacity: rows) { results, count in
      for row in 0..<rows { unsafe results.initializeElement(at: row, to: body(row)) }
      count = rows
    }
  }
}
