/// A pattern as instructions for a machine that follows all ways at once, over an alphabet of
/// classes: scalars that no part of the pattern tells apart.
struct PatternProgram: Sendable {
  enum Instruction: Sendable {
    /// Takes a scalar of a set, and goes on with the next instruction.
    case take(set: Int)
    /// Goes both ways, preferring the first.
    case split(Int, Int)
    case jump(Int)
    /// Notes the position.
    case save(Int)
    case require(PatternNode.Assertion)
    case match
  }

  static let maximumSize = 20_000
  static let maximumSets = 1_000

  private(set) var instructions: [Instruction] = []
  private(set) var sets: [ScalarSet] = []
  private var setNumbers: [ScalarSet: Int] = [:]
  let captureCount: Int
  /// Whether an instruction looks at what stands before or after.
  private(set) var hasAssertions = false
  private(set) var asksForLines = false
  private(set) var asksForWords = false
  /// Nodes compiled: repeated emptiness makes no instructions, but takes time.
  private var work = 0

  init(_ node: PatternNode, captureCount: Int) throws(PatternError) {
    self.captureCount = captureCount
    try compile(.capture(node, 0))
    instructions.append(.match)
  }

  private mutating func emit(_ instruction: Instruction) throws(PatternError) {
    guard instructions.count < PatternProgram.maximumSize else {
      throw PatternError(message: PatternMessages.tooLarge, offset: 0, length: 0)
    }
    instructions.append(instruction)
  }

  private mutating func compile(_ node: PatternNode) throws(PatternError) {
    work += 1
    guard work <= 10 * PatternProgram.maximumSize, sets.count <= PatternProgram.maximumSets else {
      throw PatternError(message: PatternMessages.tooLarge, offset: 0, length: 0)
    }
    switch node {
    case .empty: break
    case .set(let set):
      let number = setNumbers[set] ?? sets.count
      if number == sets.count {
        sets.append(set)
        setNumbers[set] = number
      }
      try emit(.take(set: number))
    case .assertion(let assertion):
      hasAssertions = true
      switch assertion {
      case .lineStart, .lineEnd: asksForLines = true
      case .wordBoundary, .noWordBoundary: asksForWords = true
      case .textStart, .textEnd: break
      }
      try emit(.require(assertion))
    case .capture(let inner, let number):
      try emit(.save(2 * number))
      try compile(inner)
      try emit(.save(2 * number + 1))
    case .sequence(let nodes):
      for node in nodes { try compile(node) }
    case .alternatives(let nodes): try alternatives(nodes)
    case .repeated(let inner, let least, let most, let lazy):
      for _ in 0..<least { try compile(inner) }
      if let most {
        try options(inner, most - least, lazy)
      } else {
        try loop(inner, lazy)
      }
    }
  }

  private mutating func alternatives(_ nodes: [PatternNode]) throws(PatternError) {
    var jumps: [Int] = []
    for (index, node) in nodes.enumerated() {
      guard index < nodes.count - 1 else {
        try compile(node)
        break
      }
      let split = instructions.count
      try emit(.split(split + 1, 0))
      try compile(node)
      jumps.append(instructions.count)
      try emit(.jump(0))
      instructions[split] = .split(split + 1, instructions.count)
    }
    for jump in jumps { instructions[jump] = .jump(instructions.count) }
  }

  private mutating func loop(_ inner: PatternNode, _ lazy: Bool) throws(PatternError) {
    let split = instructions.count
    try emit(.split(0, 0))
    try compile(inner)
    try emit(.jump(split))
    let end = instructions.count
    instructions[split] = lazy ? .split(end, split + 1) : .split(split + 1, end)
  }

  private mutating func options(
    _ inner: PatternNode, _ count: Int, _ lazy: Bool
  ) throws(PatternError) {
    var splits: [Int] = []
    for _ in 0..<max(0, count) {
      splits.append(instructions.count)
      try emit(.split(0, 0))
      try compile(inner)
    }
    let end = instructions.count
    for split in splits {
      instructions[split] = lazy ? .split(end, split + 1) : .split(split + 1, end)
    }
  }
}

