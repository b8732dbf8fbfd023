import Glibc
import Synchronization
import Tabular

/// Whether somebody asked to stop: set by signals, looked at once a batch and while a pipe is
/// waited for.
public enum Interruption {
  private static let signal = Atomic<Int32>(0)

  /// Takes SIGINT and SIGTERM as requests to stop in good order; asked a second time, the process
  /// ends at once (what was staged is removed by the next run). File size limits come as errors.
  public static func listen() {
    Glibc.signal(SIGINT) { Interruption.ask($0) }
    Glibc.signal(SIGTERM) { Interruption.ask($0) }
    Glibc.signal(SIGXFSZ, SIG_IGN)
    Glibc.signal(SIGPIPE, SIG_IGN)
    // Some parents start their children with these held back.
    var set = sigset_t()
    sigemptyset(&set)
    sigaddset(&set, SIGINT)
    sigaddset(&set, SIGTERM)
    pthread_sigmask(SIG_UNBLOCK, &set, nil)
  }

  private static func ask(_ number: Int32) {
    if signal.exchange(number, ordering: .relaxed) != 0 { _exit(128 + number) }
  }

  /// - Throws: `IngestError` with 130 or 143 once a signal has come.
  public static func check() throws(IngestError) {
    let number = signal.load(ordering: .relaxed)
    guard number != 0 else { return }
    throw IngestError(
      number == SIGTERM ? .terminated : .interrupted, "interrupted",
      Message(en: "interrupted; nothing was published", fr: "interrompu ; rien n’a été publié"))
  }

  /// Waits until a descriptor has something to read or is at its end.
  /// - Throws: `IngestError` once a signal has come.
  static func wait(for descriptor: Int32) throws(IngestError) {
    while true {
      try check()
      var request = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
      // A signal may be taken by another thread, so that the wait itself is bounded.
      if poll(&request, 1, 200) != 0, request.revents != 0 { return }
    }
  }
}
