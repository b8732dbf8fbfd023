/// `like` and `ilike` with a constant pattern: `%` stands for any text, `_` for one character.
struct LikeKernel: StrictKernel {
  private enum Element: Sendable, Equatable {
    case scalar(UInt32)
    case one
    case any
  }

  /// Most patterns are one text with or without `%` around it, and need no search by characters.
  private enum Shape: Sendable {
    case equal
    case affix(AffixKernel.Kind)
    case general
  }

  private let elements: [Element]
  private let shape: Shape
  private let literal: [UInt8]
  private let ignoresCase: Bool
  private let negated: Bool
  var canFail: Bool { false }

  /// Nil when the pattern ends in the escape, or the escape stands before an ordinary character.
  init?(_ pattern: String, escape: Unicode.Scalar?, ignoresCase: Bool, negated: Bool) {
    var elements: [Element] = []
    var isEscaped = false
    for scalar in pattern.unicodeScalars {
      if isEscaped {
        guard scalar == "%" || scalar == "_" || scalar == escape else { return nil }
        elements.append(.scalar(scalar.value))
        isEscaped = false
      } else if scalar == escape {
        isEscaped = true
      } else if scalar == "%" {
        if elements.last != .any { elements.append(.any) }
      } else if scalar == "_" {
        elements.append(.one)
      } else {
        let code = ignoresCase ? CaseTable.lower.single(scalar.value) : scalar.value
        elements.append(.scalar(code))
      }
    }
    if isEscaped { return nil }
    self.elements = elements
    (self.ignoresCase, self.negated) = (ignoresCase, negated)
    var literal: [UInt8] = []
    for case .scalar(let code) in elements { Utf8.append(code, to: &literal) }
    self.literal = literal
    shape = ignoresCase ? .general : LikeKernel.shape(elements)
  }

  private static func shape(_ elements: [Element]) -> Shape {
    let opens = elements.first == .any
    let closes = elements.last == .any
    let inner = elements.dropFirst(opens ? 1 : 0).dropLast(closes && elements.count > 1 ? 1 : 0)
    if inner.contains(.any) || inner.contains(.one) { return .general }
    if elements == [.any] { return .affix(.prefix) }
    switch (opens, closes) {
    case (false, false): return .equal
    case (false, true): return .affix(.prefix)
    case (true, false): return .affix(.suffix)
    case (true, true): return .affix(.inside)
    }
  }

  func apply(_ inputs: [Vector], _ frame: Frame) throws(KernelFault) -> Vector {
    guard let validity = frame.validity(inputs) else { return .null(.boolean) }
    let texts = try inputs[0].texts()
    let results: [Bool] =
      switch shape {
      case .equal: texts.perRow { TextOrder.equal($0, literal.span) != negated }
      case .affix(let kind):
        texts.perRow { AffixKernel(kind: kind).holds($0, literal.span) != negated }
      case .general: texts.perRow { matches($0) != negated }
      }
    return Vector(.boolean(results), validity, frame.lanes(inputs))
  }

  /// Goes back to the last `%` only, because an earlier one cannot do better.
  private func matches(_ text: Span<UInt8>) -> Bool {
    var position = 0
    var element = 0
    var retryElement = -1
    var retryPosition = 0
    while position < text.count {
      let (scalar, next) = Utf8.scalar(text, position)
      if element < elements.count {
        switch elements[element] {
        case .any:
          (retryElement, retryPosition) = (element, position)
          element += 1
          continue
        case .one:
          (position, element) = (next, element + 1)
          continue
        case .scalar(let wanted):
          let found = ignoresCase ? CaseTable.lower.single(scalar) : scalar
          if found == wanted {
            (position, element) = (next, element + 1)
            continue
          }
        }
      }
      guard retryElement >= 0 else { return false }
      retryPosition = Utf8.scalar(text, retryPosition).next
      (position, element) = (retryPosition, retryElement + 1)
    }
    while element < elements.count, elements[element] == .any { element += 1 }
    return element == elements.count
  }
}
