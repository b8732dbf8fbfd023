import CKernels

/// Finds separators outside quotes, 64 bytes a step, as long as quoting is plain: every quote
/// opens at the start of a field, closes before the end of one, or is doubled; and no limit is
/// near. Where that ends it stops, before the record in question.
package struct PlainScan {
  private let rules: ckernels_scan_rules
  private let level: ckernels_level
  private var state = ckernels_scan_state()

  /// The best that this machine has; what it finds is the same on every machine.
  package static let bestLevel = ckernels_best()

  /// All that it has, from the plainest.
  package static let levels = (0...bestLevel.rawValue).map { ckernels_level(rawValue: $0) }

  /// - Parameter isEnd: whether nothing follows the bytes that will be scanned.
  package init(_ dialect: CSVDialect, isEnd: Bool, level: ckernels_level = PlainScan.bestLevel) {
    self.level = level
    var rules = ckernels_scan_rules()
    (rules.newline, rules.delimiter) = (dialect.lineEnd, dialect.delimiter)
    rules.quote = dialect.quote ?? 0
    rules.has_quote = dialect.quote == nil ? 0 : 1
    rules.ends_with_feed = dialect.endsWithFeed ? 1 : 0
    rules.is_end = isEnd ? 1 : 0
    // A record this short at the start of a step breaks no limit in it. With escape bytes or tiny
    // limits, all records are walked.
    let shortest = min(dialect.maximumFieldBytes, dialect.maximumRecordBytes - 1) - 64
    rules.doubtful_length = Int64(dialect.escapeByte == nil && shortest >= 64 ? shortest : -1)
    rules.maximum_inner_lines = Int64(max(dialect.maximumRecordLines - 1, 1))
    self.rules = rules
    restart(at: 0)
  }

  /// Where the record at hand starts.
  package var recordStart: Int { Int(state.record_start) }
  /// The next byte to be scanned.
  package var position: Int { Int(state.position) }
  /// Whether the record at hand is not plain.
  package var stopped: Bool { state.stopped != 0 }
  /// Whether a quote was doubled so far.
  package var sawDoubled: Bool { state.doubled != 0 }

  /// Whether there was a NUL byte so far; where the scan stopped, it may have been behind that.
  package var sawNul: Bool { state.nuls != 0 }

  /// Makes ready for a record that starts at `start`.
  package mutating func restart(at start: Int) {
    (state.position, state.record_start) = (Int64(start), Int64(start))
    (state.inner_lines, state.inside, state.field_start, state.closing) = (0, 0, 1, 0)
    state.stopped = 0
  }

  /// Makes ready for bytes from `start` on that stand within quotes, to try what becomes of them.
  mutating func restart(within start: Int) {
    restart(at: start)
    (state.inside, state.field_start) = (~0, 0)
  }

  /// Scans on, to `stop` or a little further, for where records end.
  mutating func pass(_ bytes: Span<UInt8>, to stop: Int) {
    unsafe run(bytes, to: stop, nil)
  }

  /// The same, noting the places of separators.
  /// - Parameters:
  ///   - noted: how many entries of `places` are taken; the new ones go after them. There is room
  ///     for as many as bytes are scanned, and for `slack` more.
  ///   - lineEnds: how many of the new ones are line ends.
  package mutating func note(
    _ bytes: Span<UInt8>, to stop: Int, in places: inout [UInt32], noted: inout Int,
    lineEnds: inout Int
  ) {
    (state.noted, state.line_ends) = (Int64(noted), 0)
    let room = noted + stop - position + PlainScan.slack
    guard places.count >= room else { return }
    unsafe places.withUnsafeMutableBufferPointer { places in
      unsafe run(bytes, to: stop, places.baseAddress)
    }
    (noted, lineEnds) = (Int(state.noted), Int(state.line_ends))
  }

  /// A step may pass the stop by this, and write this much past the last place.
  package static let slack = 64 + Int(CKERNELS_PLACES_SLACK)

  private mutating func run(
    _ bytes: Span<UInt8>, to stop: Int, _ places: UnsafeMutablePointer<UInt32>?
  ) {
    var rules = rules
    unsafe bytes.withUnsafeBufferPointer { bytes in
      guard let base = bytes.baseAddress else { return }
      unsafe ckernels_scan(
        level, base, Int64(bytes.count), Int64(min(stop, bytes.count)), &rules, &state, places)
    }
  }
}
