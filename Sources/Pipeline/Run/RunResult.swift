import Ingest
import StageKit
import Tabular

/// A run's account: what was read, rejected, written, and why it ended as it did.
public struct RunResult: Sendable {
  public struct Output: Sendable {
    public let name: String
    /// The step or source that it shows.
    public let step: String
    public let path: String
    public let audience: String
    public let rows: Int
    public let bytes: Int
    public let sha256: String
    public let contentSHA256: String
    /// Files that explain it, by absolute path.
    let companions: [Manifest.Companion]
    /// What is remembered of it, where it is about persons.
    var told: PriorTable?
  }

  public struct Step: Sendable {
    public let step: String
    /// The stage's place in its step, from 1.
    public let place: Int
    public let stage: String
    public let tally: Tally
  }

  public let pipeline: String
  public let exit: ExitClass
  public let error: Message?
  public let remedy: Message?
  public let sources: [SourceReport]
  public let steps: [Step]
  public let outputs: [Output]
  /// The page that accounts for the run.
  public let summary: String?
  public let notes: [Message]
  public let seconds: Double
}
