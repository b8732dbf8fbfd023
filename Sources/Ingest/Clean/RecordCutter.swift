/// Cuts one record after the other by the strict rules: the scanner's, with delimiters of several
/// bytes and all line ends at once. Says where a record breaks them, and leaves it to others.
struct RecordCutter {
  enum Outcome: Equatable {
    /// Where the next record starts.
    case record(next: Int)
    /// The quoting breaks a rule.
    case broken
    /// The text that is there does not hold the record whole.
    case incomplete
    /// More fields than anybody means.
    case tooWide
  }

  /// Fields of a record at most.
  static let mostFields = 1 << 21

  /// What a byte may mean.
  private enum Class {
    static let plain: UInt8 = 0
    static let delimiter: UInt8 = 1
    static let feed: UInt8 = 2
    static let carriage: UInt8 = 3
    static let quote: UInt8 = 4
    static let escape: UInt8 = 5
    static let nul: UInt8 = 6
    /// Means nothing here, and something in the CSV to be written.
    static let special: UInt8 = 7
  }

  let dialect: CleanDialect
  private let outside: [UInt8]
  private let inside: [UInt8]
  private let first: UInt8
  private let isLong: Bool
  /// Whether a text between quotes can be written as it stands.
  private let keepsDoubled: Bool

  private(set) var cells: [LooseCell] = []

  init(_ dialect: CleanDialect) {
    self.dialect = dialect
    first = dialect.delimiter.first ?? UInt8(ascii: ",")
    isLong = dialect.delimiter.count > 1
    keepsDoubled = dialect.quote == UInt8(ascii: "\"")
    var inside = [UInt8](repeating: Class.plain, count: 256)
    for byte in [UInt8(ascii: ","), UInt8(ascii: "\""), 10, 13] {
      inside[Int(byte)] = Class.special
    }
    var outside = inside
    for table in [0, 1] {
      var classes = table == 0 ? inside : outside
      classes[0] = Class.nul
      if case .byte(let escape) = dialect.escape, table == 0 || dialect.escapesOutside {
        classes[Int(escape)] = Class.escape
      }
      if let quote = dialect.quote { classes[Int(quote)] = Class.quote }
      if table == 0 { inside = classes } else { outside = classes }
    }
    outside[10] = Class.feed
    outside[13] = Class.carriage
    outside[Int(first)] = Class.delimiter
    (self.inside, self.outside) = (inside, outside)
  }

  /// Cuts the record that starts at `start`; its cells are then in `cells`.
  /// - Parameter atEnd: whether the text ends with these bytes.
  mutating func cut(
    _ bytes: UnsafeBufferPointer<UInt8>, from start: Int, atEnd: Bool
  ) -> Outcome {
    cells.removeAll(keepingCapacity: true)
    let count = bytes.count
    var at = start
    while true {
      let outcome: Outcome?
      if at < count, let quote = dialect.quote, bytes[at] == quote {
        outcome = quoted(bytes, &at, atEnd)
      } else {
        outcome = unquoted(bytes, &at, atEnd)
      }
      if let outcome { return outcome }
      // What ends the field stands at `at`.
      if at == count { return atEnd ? .record(next: at) : .incomplete }
      if isDelimiter(bytes, at) {
        if cells.count >= RecordCutter.mostFields { return .tooWide }
        at += dialect.delimiter.count
        continue
      }
      if bytes[at] == 13, at + 1 == count, !atEnd { return .incomplete }
      return .record(next: at + RecordCutter.endLength(bytes, at))
    }
  }

  /// Bytes of the line end at a place: LF, CR or CR LF.
  static func endLength(_ bytes: UnsafeBufferPointer<UInt8>, _ at: Int) -> Int {
    bytes[at] == 13 && at + 1 < bytes.count && bytes[at + 1] == 10 ? 2 : 1
  }

