import Foundation
import Glibc

/// How the terminal was, for the handler of Ctrl-C; written before the handler is set. Allocated,
/// because the compiler gives a global of this C type three bytes less than C writes.
nonisolated(unsafe) private let terminalBefore: UnsafeMutablePointer<termios> = {
  let place = UnsafeMutablePointer<termios>.allocate(capacity: 1)
  place.initialize(to: termios())
  return place
}()

/// Lines that must not be seen: from a terminal without echo, or from standard input.
enum SecretInput {
  /// Lines up to an empty one or the end.
  /// - Parameter prompt: said on standard error, when somebody is typing.
  static func lines(_ prompt: String) -> [String] {
    let isTyped = isatty(STDIN_FILENO) != 0
    if isTyped {
      tcgetattr(STDIN_FILENO, terminalBefore)
      var silent = terminalBefore.pointee
      silent.c_lflag &= ~tcflag_t(ECHO)
      // Whoever gives up gets a terminal that shows again what is typed.
      signal(SIGINT) { _ in
        tcsetattr(STDIN_FILENO, TCSAFLUSH, terminalBefore)
        _exit(130)
      }
      tcsetattr(STDIN_FILENO, TCSAFLUSH, &silent)
      Terminal.overwrite(prompt)
    }
    defer {
      if isTyped {
        tcsetattr(STDIN_FILENO, TCSAFLUSH, terminalBefore)
        Terminal.say("")
      }
    }
    var lines: [String] = []
    while let line = readLine(), !line.isEmpty { lines.append(line) }
    return lines
  }
}
