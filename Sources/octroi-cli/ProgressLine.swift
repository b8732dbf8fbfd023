import Foundation
import Octroi
import Pipeline
import Synchronization

/// How far a run is, on one line that is written over; on terminals only.
final class ProgressLine: Sendable {
  private struct State {
    var table = ""
    var started = 0.0
    var rows = 0
    var told = 0.0
  }

  private let isShown: Bool
  private let language: Language
  private let state = Mutex(State())

  init(_ common: SharedOptions) {
    isShown = Terminal.isInteractive && !common.quiet && !common.json
    language = common.language
  }

  func add(_ progress: RunProgress) {
    guard isShown else { return }
    let line = state.withLock { state -> String? in
      let now = ProcessInfo.processInfo.systemUptime
      if state.table != progress.table {
        state = State(table: progress.table, started: now, told: state.told)
      }
      state.rows += progress.rows
      guard now - state.told > 0.1 else { return nil }
      state.told = now
      return progress.line(rows: state.rows, seconds: now - state.started, language)
    }
    if let line { Terminal.overwrite(Terminal.fitted(line)) }
  }

  /// Rows of files of which nothing more is told.
  func add(rows: Int) {
    add(RunProgress(table: "", rows: rows, bytes: nil, total: nil))
  }

  func clear() {
    if isShown { Terminal.overwrite("") }
  }
}
