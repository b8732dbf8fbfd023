import Tabular

/// The rejects of one block as lines of the reject file, appended to a buffer. What repeats from
/// one to the next is made once.
struct RejectText {
  /// What many rejects have in common.
  private struct Cause: Hashable {
    let kind: RejectKind
    let reason: Int?
    let column: Int?
    let fields: Int?

    init(_ reject: Reject) {
      (kind, reason) = (reject.kind, reject.reason)
      (column, fields) = (reject.column, reject.fields)
    }
  }

  /// The cells of a cause: between the places and the record's text, and after it.
  private struct Cells {
    let before: [UInt8]
    let after: [UInt8]
  }

  /// Causes whose cells are kept.
  private static let mostCauses = 256

  private(set) var bytes: [UInt8]
  private let block: [UInt8]
  private let file: [UInt8]
  private let encoding: TextEncoding
  private let language: Language
  private let line: Int
  private let byte: Int
  private var known: [Cause: Cells] = [:]
  private var last: (cause: Cause, cells: Cells)?

  /// - Parameters:
  ///   - bytes: the buffer.
  ///   - line, byte: of the start of the block in the file.
  init(_ bytes: consuming [UInt8], _ work: BlockWork, line: Int, byte: Int, _ language: Language) {
    self.bytes = bytes
    (self.line, self.byte, self.language) = (line, byte, language)
    block = work.block.bytes
    encoding = work.plan.probe.encoding
    var name: [UInt8] = []
    RejectText.cell(work.plan.probe.file.name, in: &name)
    file = name
  }

  /// Appends a line.
  /// - Parameter walk: where the reject comes from.
  mutating func append(_ reject: Reject, _ walk: RejectWalk) {
    let cells = cells(reject, walk)
    bytes.append(contentsOf: file)
    number(line + reject.line)
    number(byte + reject.lineBytes)
    number(byte + reject.bytes)
    bytes.append(contentsOf: cells.before)
    quote(reject.text)
    bytes.append(contentsOf: cells.after)
  }

  /// Hands the buffer over; `take(back:)` must follow.
  mutating func give() -> [UInt8] {
    let given = bytes
    bytes = []
    return given
  }

  /// Goes on with an emptied buffer.
  mutating func take(back buffer: consuming [UInt8]) { bytes = buffer }

  /// A cell and the comma behind it.
  static func cell(_ text: String, in bytes: inout [UInt8], last: Bool = false) {
    let utf8 = Array(text.utf8)
    if utf8.contains(where: { $0 == 0x22 || $0 == 0x2C || $0 == 0x0A || $0 == 0x0D }) {
      quote(utf8[...], in: &bytes)
    } else {
      bytes.append(contentsOf: utf8)
    }
    bytes.append(last ? 0x0A : UInt8(ascii: ","))
  }

  private mutating func cells(_ reject: Reject, _ walk: RejectWalk) -> Cells {
    let cause = Cause(reject)
    if let last, last.cause == cause { return last.cells }
    let cells = known[cause] ?? make(reject, walk)
    if known.count >= RejectText.mostCauses { known.removeAll(keepingCapacity: true) }
    known[cause] = cells
    last = (cause, cells)
    return cells
  }

  private func make(_ reject: Reject, _ walk: RejectWalk) -> Cells {
    var before: [UInt8] = []
    RejectText.cell(reject.column.map { String($0 + 1) } ?? "", in: &before)
    RejectText.cell(walk.columnName(reject) ?? "", in: &before)
    RejectText.cell(reject.kind.errorType, in: &before)
    var after = [UInt8(ascii: ",")]
    RejectText.cell(reject.kind.message.text(language), in: &after)
    RejectText.cell(walk.rule(reject), in: &after, last: true)
    return Cells(before: before, after: after)
  }

  private mutating func number(_ value: Int) {
    var digits = InlineArray<20, UInt8>(repeating: 0)
    var (rest, first) = (value.magnitude, 20)
    repeat {
      first -= 1
      digits[first] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10)
      rest /= 10
    } while rest > 0
    for place in first..<20 { bytes.append(digits[place]) }
    bytes.append(UInt8(ascii: ","))
  }

  /// A part of the block in UTF-8, in quotes.
  private mutating func quote(_ range: Range<Int>) {
    let text = isPlain(range) ? block[range] : encoding.utf8(block[range])[...]
    RejectText.quote(text, in: &bytes)
  }

  /// Whether bytes are UTF-8 as they stand.
  private func isPlain(_ range: Range<Int>) -> Bool {
    let span = block.span.extracting(range)
    return encoding.isSingleByte
      ? !RejectText.holdsUpperHalf(span) : UTF8Check.firstInvalid(span) == nil
  }

  private static func holdsUpperHalf(_ span: Span<UInt8>) -> Bool {
    var all: UInt8 = 0
    for place in span.indices { all |= span[place] }
    return all >= 0x80
  }

  private static func quote(_ text: ArraySlice<UInt8>, in bytes: inout [UInt8]) {
    bytes.append(0x22)
    var from = text.startIndex
    while let quote = text[from...].firstIndex(of: 0x22) {
      bytes.append(contentsOf: text[from...quote])
      bytes.append(0x22)
      from = quote + 1
    }
    bytes.append(contentsOf: text[from...])
    bytes.append(0x22)
  }
}