/// Which class each scalar is of.
struct PatternAlphabet: Sendable {
  /// What assertions want to know of the scalar before and after.
  enum Kind: UInt8, Sendable {
    case edge
    case newline
    case word
    case other
  }

  private let ascii: [UInt16]
  /// Where intervals start, and the class of each.
  private let starts: [UInt32]
  private let classes: [UInt16]
  let kinds: [Kind]
  /// For each set, whether it holds each class.
  let members: [[Bool]]

  var count: Int { kinds.count }

  init(_ program: PatternProgram) {
    let newline = program.asksForLines ? program.sets.count : nil
    let word = program.asksForWords ? program.sets.count + (newline == nil ? 0 : 1) : nil
    let sets =
      program.sets + (newline == nil ? [] : [.newline]) + (word == nil ? [] : [.word])
    var bounds: Set<UInt32> = [0]
    for set in sets {
      for range in set.ranges {
        bounds.insert(range.lowerBound)
        if range.upperBound < ScalarSet.maximum { bounds.insert(range.upperBound + 1) }
      }
    }
    let starts = bounds.sorted()
    // Bit n of an interval's signature: whether set n holds it.
    let words = (sets.count + 63) / 64
    var signatures = Array(
      repeating: Array(repeating: UInt64(0), count: words), count: starts.count)
    for (number, set) in sets.enumerated() {
      var interval = 0
      for range in set.ranges {
        while interval < starts.count, starts[interval] < range.lowerBound { interval += 1 }
        while interval < starts.count, starts[interval] <= range.upperBound {
          signatures[interval][number / 64] |= 1 << UInt64(number % 64)
          interval += 1
        }
      }
    }
    var numbers: [[UInt64]: UInt16] = [:]
    var classes: [UInt16] = []
    var distinct: [[UInt64]] = []
    for signature in signatures {
      let number = numbers[signature] ?? UInt16(clamping: distinct.count)
      if Int(number) == distinct.count {
        numbers[signature] = number
        distinct.append(signature)
      }
      classes.append(number)
    }
    func holds(_ signature: [UInt64], _ number: Int) -> Bool {
      signature[number / 64] >> UInt64(number % 64) & 1 == 1
    }
    kinds = distinct.map { signature in
      if let newline, holds(signature, newline) { return .newline }
      if let word, holds(signature, word) { return .word }
      return .other
    }
    members = program.sets.indices.map { number in distinct.map { holds($0, number) } }
    self.starts = starts
    self.classes = classes
    ascii = (0..<128).map { classes[PatternAlphabet.interval($0, starts)] }
  }

  private static func interval(_ scalar: UInt32, _ starts: [UInt32]) -> Int {
    var low = 0
    var high = starts.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if starts[middle] <= scalar { low = middle } else { high = middle }
    }
    return low
  }

  /// The class of the scalar at a position, and where the next one starts.
  @inline(__always)
  func step(_ text: Span<UInt8>, _ position: Int) -> (class: Int, next: Int) {
    let byte = text[position]
    if byte < 0x80 { return (Int(ascii[Int(byte)]), position + 1) }
    let (scalar, next) = Utf8.scalar(text, position)
    return (Int(classes[PatternAlphabet.interval(scalar, starts)]), next)
  }
}

extension PatternNode.Assertion {
  /// Whether it holds between two neighbours.
  func holds(_ before: PatternAlphabet.Kind, _ after: PatternAlphabet.Kind) -> Bool {
    switch self {
    case .textStart: before == .edge
    case .textEnd: after == .edge
    case .lineStart: before == .edge || before == .newline
    case .lineEnd: after == .edge || after == .newline
    case .wordBoundary: (before == .word) != (after == .word)
    case .noWordBoundary: (before == .word) == (after == .word)
    }
  }
}
