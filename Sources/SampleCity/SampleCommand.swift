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

  @Option(help: "Folder of the sample; with --rows, the file to write.")
  var out: String

  @Option(help: "Folder for the reference tables (districts, borders, hierarchies).")
  var seeds: String?

  @Option(help: "Same seed, same bytes.")
  var seed: UInt64 = 2019

  mutating func run() throws {
    try writeSample()
  }

  private func writeSample() throws {
    let folder = OutputFolder(path: out)
    var truth = Truth(seed: seed)
    var requests = RequestsWriter(seed: seed)
    truth.datasets.append(try requests.write(to: folder))
    if let seeds { try SeedTables(seed: seed).write(to: OutputFolder(path: seeds)) }
    try folder.write(truth.json(), to: "truth.json")
    try folder.write(truth.lines(), to: "truth-lines.csv")
    for dataset in truth.datasets {
      let total = dataset.total
      print(
        dataset.name, "passed", total.passed, "rejected", total.total(.rejected), "skipped",
        total.total(.skipped))
    }
  }
}
