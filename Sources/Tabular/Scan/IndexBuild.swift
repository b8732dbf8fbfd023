import CKernels

/// An index in the making. Separators are noted in bulk, then records are taken from them.
@safe struct IndexBuild {
  let slices: UnsafeMutableBufferPointer<FieldSlice>
  let starts: UnsafeMutableBufferPointer<Int32>
  let columns: Int
  let wanted: [Int]
  /// The slot of the last column, which a CR may follow.
  private let lastSlot: Int?
  let allowsTrailingDelimiter: Bool
  let dialect: CSVDialect
  /// The quote, or what no byte equals.
  let quote: UInt16
  /// Whether there may be NUL bytes.
  var mayHoldNul = false

  var records = 0
  var faults: [FieldIndex.Fault] = []
  var blankLines = 0
  var strayQuotes = 0
  var endsOpen = false
  var mayEscape: Bool

  /// Places of the separators of the records at hand; before them, the byte before the first.
  var separators: [UInt32] = []
  var noted = 0

  /// Bytes that are scanned before the records found in them are taken, so that they are still
  /// near.
  private static let stretch = 1 << 14

  init(
    _ indexer: FieldIndexer, _ bytes: Span<UInt8>,
    slices: UnsafeMutableBufferPointer<FieldSlice>, starts: UnsafeMutableBufferPointer<Int32>
  ) {
    unsafe (self.slices, self.starts) = (slices, starts)
    (columns, wanted, dialect) = (indexer.columns, indexer.wanted, indexer.dialect)
    allowsTrailingDelimiter = indexer.allowsTrailingDelimiter
    lastSlot = wanted.lastIndex(of: columns - 1)
    quote = dialect.quote.map { UInt16($0) } ?? 0x100
    mayEscape = dialect.escapeByte != nil
  }

  /// Indexes all of the bytes.
  mutating func run(_ bytes: Span<UInt8>) {
    var scan = PlainScan(dialect, isEnd: true)
    var walker = LineWalker(dialect)
    var position = 0
    begin(at: 0)
    while position < bytes.count {
      let stop = min(bytes.count, position + IndexBuild.stretch)
      makeRoom(for: stop - position + PlainScan.slack)
      var lineEnds = 0
      scan.note(bytes, to: stop, in: &separators, noted: &noted, lineEnds: &lineEnds)
      if scan.sawDoubled { mayEscape = true }
      if scan.sawNul { mayHoldNul = true }
      position = scan.position
      let start = take(bytes, lineEnds)
      guard scan.stopped || position >= bytes.count else { continue }
      // The record at hand is not plain, or the last one without a line end.
      position = start
      // What is walked now was not looked at.
      mayHoldNul = true
      while position < bytes.count {
        position = walk(bytes, &walker, from: position)
        if !walker.isBehind(position) { break }
      }
      mayHoldNul = scan.sawNul
      begin(at: position)
      scan.restart(at: position)
    }
    endsOpen = walker.reachedEnd
  }

  /// Whether the buffers hold so many more records: they do, by their making.
  func hasRoom(for count: Int) -> Bool {
    unsafe records + count <= starts.count && (records + count) * wanted.count <= slices.count
  }

  /// Makes ready for a record.
  mutating func begin(at start: Int) {
    makeRoom(for: 1)
    separators[0] = UInt32(truncatingIfNeeded: start &- 1)
    noted = 1
  }

  mutating func makeRoom(for count: Int) {
    let missing = noted + count - separators.count
    // Half as much again: records longer than a stretch add up.
    if missing > 0 {
      separators += [UInt32](repeating: 0, count: missing + separators.count / 2)
    }
  }

  /// Takes the records whose separators are noted, and keeps those of the record at hand.
  /// - Parameter lineEnds: how many of the separators are line ends.
  /// - Returns: where the record at hand starts.
  private mutating func take(_ bytes: Span<UInt8>, _ lineEnds: Int) -> Int {
    guard lineEnds > 0 else { return Int(separators[0] &+ 1) }
    var first = 1
    if !mayHoldNul, columns > 1, !dialect.trimsBlanks { first = takePlain(bytes, lineEnds) }
    if first == 1 { first = takeOneByOne(bytes) }
    let rest = noted - first
    for place in 0...rest { separators[place] = separators[first - 1 + place] }
    noted = rest + 1
    return Int(separators[0] &+ 1)
  }

  /// Takes the records if every one of them has the right number of fields.
  /// - Returns: the first separator that was not taken; 1 when there is something else.
  private mutating func takePlain(_ bytes: Span<UInt8>, _ lineEnds: Int) -> Int {
    guard lineEnds * columns < noted, hasRoom(for: lineEnds) else { return 1 }
    let taken = unsafe bytes.withUnsafeBufferPointer { bytes in
      unsafe separators.withUnsafeBufferPointer { separators in
        unsafe wanted.withUnsafeBufferPointer { wanted in
          unsafe takePlain(bytes, separators, wanted, lineEnds)
        }
      }
    }
    guard taken else { return 1 }
    records += lineEnds
    return 1 + lineEnds * columns
  }

  /// As many line ends as records, each where a record's last separator should be: then no other
  /// separator is one.
  private func takePlain(
    _ bytes: UnsafeBufferPointer<UInt8>, _ separators: UnsafeBufferPointer<UInt32>,
    _ wanted: UnsafeBufferPointer<Int>, _ lineEnds: Int
  ) -> Bool {
    let count = bytes.count
    guard let bytes = bytes.baseAddress, let separators = separators.baseAddress,
      var slices = unsafe slices.baseAddress, let starts = unsafe starts.baseAddress
    else { return false }
    unsafe slices += records &* wanted.count
    var first = 1
    for record in records..<records &+ lineEnds {
      let lineEnd = Int(unsafe separators[first &+ columns &- 1])
      guard unsafe bytes[lineEnd] == dialect.lineEnd else { return false }
      for slot in 0..<wanted.count {
        let place = unsafe first &+ wanted[slot]
        let start = unsafe separators[place &- 1] &+ 1
        let end = unsafe separators[place]
        let opening = unsafe bytes[Int(start)]
        let quoted: UInt32 = UInt16(opening) == quote ? 1 : 0
        unsafe slices[slot] = FieldSlice(start &+ quoted, (end &- quoted) | quoted << 31)
      }
      if let lastSlot, dialect.endsWithFeed, unsafe bytes[lineEnd &- 1] == 13 {
        // The CR stood last in the field, or after its closing quote.
        unsafe slices[lastSlot] = slices[lastSlot].shortened
      }
      if mayEscape { unsafe markEscapes(slices, bytes, count) }
      unsafe starts[record] = Int32(truncatingIfNeeded: separators[first &- 1] &+ 1)
      unsafe slices += wanted.count
      first &+= columns
    }
    return true
  }

  /// Finds which quoted fields of a record hold quotes.
  private func markEscapes(
    _ slices: UnsafeMutablePointer<FieldSlice>, _ bytes: UnsafePointer<UInt8>, _ count: Int
  ) {
    for slot in 0..<wanted.count where unsafe slices[slot].quoted {
      let slice = unsafe slices[slot]
      let (start, length) = (slice.start, slice.end - slice.start)
      let holds = unsafe ckernels_holds(
        bytes + start, Int64(length), Int64(count - start), UInt8(truncatingIfNeeded: quote))
      if holds != 0 {
        unsafe slices[slot] = FieldSlice(
          start: start, end: slice.end, quoted: true, hasEscapes: true)
      }
    }
  }
}
