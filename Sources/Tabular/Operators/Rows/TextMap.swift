/// Gives an answer for each text, on one thread. Asked once for each different text, as long as it
/// is remembered.
public protocol TextAnswers: AnyObject {
  /// Appends the answer, the same whenever it is asked.
  /// - Returns: false when the answer is null; then nothing is appended.
  func answer(_ text: Span<UInt8>, into answer: inout [UInt8]) throws -> Bool
}

/// Replaces the texts of some columns by answers to them. Nulls stay null; columns that are absent
/// stay absent.
public struct TextMap: RowOperator {
  /// A column with what answers for its texts.
  public struct Change: Sendable {
    let column: Int
    let makeAnswers: @Sendable () -> any TextAnswers

    public init(column: Int, _ makeAnswers: @escaping @Sendable () -> any TextAnswers) {
      (self.column, self.makeAnswers) = (column, makeAnswers)
    }
  }

  private let changes: [Change]
  private let remembered: Int

  /// - Parameter remembered: how many different texts of a column a worker remembers before it
  ///   starts anew.
  public init(_ changes: [Change], remembered: Int = 500_000) {
    (self.changes, self.remembered) = (changes, remembered)
  }

  public func makeWorker() -> any RowWorker { Worker(changes, remembered) }

  private final class Worker: RowWorker {
    private let columns: [Int]
    private var memories: [Memory]
    private(set) var tally = Tally()

    init(_ changes: [Change], _ remembered: Int) {
      columns = changes.map(\.column)
      memories = changes.map { Memory($0.makeAnswers(), remembered) }
    }

    func process(_ batch: Batch) throws -> Batch {
      tally.rowsIn += batch.rowCount
      tally.rowsOut += batch.rowCount
      var batch = batch
      for (index, position) in columns.enumerated() {
        guard batch.columns.indices.contains(position), batch.columns[position].type == .text
        else { throw OperatorMessages.wrongColumn }
        if batch.columns[position].isAbsent { continue }
        batch.columns[position] = try memories[index].mapped(batch.columns[position])
      }
      return batch
    }
  }

  /// The answers of one column so far.
  private struct Memory {
    private enum Answer {
      case unasked
      case null
      /// Where it lies in `given`.
      case text(Range<Int>)
    }

    private let answers: any TextAnswers
    private let remembered: Int
    private var known = KeyColumn(.text, .run)
    private var given: [UInt8] = []
    private var answered: [Answer] = []
    private var ids: [Int32] = []
    /// The entries of the batch at hand by number; −1 for none.
    private var places: [Int32] = []

    init(_ answers: any TextAnswers, _ remembered: Int) {
      (self.answers, self.remembered) = (answers, remembered)
    }

    mutating func mapped(_ column: Column) throws -> Column {
      guard case .text(let texts) = column.values else { throw OperatorMessages.wrongColumn }
      if answered.count > remembered {
        (known, given, answered, places) = (KeyColumn(.text, .run), [], [], [])
      }
      try known.assign(column, into: &ids)
      // Some numbers may stand in no row: those of what lies under nulls.
      answered += Array(repeating: .unasked, count: max(0, known.count - answered.count))
      places += Array(repeating: -1, count: answered.count - places.count)
      try ask(texts, column.validity)
      // Entries of this batch only, so that a batch does not carry all that was ever seen.
      var entries: [Int32] = []
      var codes = ids
      var hasNulls = false
      for row in ids.indices {
        let id = Int(ids[row])
        if places[id] < 0 {
          places[id] = Int32(truncatingIfNeeded: entries.count)
          entries.append(ids[row])
          if case .null = answered[id] { hasNulls = true }
        }
        codes[row] = places[id]
      }
      var result = TextValues(codes: codes)
      for id in entries {
        places[Int(id)] = -1
        if case .text(let range) = answered[Int(id)] {
          result.append(given[range])
        } else {
          result.append([])
        }
      }
      if result.overflowed { throw OperatorMessages.textTooLarge }
      return Column(.text(result), validity: hasNulls ? validity() : .all)
    }

    private func validity() -> Validity {
      Validity(
        flags: ids.map {
          if case .null = answered[Int($0)] { return false }
          return true
        })
    }

    /// Asks for the texts that are new in this batch.
    private mutating func ask(_ texts: TextValues, _ validity: Validity) throws {
      for row in ids.indices {
        guard case .unasked = answered[Int(ids[row])] else { continue }
        let start = given.count
        let text = texts.bytes.span.extracting(texts.range(row))
        let hasAnswer = try validity[row] && answers.answer(text, into: &given)
        answered[Int(ids[row])] = hasAnswer ? .text(start..<given.count) : .null
      }
    }
  }
}
