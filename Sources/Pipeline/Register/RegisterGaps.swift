import Reports
import StageKit
import Tabular

/// What is missing of one activity or of the whole, told in the register and as warnings.
final class RegisterGaps {
  let charter: Charter
  let places: RegisterPlace
  let diagnostics: Diagnostics
  private(set) var all: [ProcessingRegister.Gap] = []

  init(_ charter: Charter, _ places: RegisterPlace, _ diagnostics: Diagnostics) {
    (self.charter, self.places, self.diagnostics) = (charter, places, diagnostics)
  }

  /// A key that a source's governance entry lacks.
  func add(
    _ item: RegisterItem?, _ what: Message, _ source: GovernedSource, _ key: String,
    rule: Message? = nil
  ) {
    add(
      item, what, of: source.title, at: source.governance.position,
      "governance: \(source.id): \(key)", rule: rule)
  }

  func add(
    _ item: RegisterItem?, _ what: Message, of owner: Message, at position: SpecPosition,
    _ path: String, rule: Message? = nil
  ) {
    let gap = ProcessingRegister.Gap(
      item, what, of: owner, place: places.text(position), path: path, rule: rule ?? item?.rule)
    guard !all.contains(gap) else { return }
    all.append(gap)
    diagnostics.warning(
      "register-lacks", at: position, RegisterMessages.lacks(Self.safe(what), of: Self.safe(owner)),
      remedy: RegisterMessages.write(path))
  }

  /// What people wrote goes to a terminal, too.
  private static func safe(_ message: Message) -> Message {
    Message(en: TerminalText.safe(message.en), fr: TerminalText.safe(message.fr))
  }

  /// Where a key of the charter stands, or its beginning.
  func position(_ keys: String...) -> SpecPosition {
    var node = charter.node
    var found = SpecPosition(file: charter.file, line: 1, column: 1)
    for key in keys {
      guard let entry = node?.entries?.first(where: { $0.key == key }) else { break }
      (node, found) = (entry.value, entry.keyPosition)
    }
    return found
  }
}
