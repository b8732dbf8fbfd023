import Foundation
import Glibc

/// Lines that must not be seen: from a terminal without echo, or from standard input.
enum SecretInput {
  /// Lines up to an empty one or the end.
  /// - Parameter prompt: said on standard error, when somebody is typing.
  static func lines(_ prompt: String) -> [String] {
    let isTyped = isatty(STDIN_FILENO) != 0
    var before = termios()
    if isTyped {
      Terminal.overwrite(prompt)
      tcgetattr(STDIN_FILENO, &before)
      var silent = before
      silent.c_lflag &= ~tcflag_t(ECHO)
      tcsetattr(STDIN_FILENO, TCSAFLUSH, &silent)
    }
    defer {
      if isTyped {
        tcsetattr(STDIN_FILENO, TCSAFLUSH, &before)
        Terminal.say("")
      }
    }
    var lines: [String] = []
    while let line = readLine(), !line.isEmpty { lines.append(line) }
    return lines
  }
}
