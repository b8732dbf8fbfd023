import Tabular

/// Finds out how a text is cut, where that is not declared. Each candidate dialect cuts the
/// beginning of the text; the one whose records agree most in width, and whose cells look most
/// like values of one kind a column, is taken. If a schema is known, a record that holds its names
/// decides before everything else.
package struct DialectDetector {
  /// What one candidate made of the sample.
  private struct Trial {
    let dialect: Dialect
    let score: Double
    /// The most names of the schema found in one record.
    let named: Int
    /// The usual number of fields.
    let width: Int
    /// The share of records that have it.
    let share: Double
    /// Cells that are soundly quoted, and records whose quoting is not sound.
    let quoted: Int
    let broken: Int

    func scaled(_ factor: Double) -> Trial {
      Trial(
        dialect: dialect, score: score * factor, named: named, width: width, share: share,
        quoted: quoted, broken: broken)
    }
  }

  /// Bytes that are looked at for the dialect.
  private static let scored = 1 << 16
  private static let delimiters: [(byte: UInt8, prior: Double)] = [
    (UInt8(ascii: ";"), 1), (UInt8(ascii: ","), 1), (0x09, 1), (UInt8(ascii: "|"), 1),
    (UInt8(ascii: ":"), 0.6), (UInt8(ascii: "^"), 0.8), (UInt8(ascii: "~"), 0.8), (0x20, 0.5),
  ]

  let text: [UInt8]
  let isWhole: Bool
  let options: DialectOptions
  /// Names that the header may hold, folded.
  let names: Set<String>

  /// - Parameters:
  ///   - text: the beginning of the text in UTF-8 (or another encoding that agrees on ASCII).
  ///   - isWhole: whether that is all of it.
  ///   - names: the schema's names and aliases.
  package static func detect(
    _ text: [UInt8], isWhole: Bool, options: DialectOptions, names: [String] = []
  ) -> DetectedDialect {
    DialectDetector(
      text: text, isWhole: isWhole, options: options, names: Set(names.map(NearMiss.folded))
    ).detect()
  }

  private func detect() -> DetectedDialect {
    var detections: [Detection] = []
    var base = Dialect(encoding: options.encoding ?? .utf8)
    base.lineEnd = options.lineEnd ?? lineEnd()
    if options.lineEnd == nil, base.lineEnd == .carriageReturn {
      detections.append(
        Detection(
          "line_end", "cr",
          Message(en: "no line feed, only carriage returns", fr: "aucun LF, seulement des CR")))
    }
    var declared = options
    if let separator = separatorLine(base.lineEnd), options.delimiter == nil {
      declared.delimiter = separator
      detections.append(
        Detection(
          "delimiter", Detection.name(separator),
          Message(en: "the first line says 'sep='", fr: "la première ligne dit « sep= »")))
    }
    let trials = weighed(candidates(base, declared).map(trial)).sorted(by: better)
    guard let best = trials.first else { return DetectedDialect(dialect: base, detections: []) }
    detections += evidence(best, trials, declared)
    return DetectedDialect(dialect: best.dialect, detections: detections)
  }

  /// Takes candidates without quotes back where quotes work: a few stray ones, in a file that
  /// quotes, are broken records and not another dialect.
  private func weighed(_ trials: [Trial]) -> [Trial] {
    trials.map { trial in
      guard trial.dialect.quote == nil else { return trial }
      let works = trials.contains {
        $0.dialect.quote == UInt8(ascii: "\"") && $0.dialect.delimiter == trial.dialect.delimiter
          && $0.quoted * 4 >= $0.broken
      }
      return works ? trial.scaled(0.5) : trial
    }
  }

  private func better(_ left: Trial, _ right: Trial) -> Bool {
    if left.named != right.named, max(left.named, right.named) * 2 >= names.count {
      return left.named > right.named
    }
    return left.score > right.score
  }

  private func lineEnd() -> Dialect.LineEnd {
    !text.contains(0x0A) && text.contains(0x0D) ? .carriageReturn : .feed
  }

  /// The delimiter that a first line `sep=;`, as spreadsheets write it, names.
  private func separatorLine(_ lineEnd: Dialect.LineEnd) -> UInt8? {
    var line = text.prefix(12).prefix { $0 != 0x0A && $0 != 0x0D }
    if line.first == UInt8(ascii: "\""), line.last == UInt8(ascii: "\"") {
      line = line.dropFirst().dropLast()
    }
    guard line.count == 5, let last = line.last else { return nil }
    let word = String(decoding: line.dropLast(), as: UTF8.self).lowercased()
    return word == "sep=" ? last : nil
  }

  private func candidates(_ base: Dialect, _ declared: DialectOptions) -> [Dialect] {
    let present = Set(text.prefix(DialectDetector.scored))
    var delimiters = DialectDetector.delimiters.map(\.byte).filter(present.contains)
    // Nothing that cuts: one column.
    if delimiters.isEmpty { delimiters = [UInt8(ascii: ",")] }
    if let delimiter = declared.delimiter { delimiters = [delimiter] }
    var quotes: [UInt8?] = [UInt8(ascii: "\"")]
    if present.contains(UInt8(ascii: "'")) { quotes.append(UInt8(ascii: "'")) }
    if present.contains(UInt8(ascii: "\"")) { quotes.append(nil) }
    if let quote = declared.quote { quotes = [quote] }
    var all: [Dialect] = []
    for delimiter in delimiters {
      for quote in quotes where quote != delimiter {
        for escape in escapes(quote, declared) {
          var dialect = base
          (dialect.delimiter, dialect.quote, dialect.escape) = (delimiter, quote, escape)
          all.append(dialect)
        }
      }
    }
    return all
  }

  private func escapes(_ quote: UInt8?, _ declared: DialectOptions) -> [UInt8?] {
    if let escape = declared.escape { return [escape] }
    guard let quote else { return [nil] }
    let backslash = UInt8(ascii: "\\")
    let sample = text.prefix(DialectDetector.scored)
    let escaped = zip(sample, sample.dropFirst()).contains { $0 == backslash && $1 == quote }
    return escaped ? [nil, backslash] : [nil]
  }

  private func trial(_ dialect: Dialect) -> Trial {
    let sample = Array(text.prefix(DialectDetector.scored))
    let table = SampleTable(
      sample, dialect, isWhole: isWhole && sample.count == text.count, limit: 1000)
    var widths: [Int: Int] = [:]
    var total = 0
    for row in table.rows where !row.isBlank {
      widths[row.isBroken ? -1 : row.cells.count, default: 0] += 1
      total += 1
    }
    let usual = widths.filter { $0.key > 0 }
      .max { ($0.value, $0.key) < ($1.value, $1.key) }
    guard let usual, total > 0 else {
      return Trial(
        dialect: dialect, score: 0, named: 0, width: 1, share: 0, quoted: 0, broken: 0)
    }
    let prior = DialectDetector.delimiters.first { $0.byte == dialect.delimiter }?.prior ?? 0.7
    let score = agreement(widths, total) * kindness(table, usual.key) * prior
    return Trial(
      dialect: dialect, score: score, named: named(table), width: usual.key,
      share: Double(usual.value) / Double(total), quoted: table.cells.count { $0.isQuoted },
      broken: widths[-1] ?? 0)
  }

  /// How much the records agree in width: each width's share, weighted by how much it cuts, over
  /// the effective number of widths (the inverse of Simpson's index), so that a few polluted rows
  /// cost little and an even mixture much.
  private func agreement(_ widths: [Int: Int], _ total: Int) -> Double {
    var weighted = 0.0
    var simpson = 0.0
    for (width, count) in widths.sorted(by: { $0.key < $1.key }) {
      let share = Double(count) / Double(total)
      simpson += share * share
      // A single column is a possibility, and worth little.
      if width > 0 { weighted += share * max(0.2, Double(width - 1) / Double(width)) }
    }
    return weighted * simpson
  }

  /// How much the cells of the usual rows look like values, and like each other in a column.
  private func kindness(_ table: SampleTable, _ width: Int) -> Double {
    var quality = 0.0
    var counted = 0
    var kinds = [[CellKind: Int]](repeating: [:], count: width)
    for row in table.rows.prefix(400) where row.cells.count == width && !row.isBlank {
      for (column, cell) in table.cells(row).enumerated() {
        let kind = CellKind.of(
          table.text[cell.bytes], isQuoted: cell.isQuoted, quote: UInt8(ascii: "\""))
        guard kind != .empty else { continue }
        quality += kind.quality
        counted += 1
        kinds[column][kind, default: 0] += 1
      }
    }
    guard counted > 0 else { return 0.01 }
    var uniform = 0.0
    var columns = 0.0
    for counts in kinds where !counts.isEmpty {
      let sum = counts.values.reduce(0, +)
      uniform += Double(counts.values.max() ?? 0) / Double(sum)
      columns += 1
    }
    return quality / Double(counted) * (0.4 + 0.6 * uniform / columns)
  }

  private func named(_ table: SampleTable) -> Int {
    guard !names.isEmpty else { return 0 }
    var most = 0
    for row in table.rows.prefix(100) {
      let found = ColumnNames.folded(table.cells(row).map(table.string))
      most = max(most, found.intersection(names).count)
    }
    return most
  }

  private func evidence(
    _ best: Trial, _ trials: [Trial], _ declared: DialectOptions
  ) -> [Detection] {
    var found: [Detection] = []
    let percent = Int((best.share * 100).rounded(.down))
    if declared.delimiter == nil {
      let rival = trials.first { $0.dialect.delimiter != best.dialect.delimiter }
      let close = rival.map { $0.named == best.named && $0.score > best.score * 0.85 } ?? false
      var evidence = Message(
        en: "\(percent) % of records have \(best.width) fields",
        fr: "\(percent) % des enregistrements ont \(best.width) champs")
      if close, let rival {
        let other = Detection.name(rival.dialect.delimiter)
        evidence = Message(
          en: evidence.en + "; '\(other)' would do nearly as well",
          fr: evidence.fr + " ; « \(other) » conviendrait presque aussi bien")
      }
      found.append(
        Detection(
          "delimiter", Detection.name(best.dialect.delimiter), evidence, isAmbiguous: close))
    }
    if declared.quote == nil, best.dialect.quote != UInt8(ascii: "\"") {
      found.append(
        Detection(
          "quote", Detection.name(best.dialect.quote),
          Message(
            en: "records agree best in their number of fields",
            fr: "c’est ainsi que les enregistrements s’accordent le mieux")))
    }
    if declared.escape == nil, let escape = best.dialect.escape {
      found.append(
        Detection(
          "escape", Detection.name(escape),
          Message(
            en: "quotes follow it within quotes", fr: "des guillemets le suivent entre guillemets"))
      )
    }
    return found
  }
}

