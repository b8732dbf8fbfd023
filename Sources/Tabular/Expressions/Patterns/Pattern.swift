/// A regular expression, compiled. Matching takes time linear in the text, whatever the pattern:
/// there is no backtracking, and so no look-around nor back-references.
///
/// Syntax: `.` `[a-z]` `[^…]` `[[:alpha:]]` `\d` (ASCII digits) `\w` (letters, marks, digits and
/// connectors of all scripts) `\s` (Unicode's white space) `\p{L}` `\b` `\B` `^` `$` (start and
/// end of the text) `(…)` `(?:…)` `(?<name>…)` `|` `*` `+` `?` `{m,n}` and their lazy forms,
/// `(?i)` `(?s)` `(?m)`, `\n` `\t` `\x41` `\u00E9`. Characters are Unicode scalars.
public struct Pattern: Sendable {
  /// As written.
  public let text: String
  let program: PatternProgram
  let alphabet: PatternAlphabet
  private let search: PatternAutomaton?
  private let whole: PatternAutomaton?

  /// - Throws: where the pattern is wrong.
  public init(_ text: String) throws(PatternError) {
    self.text = text
    var parser = PatternParser(text)
    let node = try parser.parse()
    program = try PatternProgram(node, captureCount: parser.captureCount)
    alphabet = PatternAlphabet(program)
    search = PatternAutomaton(program, alphabet, anchored: false)
    whole = PatternAutomaton(program, alphabet, anchored: true)
  }

  /// The number of groups that capture.
  public var groupCount: Int { program.captureCount }

  /// Whether the pattern matches.
  /// - Parameters:
  ///   - bytes: UTF-8.
  ///   - anchored: whether the whole text must match, or some part of it.
  public func matches(_ bytes: Span<UInt8>, anchored: Bool) -> Bool {
    if let automaton = anchored ? whole : search { return automaton.matches(bytes, alphabet) }
    return simulate(bytes, anchored)
  }

  /// Whether the pattern matches.
  public func matches(_ bytes: ArraySlice<UInt8>, anchored: Bool) -> Bool {
    matches(bytes.span, anchored: anchored)
  }

  /// For patterns whose table would be too large.
  private func simulate(_ text: Span<UInt8>, _ anchored: Bool) -> Bool {
    var threads = PatternThreads(program)
    var pending: [Int32] = [0]
    var position = 0
    var before = PatternAlphabet.Kind.edge
    while true {
      let step = position < text.count ? alphabet.step(text, position) : nil
      let after = step.map { alphabet.kinds[$0.class] } ?? .edge
      threads.clear()
      for start in pending { threads.follow(start, program, before, after) }
      guard let step else { return threads.hasMatch }
      if threads.hasMatch, !anchored { return true }
      pending.removeAll(keepingCapacity: true)
      for member in threads.members {
        if case .take(let set) = program.instructions[Int(member)],
          alphabet.members[set][step.class]
        {
          pending.append(member + 1)
        }
      }
      if !anchored { pending.append(0) }
      if pending.isEmpty { return false }
      position = step.next
      before = after
    }
  }
}
