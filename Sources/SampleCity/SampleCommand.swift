import ArgumentParser

/// Writes the sample city, byte for byte the same for the same seed.
@main
struct SampleCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "octroi-sample",
    abstract: "Writes the data of \(City.name), a city that does not exist.",
    discussion: """
      The sample:     octroi-sample --out SampleData --seeds seeds --seed 2019
      For benchmarks: octroi-sample --rows 7000000 --format requests --out requests.csv
      """)

  enum Format: String, ExpressibleByArgument, CaseIterable {
    /// Residents' requests, 12 columns.
    case requests
  }

  @Option(help: "Folder of the sample; with --rows, the file to write.")
  var out: String

  @Option(help: "Folder for the reference tables (districts, borders, hierarchies).")
  var seeds: String?

  @Option(help: "Same seed, same bytes.")
  var seed: UInt64 = 2019

  @Option(help: "Write this many rows to one file, for benchmarks.")
  var rows: Int?

  @Option(help: "What the rows are.")
  var format: Format = .requests

  @Flag(help: "Compress the rows.")
  var gz = false

  @Flag(help: "Rows without breakage, grouped thousands or line breaks in fields.")
  var clean = false

  @Option(help: "';' (decimal comma, dd/mm/yyyy, CR LF) or ',' (decimal point, ISO dates, LF).")
  var delimiter = ","

  @Option(help: "utf-8 or windows-1252.")
  var encoding = TextEncoding.utf8.rawValue

  func validate() throws {
    guard [",", ";"].contains(delimiter) else {
      throw ValidationError("--delimiter must be ',' or ';' / doit être ',' ou ';'")
    }
    guard ["utf-8", "windows-1252"].contains(encoding) else {
      throw ValidationError(
        "--encoding must be utf-8 or windows-1252 / doit être utf-8 ou windows-1252")
    }
    if let rows, rows < 0 {
      throw ValidationError("--rows must not be negative / ne peut être négatif")
    }
  }

  func run() throws {
    if let rows { try writeBenchmark(rows) } else { try writeSample() }
  }

  private func writeBenchmark(_ count: Int) throws {
    let style = BenchmarkRows.Style(
      delimiter: delimiter == ";" ? UInt8(ascii: ";") : UInt8(ascii: ","),
      encoding: TextEncoding(rawValue: encoding) ?? .utf8, clean: clean)
    var generator = try BenchmarkRows(style: style, seed: seed)
    let written = try BenchmarkFile(path: out, gzip: gz).write(count, &generator)
    print("\(out): \(count) rows, \(written.broken) broken, \(written.bytes) bytes of CSV")
  }

  private func writeSample() throws {
    let folder = OutputFolder(path: out)
    var truth = Truth(seed: seed)
    let writers: [any DatasetWriter] = [
      RequestsWriter(seed: seed), BicyclesWriter(seed: seed), ParkingWriter(seed: seed),
      LibraryWriter(seed: seed), PermitsWriter(seed: seed), BusinessesWriter(seed: seed),
    ]
    for var writer in writers { truth.datasets.append(try writer.write(to: folder)) }
    if let seeds { try SeedTables(seed: seed).write(to: OutputFolder(path: seeds)) }
    try folder.write(truth.json(), to: "truth.json")
    try folder.write(truth.lines(), to: "truth-lines.csv")
    for dataset in truth.datasets {
      let total = dataset.total
      print(
        "\(dataset.name): \(total.passed) good rows, \(total.total(.rejected)) broken, "
          + "\(total.total(.skipped)) lines to skip")
    }
  }
}