/// Coarse kinds of cells, for telling whether a cut makes sense.
enum CellKind: Hashable {
  case empty
  case number
  case date
  case time
  case special
  case word
  /// Text between quotes: whatever it holds, it was meant to be one cell.
  case quoted
  case text
  /// Holds what separates cells elsewhere.
  case mixed
  case broken

  var quality: Double {
    switch self {
    case .empty: 0
    case .number, .date, .time, .special: 1
    case .quoted: 0.95
    case .word: 0.85
    case .text: 0.6
    case .mixed: 0.35
    case .broken: 0.05
    }
  }

  static func of(_ bytes: ArraySlice<UInt8>, isQuoted: Bool, quote: UInt8) -> CellKind {
    let shapes = CellShapes.of(bytes)
    if shapes.contains(.empty) { return .empty }
    if !shapes.isDisjoint(with: .dates) { return .date }
    if shapes.contains(.time) { return .time }
    if !shapes.isDisjoint(with: CellShapes.numbers.union(.leadingZero)) { return .number }
    if !shapes.isDisjoint(with: [.email, .url, .phone, .boolean, .sheetError]) { return .special }
    if isQuoted { return .quoted }
    if !shapes.isDisjoint(with: [.words, .code]) { return .word }
    for byte in bytes {
      if byte == UInt8(ascii: ";") || byte == UInt8(ascii: "|") || byte == 0x09 { return .broken }
    }
    if bytes.first == quote || bytes.last == quote { return .broken }
    return bytes.contains(UInt8(ascii: ",")) ? .mixed : .text
  }
}
