import StageKit
import Tabular

extension Why {
  /// Which run to explain, and beside which other.
  public struct Question: Sendable {
    /// A source, step or output.
    public let name: String
    /// The name of its pipeline; nil for the latest that has the name.
    public let pipeline: String?
    /// Nil for the latest run that ended well.
    public let run: Int64?
    /// Nil for the run before that ended well.
    public let against: Int64?

    public init(_ name: String, pipeline: String?, run: Int64?, against: Int64?) {
      (self.name, self.pipeline, self.run, self.against) = (name, pipeline, run, against)
    }
  }

  /// Asks the ledger.
  /// - Parameter root: the project's.
  /// - Throws: `RunError`: exit 2 when no run knows the name or the number, 3 when there is no run.
  public init(_ question: Question, root: String) throws {
    do {
      guard let ledger = try Ledger.open(root: root) else {
        throw RunError(.input, WhyMessages.noRun)
      }
      try self.init(asking: ledger, question)
    } catch {
      throw RunError.explaining(error)
    }
  }

  /// How many runs back a name is looked for.
  private static let horizon = 200

  private init(asking ledger: Ledger, _ question: Question) throws {
    let (pipeline, id) = (question.pipeline, question.run)
    guard let newest = try ledger.account(pipeline: pipeline, id: id, done: id == nil) else {
      throw id.map { RunError(.spec, WhyMessages.noSuchRun($0)) }
        ?? RunError(.input, WhyMessages.noRun)
    }
    let found = try ledger.account(
      pipeline: pipeline, id: id, done: id == nil, most: Self.horizon
    ) { $0.names.contains(question.name) }
    guard let account = found else {
      throw RunError(.spec, WhyMessages.unknown(question.name, among: newest.names))
    }
    let earlier =
      try question.against.map { try ledger.account(id: $0, done: false) }
      ?? ledger.account(pipeline: account.pipeline, before: account.id)
    if let id = question.against, earlier == nil {
      throw RunError(.spec, WhyMessages.noSuchRun(id))
    }
    let last = try ledger.account(pipeline: account.pipeline, done: false)
    let hasFailedSince = last.map { $0.id > account.id && $0.outcome != 0 } ?? false
    self.init(
      question.name, account, against: earlier, laterFailure: hasFailedSince ? last : nil)
  }

  /// The name that a pipeline's file gives itself.
  /// - Throws: `RunError` (exit 2) when the file is no pipeline.
  public static func pipelineName(_ file: String) throws -> String {
    let diagnostics = Diagnostics()
    let files = SpecFiles(
      root: ProjectRoot.of(pipeline: file), allowOutside: true, diagnostics: diagnostics)
    let start = SpecPosition(file: file, line: 1, column: 1)
    var reader = YAMLReader(file: file, diagnostics: diagnostics)
    guard let text = files.text(file, at: start), let name = reader.read(text)?["pipeline"]?.text
    else { throw RunError(.spec, WhyMessages.noPipeline(file)) }
    return name
  }
}
