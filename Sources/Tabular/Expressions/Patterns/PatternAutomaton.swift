/// The set of instructions that a machine stands at, with room to follow them.
struct PatternThreads {
  /// In the order in which they were reached.
  private(set) var members: [Int32] = []
  private var isMember: [Bool]
  private var stack: [Int32] = []
  private(set) var hasMatch = false

  init(_ program: PatternProgram) {
    isMember = Array(repeating: false, count: program.instructions.count)
  }

  mutating func clear() {
    for member in members { isMember[Int(member)] = false }
    members.removeAll(keepingCapacity: true)
    hasMatch = false
  }

  /// Adds an instruction and all that it leads to without taking a scalar.
  mutating func follow(
    _ start: Int32, _ program: PatternProgram, _ before: PatternAlphabet.Kind,
    _ after: PatternAlphabet.Kind
  ) {
    stack.append(start)
    while let next = stack.popLast() {
      let index = Int(next)
      if isMember[index] { continue }
      isMember[index] = true
      members.append(next)
      switch program.instructions[index] {
      case .take: break
      case .match: hasMatch = true
      case .jump(let target): stack.append(Int32(target))
      case .split(let first, let second):
        stack.append(Int32(second))
        stack.append(Int32(first))
      case .save: stack.append(next + 1)
      case .require(let assertion):
        if assertion.holds(before, after) { stack.append(next + 1) }
      }
    }
  }
}

/// A pattern as a table: one step a character, whatever the pattern. Built in full beforehand, so
/// that threads share it; patterns that would need too large a table do without.
struct PatternAutomaton: Sendable {
  private static let maximumStates = 1_000
  private static let maximumWork = 4_000_000

  private static let matched: Int32 = -1
  private static let dead: Int32 = -2

  private let classCount: Int
  /// The state after each state and class.
  private let transitions: [Int32]
  /// For each state, whether the text may end there.
  private let accepts: [Bool]

  private struct State: Hashable {
    var pending: [Int32]
    var before: PatternAlphabet.Kind
  }

  /// - Parameter anchored: whether the whole text must match, or some part of it.
  init?(_ program: PatternProgram, _ alphabet: PatternAlphabet, anchored: Bool) {
    classCount = alphabet.count
    var states = [State(pending: [0], before: .edge)]
    var numbers = [states[0]: Int32(0)]
    var transitions: [Int32] = []
    var accepts: [Bool] = []
    var work = 0
    var threads = PatternThreads(program)
    let kinds: [(PatternAlphabet.Kind, [Int])] =
      [.edge, .newline, .word, .other].map { kind in
        (kind, alphabet.kinds.indices.filter { alphabet.kinds[$0] == kind })
      }
    var index = 0
    while index < states.count {
      let state = states[index]
      index += 1
      var row = Array(repeating: PatternAutomaton.dead, count: classCount)
      for (kind, classes) in kinds {
        if kind != .edge, classes.isEmpty { continue }
        threads.clear()
        for start in state.pending { threads.follow(start, program, state.before, kind) }
        work += threads.members.count * max(1, classes.count)
        if kind == .edge {
          accepts.append(threads.hasMatch)
          continue
        }
        for taken in classes {
          if threads.hasMatch, !anchored {
            row[taken] = PatternAutomaton.matched
            continue
          }
          var pending = PatternAutomaton.after(threads, taken, program, alphabet)
          if !anchored, !pending.contains(0) { pending.append(0) }
          if pending.isEmpty { continue }
          // The order tells which match is preferred, which a yes or no does not ask.
          pending.sort()
          let next = State(pending: pending, before: program.hasAssertions ? kind : .other)
          let number = numbers[next] ?? Int32(states.count)
          if Int(number) == states.count {
            states.append(next)
            numbers[next] = number
          }
          row[taken] = number
        }
      }
      transitions += row
      if states.count > PatternAutomaton.maximumStates || work > PatternAutomaton.maximumWork {
        return nil
      }
    }
    self.transitions = transitions
    self.accepts = accepts
  }

  private static func after(
    _ threads: PatternThreads, _ taken: Int, _ program: PatternProgram,
    _ alphabet: PatternAlphabet
  ) -> [Int32] {
    var pending: [Int32] = []
    for member in threads.members {
      if case .take(let set) = program.instructions[Int(member)], alphabet.members[set][taken] {
        pending.append(member + 1)
      }
    }
    return pending
  }

  func matches(_ text: Span<UInt8>, _ alphabet: PatternAlphabet) -> Bool {
    var state: Int32 = 0
    var position = 0
    while position < text.count {
      let (taken, next) = alphabet.step(text, position)
      state = transitions[Int(state) * classCount + taken]
      if state < 0 { return state == PatternAutomaton.matched }
      position = next
    }
    return accepts[Int(state)]
  }
}
