/// Finds where a pattern matches and what its groups hold: the leftmost match, and of those that
/// start there the one that backtracking would find first. All ways are followed at once (Pike's
/// machine), so the time is bounded by the text's length times the pattern's.
struct PatternMatcher {
  private let program: PatternProgram
  private let alphabet: PatternAlphabet
  private let slotCount: Int
  private var now: PatternWays
  private var next: PatternWays
  /// For each class, whether a match can start with it; nil where a match can be empty or depend
  /// on what surrounds it.
  private let starts: [Bool]?
  /// The groups of the last match: start and end of each, the whole first, −1 for a group that
  /// took no part.
  private(set) var groups: [Int]

  init(_ pattern: Pattern) {
    (program, alphabet) = (pattern.program, pattern.alphabet)
    slotCount = 2 * (program.captureCount + 1)
    now = PatternWays(program, slotCount)
    next = now
    groups = Array(repeating: -1, count: slotCount)
    starts = PatternMatcher.starts(program, alphabet)
  }

  private static func starts(
    _ program: PatternProgram, _ alphabet: PatternAlphabet
  ) -> [Bool]? {
    var threads = PatternThreads(program)
    threads.follow(0, program, .edge, .edge)
    if program.hasAssertions || threads.hasMatch { return nil }
    var starts = Array(repeating: false, count: alphabet.count)
    for member in threads.members {
      guard case .take(let set) = program.instructions[Int(member)] else { continue }
      for taken in starts.indices where alphabet.members[set][taken] { starts[taken] = true }
    }
    return starts
  }

  /// Looks for the first match at or after a position, and notes its groups.
  mutating func find(in text: Span<UInt8>, from start: Int) -> Bool {
    now.clear()
    var isFound = false
    var position = start
    var before: PatternAlphabet.Kind = .edge
    if start > 0 { before = alphabet.kinds[alphabet.step(text, Utf8.previous(text, start)).class] }
    while true {
      let taken = position < text.count ? alphabet.step(text, position) : nil
      let after = taken.map { alphabet.kinds[$0.class] } ?? .edge
      if let starts, let taken, !isFound, now.members.isEmpty, !starts[taken.class] {
        position = taken.next
        before = after
        continue
      }
      if !isFound {
        now.forget()
        now.follow(0, program, position, before, after)
      }
      if isFound, now.members.isEmpty { return true }
      next.clear()
      for member in now.members {
        let index = Int(member)
        if case .match = program.instructions[index] {
          isFound = true
          for slot in 0..<slotCount { groups[slot] = now.noted[index * slotCount + slot] }
          // Ways after this one are worse.
          break
        }
        guard let taken, case .take(let set) = program.instructions[index],
          alphabet.members[set][taken.class]
        else { continue }
        let following = taken.next < text.count ? alphabet.step(text, taken.next) : nil
        next.recall(now, index)
        next.follow(
          index + 1, program, taken.next, after,
          following.map { alphabet.kinds[$0.class] } ?? .edge)
      }
      guard let taken else { return isFound }
      swap(&now, &next)
      position = taken.next
      before = after
    }
  }
}

/// The ways alive at a position, best first, with the positions that each has noted.
struct PatternWays {
  private(set) var members: [Int32] = []
  /// `slotCount` for each instruction.
  private(set) var noted: [Int]
  private var isMember: [Bool]
  private let slotCount: Int
  /// The positions noted on the way that is being followed.
  private var current: [Int]
  private var stack: [Step] = []

  private enum Step {
    case follow(Int)
    case restore(slot: Int, position: Int)
  }

  init(_ program: PatternProgram, _ slotCount: Int) {
    let size = program.instructions.count
    self.slotCount = slotCount
    isMember = Array(repeating: false, count: size)
    noted = Array(repeating: -1, count: size * slotCount)
    current = Array(repeating: -1, count: slotCount)
  }

  mutating func clear() {
    // Not only members were visited.
    for index in isMember.indices { isMember[index] = false }
    members.removeAll(keepingCapacity: true)
  }

  /// Starts a way that has noted nothing.
  mutating func forget() {
    for slot in 0..<slotCount { current[slot] = -1 }
  }

  /// Starts where a way of the position before stands.
  mutating func recall(_ other: PatternWays, _ index: Int) {
    for slot in 0..<slotCount { current[slot] = other.noted[index * slotCount + slot] }
  }

  /// Adds an instruction and all that it leads to without taking a scalar, in order of preference.
  mutating func follow(
    _ start: Int, _ program: PatternProgram, _ position: Int, _ before: PatternAlphabet.Kind,
    _ after: PatternAlphabet.Kind
  ) {
    stack.append(.follow(start))
    while let step = stack.popLast() {
      guard case .follow(let index) = step else {
        if case .restore(let slot, let old) = step { current[slot] = old }
        continue
      }
      if isMember[index] { continue }
      isMember[index] = true
      switch program.instructions[index] {
      case .take, .match:
        members.append(Int32(index))
        for slot in 0..<slotCount { noted[index * slotCount + slot] = current[slot] }
      case .jump(let target): stack.append(.follow(target))
      case .split(let preferred, let other):
        stack.append(.follow(other))
        stack.append(.follow(preferred))
      case .save(let slot):
        stack.append(.restore(slot: slot, position: current[slot]))
        current[slot] = position
        stack.append(.follow(index + 1))
      case .require(let assertion):
        if assertion.holds(before, after) { stack.append(.follow(index + 1)) }
      }
    }
  }
}
