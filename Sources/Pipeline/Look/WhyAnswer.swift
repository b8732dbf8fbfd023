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
    let recent = try ledger.accounts(
      pipeline: question.pipeline, id: question.run, done: question.run == nil, most: Self.horizon)
    guard let newest = recent.first else {
      throw question.run.map { RunError(.spec, WhyMessages.noSuchRun($0)) }
        ?? RunError(.input, WhyMessages.noRun)
    }
    guard let account = recent.first(where: { $0.names.contains(question.name) }) else {
      throw RunError(.spec, WhyMessages.unknown(question.name, among: newest.names))
    }
    let earlier =
      try question.against.map { id in
        try ledger.accounts(id: id, done: false, most: 1)
      } ?? ledger.accounts(pipeline: account.pipeline, before: account.id, most: 1)
    if let id = question.against, earlier.isEmpty {
      throw RunError(.spec, WhyMessages.noSuchRun(id))
    }
    let last = try ledger.accounts(pipeline: account.pipeline, done: false, most: 1).first
    let hasFailedSince = last.map { $0.id > account.id && $0.outcome != 0 } ?? false
    self.init(
      question.name, account, against: earlier.first, laterFailure: hasFailedSince ? last : nil)
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
