/// Replaces the identifiers in the texts of some columns. Nulls stay null; columns that are absent
/// stay absent; a batch without any comes out as it came in.
public struct Redaction: RowOperator {
  private let columns: [Int]
  private let names: [Int]
  private let kinds: Set<Identifier>
  /// By the kinds' rank.
  private let replacements: [[UInt8]]
  private let told: @Sendable (Counts) -> Void

  /// How many identifiers were replaced, and in how many texts.
  public struct Counts: Sendable, Equatable {
    /// By the kinds' rank.
    fileprivate var byRank = [Int](repeating: 0, count: Identifier.allCases.count)
    /// Texts, not empty, that were read.
    public internal(set) var texts = 0
    /// Texts in which something was replaced.
    public internal(set) var changed = 0

    public init() {}

    public subscript(kind: Identifier) -> Int { byRank[kind.rank] }

    mutating func add(_ other: Counts) {
      for rank in byRank.indices { byRank[rank] += other.byRank[rank] }
      texts += other.texts
      changed += other.changed
    }
  }

  /// - Parameters:
  ///   - columns: of texts.
  ///   - names: columns of texts that name the person of the row.
  ///   - replacement: what stands where one of a kind was.
  ///   - told: hears the counts when all rows have passed.
  public init(
    columns: [Int], names: [Int], kinds: Set<Identifier>, replacement: (Identifier) -> String,
    told: @escaping @Sendable (Counts) -> Void
  ) {
    (self.columns, self.names, self.kinds, self.told) = (columns, names, kinds, told)
    replacements = Identifier.allCases.map { Array(replacement($0).utf8) }
  }

  public func makeWorker() -> any RowWorker { Worker(self) }

  public func conclude(_ workers: [any RowWorker]) throws {
    var counts = Counts()
    for case let worker as Worker in workers { counts.add(worker.counts) }
    told(counts)
  }

  private final class Worker: RowWorker {
    private let plan: Redaction
    private var finder: IdentifierFinder
    private var person: Set<UInt128> = []
    private(set) var counts = Counts()
    private(set) var tally = Tally()

    init(_ plan: Redaction) {
      self.plan = plan
      finder = IdentifierFinder(plan.kinds)
    }

    func process(_ batch: Batch) throws -> Batch {
      tally.rowsIn += batch.rowCount
      tally.rowsOut += batch.rowCount
      var names: [(texts: TextValues, validity: Validity)] = []
      for place in plan.names {
        guard batch.columns.indices.contains(place), batch.columns[place].type == .text else {
          throw OperatorMessages.wrongColumn
        }
        guard case .text(let texts) = batch.columns[place].values else { continue }
        names.append((texts, batch.columns[place].validity))
      }
      var batch = batch
      for place in plan.columns {
        guard batch.columns.indices.contains(place), batch.columns[place].type == .text else {
          throw OperatorMessages.wrongColumn
        }
        guard case .text(let texts) = batch.columns[place].values else { continue }
        let validity = batch.columns[place].validity
        let redacted =
          names.isEmpty && texts.codes != nil
          ? entries(texts, validity) : rows(texts, validity, names)
        guard let redacted else { continue }
        if redacted.overflowed { throw OperatorMessages.textTooLarge }
        batch.columns[place].values = .text(redacted)
      }
      return batch
    }

    /// Row by row.
    /// - Returns: nil when nothing is replaced.
    private func rows(
      _ texts: TextValues, _ validity: Validity,
      _ names: [(texts: TextValues, validity: Validity)]
    ) -> TextValues? {
      var result: TextValues?
      let bytes = texts.bytes.span
      for row in 0..<texts.count {
        let range = texts.range(row)
        guard validity[row], !range.isEmpty else {
          result?.append([])
          continue
        }
        if !names.isEmpty { know(names, row) }
        counts.texts += 1
        if finder.find(in: bytes.extracting(range), names: person) {
          if result == nil { result = TextValues.first(row, of: texts) }
          count(times: 1)
          result?.append(replaced(bytes, range)[...])
        } else {
          result?.append(texts.bytes[range])
        }
      }
      return result
    }

    /// Text by text of a dictionary.
    private func entries(_ texts: TextValues, _ validity: Validity) -> TextValues? {
      guard let codes = texts.codes else { return nil }
      var times = [Int](repeating: 0, count: texts.entryCount)
      for row in codes.indices where validity[row] { times[Int(codes[row])] += 1 }
      var result = TextValues(codes: codes)
      var isChanged = false
      let bytes = texts.bytes.span
      for entry in times.indices {
        let range = Int(texts.offsets[entry])..<Int(texts.offsets[entry + 1])
        if times[entry] > 0, !range.isEmpty {
          counts.texts += times[entry]
          if finder.find(in: bytes.extracting(range)) {
            isChanged = true
            count(times: times[entry])
            result.append(replaced(bytes, range)[...])
            continue
          }
        }
        result.append(texts.bytes[range])
      }
      return isChanged ? result : nil
    }

    private func know(_ names: [(texts: TextValues, validity: Validity)], _ row: Int) {
      person.removeAll(keepingCapacity: true)
      for name in names where name.validity[row] {
        IdentifierFinder.nameWords(name.texts.bytes[name.texts.range(row)], into: &person)
      }
    }

    private func count(times: Int) {
      counts.changed += times
      for match in finder.matches { counts.byRank[match.kind.rank] += times }
    }

    private func replaced(_ bytes: Span<UInt8>, _ range: Range<Int>) -> [UInt8] {
      var text: [UInt8] = []
      text.reserveCapacity(range.count)
      var place = range.lowerBound
      for match in finder.matches {
        for index in place..<(range.lowerBound + match.range.lowerBound) {
          text.append(bytes[index])
        }
        text += plan.replacements[match.kind.rank]
        place = range.lowerBound + match.range.upperBound
      }
      for index in place..<range.upperBound { text.append(bytes[index]) }
      return text
    }
  }
}

extension TextValues {
  /// The texts of the first rows, to be gone on with.
  fileprivate static func first(_ rows: Int, of texts: TextValues) -> TextValues {
    var result = TextValues()
    result.bytes.reserveCapacity(texts.bytes.count)
    result.offsets.reserveCapacity(texts.count + 1)
    for row in 0..<rows { result.append(texts.bytes[texts.range(row)]) }
    return result
  }
}
