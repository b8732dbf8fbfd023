import Ingest
import StageKit
import Tabular

/// Carries a plan out for somebody who only looks: no lock, no outputs, no ledger, and rejects are
/// told to whoever asks instead of being written to a file.
struct LookExecution {
  let plan: Plan
  let language: Language
  let threads: Int

  /// - Parameter records: follows records of a source; called whenever the source is opened.
  /// - Returns: the accounts of the sources that were read to their ends.
  /// - Throws: `RunError`.
  @discardableResult
  func run(
    _ watch: Watch, records: @escaping (PlannedSource) -> RecordWatch? = { _ in nil }
  ) throws -> [SourceReport] {
    do {
      let state = try StateFolder(root: plan.root)
      let scratch = try LookScratch(state)
      let files = SettledFiles(root: plan.root, scratch: scratch.path)
      let resources = Resources(
        threads: threads, memory: 1 << 30, scratch: scratch.path,
        checkpoint: { try Interruption.check() })
      let keys = LookKeys(files: KeyFiles(state, plan.charter))
      let execution = Execution(
        plan, resources: resources, keys: keys,
        vault: RunVault(path: nil, keys: keys, day: ""), sinks: [],
        watch: watch, progress: { _ in }
      ) { [language] source, wanted, findings in
        var description = try files.description(of: source, language)
        (description.wanted, description.findings) = (wanted, findings)
        // A source that a run would refuse is what people want to look at.
        description.rejectLimit = .count(.max)
        description.watch = records(source)
        return try SourceScan.open(description, resources)
      }
      try execution.run()
      return execution.reports
    } catch is FirstRows.Enough {
      return []
    } catch {
      throw RunError.explaining(error)
    }
  }
}
