/// Walks record after record, and never twice over the same bytes: an input made of lines that
/// each leave a quote open would otherwise be read once for every line.
///
/// Two walks that are within quotes at the same line end go the same way from there, but for their
/// own limits, which the later one reaches later. So where a walk failed, later ones that pass one
/// of its line ends within quotes go on from where it stopped.
struct LineWalker {
  enum Outcome {
    /// A record; the next line starts at `next`.
    case record(next: Int)
    /// A broken line.
    case broken(RecordFault, position: Int, column: Int, next: Int)
    /// The bytes end before it is clear.
    case incomplete
  }

  private let dialect: CSVDialect
  /// The furthest walk that failed, and the physical line it began on.
  private var failed: (walk: RecordWalk, line: Int)?
  /// Physical lines walked since some line; only differences matter.
  private var line = 0
  /// Whether a line was found broken only because the bytes ended.
  private(set) var reachedEnd = false

  init(_ dialect: CSVDialect) { self.dialect = dialect }

  /// Whether a record that starts here lies on lines which a failed walk has seen, so that it must
  /// be walked too.
  func isBehind(_ start: Int) -> Bool {
    guard let failed else { return false }
    return start < failed.walk.position
  }

  /// - Parameters:
  ///   - start: where a record begins, before the end of the bytes.
  ///   - isEnd: whether nothing follows the bytes.
  mutating func next(_ bytes: Span<UInt8>, from start: Int, isEnd: Bool) -> Outcome {
    if !isBehind(start) { failed = nil }
    var walk = RecordWalk(start: start)
    var outcome = walk.advance(bytes, isEnd: isEnd, dialect, firstLineOnly: failed != nil)
    if case .pending = outcome, let failed, walk.firstLineEnd == walk.position {
      if walk.position <= failed.walk.position {
        walk.join(failed.walk, linesBetween: line - failed.line)
      }
      outcome = walk.advance(bytes, isEnd: isEnd, dialect, firstLineOnly: false)
    }
    switch outcome {
    case .pending: return .incomplete
    case .ended(let next):
      line += walk.innerLines + 1
      return .record(next: next)
    case .broken(let fault):
      failed = (walk, line)
      if walk.position >= bytes.count { reachedEnd = true }
      line += 1
      let trouble = walk.trouble(fault)
      let from = walk.firstLineEnd.map { $0 - 1 } ?? min(walk.position, bytes.count)
      guard let end = bytes.first(dialect.lineEnd, from: from) else {
        return isEnd
          ? .broken(
            trouble.fault, position: trouble.position, column: trouble.column, next: bytes.count)
          : .incomplete
      }
      return .broken(
        trouble.fault, position: trouble.position, column: trouble.column, next: end + 1)
    }
  }
}
