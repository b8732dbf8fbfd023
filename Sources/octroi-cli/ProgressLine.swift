import Foundation
import Octroi
import Synchronization

/// Rows worked on, on one line that is written over; on terminals only.
final class ProgressLine: Sendable {
  private let isShown: Bool
  private let language: Language
  private let state = Mutex((rows: 0, told: 0.0))

  init(_ common: SharedOptions) {
    isShown = Terminal.isInteractive && !common.quiet && !common.json
    language = common.language
  }

  func add(_ rows: Int) {
    guard isShown else { return }
    let line = state.withLock { state -> String? in
      state.rows += rows
      let now = ProcessInfo.processInfo.systemUptime
      guard now - state.told > 0.2 else { return nil }
      state.told = now
      return Message(en: "\(state.rows) rows", fr: "\(state.rows) lignes").text(language)
    }
    if let line { Terminal.overwrite(line) }
  }

  func clear() {
    if isShown { Terminal.overwrite("") }
  }
}
