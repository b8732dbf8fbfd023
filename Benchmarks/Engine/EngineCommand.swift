import Foundation
import Octroi
import Pipeline
import Tabular

/// Runs a pipeline without hashing its inputs and without the ledger, so that the benchmarks can
/// tell the engine's time from that of the accounting. Everything else is as in `octroi run`: it
/// is the same code.
@main
enum EngineCommand {
  static func main() {
    let arguments = CommandLine.arguments
    guard arguments.count == 4, let threads = Int(arguments[2]), threads > 0,
      let megabytes = Int(arguments[3]), megabytes > 0
    else {
      say("usage: octroi-engine PIPELINE THREADS MEGABYTES")
      exit(2)
    }
    let checked = Project.check(arguments[1], allowOutside: true)
    guard let plan = checked.plan else {
      say(DiagnosticText.lines(checked.diagnostics, .en))
      exit(2)
    }
    var options = RunOptions(
      threads: threads, memory: megabytes << 20, language: .en, version: octroiVersion)
    options.isRemembered = false
    let result = Project.run(plan, options)
    if let error = result.error { say(error.text(.en)) }
    exit(result.exit.rawValue)
  }

  private static func say(_ text: String) {
    FileHandle.standardError.write(Data((text + "\n").utf8))
  }
}
