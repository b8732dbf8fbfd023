import Glibc

/// A key's column, ready to be written into the byte strings that rows are ordered by.
///
/// A null is one byte, and so is what a value begins with: which of both comes first is told there.
struct SortColumn {
  private enum Kind {
    case words([Int64])
    case texts(TextValues, hasNUL: Bool)
    case decimals(DecimalValues)
  }

  private let kind: Kind
  private let flags: [Bool]?
  /// What stands for null.
  private let null: UInt8
  /// Turns the order of values round, byte by byte.
  private let flip: UInt8

  private static let wordLength = 8
  private static let decimalLength = 24
  /// A text ends with two bytes that no text has in it.
  private static let endLength = 2

  init(_ key: SortKey, _ column: Column) throws {
    flags = column.validity.flags
    null = key.nullsFirst ? 0 : 0xFF
    flip = key.descending ? 0xFF : 0
    switch column.values {
    case .text(let texts): kind = .texts(texts, hasNUL: SortColumn.hasNUL(texts.bytes))
    case .decimal(let decimals): kind = .decimals(decimals)
    case .absent: throw OperatorMessages.absentColumn
    case .boolean, .integer, .double, .date, .datetime:
      guard let words = OrderedWords.of(column) else { throw OperatorMessages.wrongColumn }
      kind = .words(words)
    }
  }

  private static func hasNUL(_ bytes: [UInt8]) -> Bool {
    unsafe bytes.withUnsafeBytes { raw in
      guard let base = raw.baseAddress else { return false }
      return unsafe memchr(base, 0, raw.count) != nil
    }
  }

  /// Adds to each row's length that of its value here.
  func addLengths(to lengths: inout [Int]) {
    switch kind {
    case .words: add(1 + SortColumn.wordLength, to: &lengths)
    case .decimals: add(1 + SortColumn.decimalLength, to: &lengths)
    case .texts(let texts, let hasNUL):
      unsafe PinnedTexts.hold([texts]) { held in
        let texts = unsafe held[0]
        for row in lengths.indices {
          guard flags?[row] ?? true else {
            lengths[row] += 1
            continue
          }
          let (start, length) = unsafe texts.range(row)
          lengths[row] += 1 + length + SortColumn.endLength
          // A NUL is told from the end by what follows it.
          if hasNUL {
            for place in start..<(start + length) where unsafe texts.bytes[place] == 0 {
              lengths[row] += 1
            }
          }
        }
      }
    }
  }

  private func add(_ length: Int, to lengths: inout [Int]) {
    guard let flags else {
      for row in lengths.indices { lengths[row] += length }
      return
    }
    for row in lengths.indices { lengths[row] += flags[row] ? length : 1 }
  }

  /// Writes the value of each row where its key goes on, and moves that place.
  /// - Parameter places: one a row.
  @unsafe func write(into target: UnsafeMutableBufferPointer<UInt8>, at places: inout [Int]) {
    for row in places.indices {
      unsafe target[places[row]] = flags?[row] ?? true ? 1 : null
      places[row] += 1
    }
    switch kind {
    case .words(let words):
      for row in places.indices where flags?[row] ?? true {
        let word = UInt64(bitPattern: words[row]) ^ 1 << 63
        unsafe target.put(word, flipped: flip, at: &places[row])
      }
    case .decimals(let decimals):
      for row in places.indices where flags?[row] ?? true {
        unsafe put(decimals[row], scale: decimals.scale, into: target, at: &places[row])
      }
    case .texts(let texts, let hasNUL):
      unsafe PinnedTexts.hold([texts]) { held in
        let texts = unsafe held[0]
        for row in places.indices where flags?[row] ?? true {
          unsafe put(texts, row, hasNUL, into: target, at: &places[row])
        }
      }
    }
  }

  @unsafe private func put(
    _ texts: PinnedTexts, _ row: Int, _ hasNUL: Bool,
    into target: UnsafeMutableBufferPointer<UInt8>, at place: inout Int
  ) {
    let (start, length) = unsafe texts.range(row)
    if flip == 0, !hasNUL {
      if length > 0, let base = target.baseAddress, let from = unsafe texts.bytes.baseAddress {
        unsafe (base + place).update(from: from + start, count: length)
      }
      place += length
    } else {
      for index in start..<(start + length) {
        let byte = unsafe texts.bytes[index]
        unsafe target[place] = byte ^ flip
        place += 1
        guard byte == 0 else { continue }
        unsafe target[place] = 0xFF ^ flip
        place += 1
      }
    }
    for _ in 0..<SortColumn.endLength {
      unsafe target[place] = flip
      place += 1
    }
  }

  /// The whole part and eighteen digits behind the point: the same for equal values of different
  /// scales.
  @unsafe private func put(
    _ digits: Int128, scale: Int, into target: UnsafeMutableBufferPointer<UInt8>,
    at place: inout Int
  ) {
    let divisor = Decimal.powersOfTen[scale]
    var (whole, rest) = digits.quotientAndRemainder(dividingBy: divisor)
    if rest < 0 {
      whole -= 1
      rest += divisor
    }
    let fraction = rest * Decimal.powersOfTen[DecimalValues.maximumScale - scale]
    let upper = UInt64(truncatingIfNeeded: whole >> 64) ^ 1 << 63
    unsafe target.put(upper, flipped: flip, at: &place)
    unsafe target.put(UInt64(truncatingIfNeeded: whole), flipped: flip, at: &place)
    unsafe target.put(UInt64(truncatingIfNeeded: fraction), flipped: flip, at: &place)
  }
}

extension UnsafeMutableBufferPointer<UInt8> {
  /// Writes a word, most significant byte first.
  @inline(__always)
  @unsafe func put(_ word: UInt64, flipped flip: UInt8, at place: inout Int) {
    let word = flip == 0 ? word : ~word
    unsafe UnsafeMutableRawBufferPointer(self).storeBytes(
      of: word.bigEndian, toByteOffset: place, as: UInt64.self)
    place += 8
  }
}
