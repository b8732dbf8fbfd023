/// What the generator put into a file, counted while it wrote.
struct FileTruth {
  let name: String
  var passed = 0
  var counts = [Int](repeating: 0, count: Breakage.allCases.count)
  /// Where each odd line begins: physical line, from 1, and what it is.
  var places: [(line: Int, kind: Breakage)] = []

  mutating func note(_ kind: Breakage, line: Int) {
    counts[FileTruth.index(kind)] += 1
    places.append((line, kind))
  }

  func total(_ outcome: Breakage.Outcome) -> Int {
    Breakage.allCases.reduce(0) { sum, kind in
      kind.outcome == outcome ? sum + counts[FileTruth.index(kind)] : sum
    }
  }

  static func index(_ kind: Breakage) -> Int {
    Breakage.allCases.firstIndex(of: kind) ?? 0
  }

  mutating func add(_ other: FileTruth) {
    passed += other.passed
    for index in counts.indices { counts[index] += other.counts[index] }
  }

  /// read = passed + rejected + skipped.
  func json(named key: String) -> OrderedJSON {
    func kinds(_ outcome: Breakage.Outcome) -> OrderedJSON {
      .object(
        Breakage.allCases.compactMap { kind in
          let count = counts[FileTruth.index(kind)]
          return kind.outcome == outcome && count > 0 ? (kind.rawValue, .integer(count)) : nil
        })
    }
    let rejected = total(.rejected)
    let skipped = total(.skipped)
    return .object([
      (key, .text(name)),
      ("read", .integer(passed + rejected + skipped)),
      ("passed", .integer(passed)),
      ("rejected", .integer(rejected)),
      ("skipped", .integer(skipped)),
      ("rejected_by", kinds(.rejected)),
      ("skipped_by", kinds(.skipped)),
      ("warned_by", kinds(.warned)),
    ])
  }
}

/// What the generator knows of one data set: its files, and sums over its good rows.
struct DatasetTruth {
  let name: String
  var dialect: [(String, OrderedJSON)]
  var files: [FileTruth] = []
  var checks: [(String, OrderedJSON)] = []

  var total: FileTruth {
    files.reduce(into: FileTruth(name: name)) { $0.add($1) }
  }

  var json: OrderedJSON {
    .object([
      ("dialect", .object(dialect)),
      ("total", total.json(named: "name")),
      ("checks", .object(checks)),
      ("files", .list(files.map { $0.json(named: "file") })),
    ])
  }
}

/// The whole of `truth.json`, and the list of odd lines beside it.
struct Truth {
  let seed: UInt64
  var datasets: [DatasetTruth] = []

  func json() -> [UInt8] {
    OrderedJSON.object([
      ("city", .text(City.name)),
      ("seed", .digits(String(seed))),
      (
        "definitions",
        .object([
          (
            "record",
            .text(
              "RFC 4180; a quote means something only at the start of a field. A record may "
                + "span several physical lines. When its quoting breaks a rule, only the physical "
                + "line on which the record began is rejected and reading resumes at the next.")
          ),
          ("read", .text("passed + rejected + skipped; the header itself is not counted")),
          ("checks", .text("computed over the rows that pass")),
          ("line", .text("in truth-lines.csv: the physical line, from 1, where the row begins")),
        ])
      ),
      ("rules", .object(Breakage.allCases.map { ($0.rawValue, .text($0.rule)) })),
      ("datasets", .object(datasets.map { ($0.name, $0.json) })),
    ]).rendered()
  }

  /// `file,line,kind`, a row for each odd line, in file order.
  func lines() -> [UInt8] {
    var out = [UInt8]("file,line,kind\n".utf8)
    for file in datasets.flatMap(\.files) {
      for place in file.places {
        out += "\(file.name),\(place.line),\(place.kind.rawValue)\n".utf8
      }
    }
    return out
  }
}
