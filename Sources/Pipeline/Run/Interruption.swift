import Glibc
import Synchronization

/// Whether somebody asked the run to stop: set by signals, looked at once a batch.
public enum Interruption {
  private static let signal = Atomic<Int32>(0)

  /// Takes SIGINT and SIGTERM as requests to stop; file size limits come as errors instead.
  public static func listen() {
    Glibc.signal(SIGINT) { Interruption.signal.store($0, ordering: .relaxed) }
    Glibc.signal(SIGTERM) { Interruption.signal.store($0, ordering: .relaxed) }
    Glibc.signal(SIGXFSZ, SIG_IGN)
    Glibc.signal(SIGPIPE, SIG_IGN)
  }

  /// - Throws: `RunError` with 130 or 143 once a signal has come.
  static func check() throws {
    switch signal.load(ordering: .relaxed) {
    case 0: return
    case SIGTERM: throw RunError(.terminated, RunMessages.interrupted)
    default: throw RunError(.interrupted, RunMessages.interrupted)
    }
  }
}