  func isDelimiter(_ bytes: UnsafeBufferPointer<UInt8>, _ at: Int) -> Bool {
    guard bytes[at] == first else { return false }
    guard isLong else { return true }
    guard at + dialect.delimiter.count <= bytes.count else { return false }
    for index in 1..<dialect.delimiter.count
    where bytes[at + index] != dialect.delimiter[index] {
      return false
    }
    return true
  }

  /// Whether a line end stands at a place.
  func isLineEnd(_ bytes: UnsafeBufferPointer<UInt8>, _ at: Int) -> Bool {
    if bytes[at] == 10 { return true }
    guard bytes[at] == 13 else { return false }
    return dialect.returnEnds || at + 1 == bytes.count || bytes[at + 1] == 10
  }

  /// Whether what stands at a place can only be told with more text.
  private func isCut(_ bytes: UnsafeBufferPointer<UInt8>, _ at: Int, _ atEnd: Bool) -> Bool {
    guard !atEnd else { return false }
    return at + (isLong ? max(dialect.delimiter.count, 2) : 2) > bytes.count
  }

  private mutating func unquoted(
    _ bytes: UnsafeBufferPointer<UInt8>, _ at: inout Int, _ atEnd: Bool
  ) -> Outcome? {
    let start = at
    let count = bytes.count
    var form: LooseCell.Form = []
    fields: while true {
      while at < count, outside[Int(bytes[at])] == Class.plain { at += 1 }
      guard at < count else {
        if !atEnd { return .incomplete }
        break
      }
      switch outside[Int(bytes[at])] {
      case Class.delimiter:
        if isLong, isCut(bytes, at, atEnd) { return .incomplete }
        if isDelimiter(bytes, at) { break fields }
        if first == UInt8(ascii: ",") { form.insert(.special) }
      case Class.feed: break fields
      case Class.carriage:
        if isCut(bytes, at, atEnd) { return .incomplete }
        if isLineEnd(bytes, at) { break fields }
        form.insert(.special)
      case Class.nul: form.insert(.rewrite)
      case Class.escape:
        if isCut(bytes, at, atEnd) { return .incomplete }
        form.formUnion([.rewrite, .special, .escaped])
        if at + 1 < count, !isLineEnd(bytes, at + 1) { at += 1 }
      default:
        if bytes[at] == UInt8(ascii: "\"") { form.insert(.rewrite) }
        if bytes[at] == UInt8(ascii: "\"") || bytes[at] == UInt8(ascii: ",") {
          form.insert(.special)
        }
      }
      at += 1
    }
    cells.append(LooseCell(start: start, end: at, form: form))
    return nil
  }

  private mutating func quoted(
    _ bytes: UnsafeBufferPointer<UInt8>, _ at: inout Int, _ atEnd: Bool
  ) -> Outcome? {
    at += 1
    let start = at
    let count = bytes.count
    var form: LooseCell.Form = .quoted
    while true {
      while at < count, inside[Int(bytes[at])] == Class.plain { at += 1 }
      guard at < count else { return atEnd ? .broken : .incomplete }
      switch inside[Int(bytes[at])] {
      case Class.quote:
        if isCut(bytes, at + 1, atEnd), at + 1 == count || isLong || bytes[at + 1] == 13 {
          return .incomplete
        }
        if dialect.escape == .doubled, at + 1 < count, bytes[at + 1] == bytes[at] {
          form.formUnion(keepsDoubled ? .special : [.special, .rewrite])
          at += 1
        } else if at + 1 == count || isDelimiter(bytes, at + 1) || isLineEnd(bytes, at + 1) {
          cells.append(LooseCell(start: start, end: at, form: form))
          at += 1
          return nil
        } else {
          return .broken
        }
      case Class.nul: form.insert(.rewrite)
      case Class.escape:
        if at + 1 == count { return atEnd ? .broken : .incomplete }
        form.formUnion([.special, .rewrite])
        at += 1
      default:
        form.insert(.special)
        if bytes[at] == UInt8(ascii: "\"") { form.insert(.rewrite) }
      }
      at += 1
    }
  }
}
