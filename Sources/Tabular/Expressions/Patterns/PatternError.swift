/// What is wrong with a regular expression, and where.
public struct PatternError: Error, Sendable, Hashable {
  public let message: Message
  /// In UTF-8 bytes of the pattern.
  public let offset: Int
  public let length: Int
}

/// What the pattern parser says.
enum PatternMessages {
  static let unclosedGroup = Message(
    en: "this group is not closed by `)`", fr: "ce groupe n’est pas fermé par `)`")
  static let strayClose = Message(
    en: "this `)` closes no group; write `\\)` for the character",
    fr: "ce `)` ne ferme aucun groupe ; écrivez `\\)` pour le caractère")
  static let unclosedClass = Message(
    en: "this class is not closed by `]`", fr: "cette classe n’est pas fermée par `]`")
  static let emptyRange = Message(
    en: "this range runs backwards", fr: "cet intervalle est à l’envers")
  static let nothingToRepeat = Message(
    en: "there is nothing to repeat here; write `\\` before the character itself",
    fr: "il n’y a rien à répéter ici ; mettez `\\` devant le caractère lui-même")
  static let badRepeat = Message(
    en: "repeat at most 1000 times, the smaller number first",
    fr: "répétez au plus 1000 fois, le plus petit nombre d’abord")
  static let doubleRepeat = Message(
    en: "one repetition after another; put the first in a group",
    fr: "deux répétitions de suite ; mettez la première dans un groupe")
  static let endsInBackslash = Message(
    en: "the pattern ends in a single `\\`", fr: "le motif se termine par un `\\` seul")
  static let unknownEscape = Message(
    en: "this escape has no meaning here", fr: "cette séquence d’échappement n’a pas de sens ici")
  static let unknownProperty = Message(
    en: "known properties are L, Lu, Ll, M, N, Nd, P, S and Z",
    fr: "les propriétés connues sont L, Lu, Ll, M, N, Nd, P, S et Z")
  static let unsupported = Message(
    en: "look-around and back-references are not supported, because matching always takes "
      + "linear time here",
    fr: "les assertions avant ou arrière et les références arrière ne sont pas prises en "
      + "charge, car la recherche se fait toujours en temps linéaire")
  static let unknownFlag = Message(
    en: "known flags are `i` (ignore case), `s` (`.` takes line breaks) and `m` (`^` and `$` at "
      + "each line)",
    fr: "les options connues sont `i` (casse ignorée), `s` (`.` prend les fins de ligne) et `m` "
      + "(`^` et `$` à chaque ligne)")
  static let tooLarge = Message(
    en: "the pattern is too large", fr: "le motif est trop grand")
  static let noSuchGroup = Message(
    en: "the pattern has no group of this number", fr: "le motif n’a pas de groupe de ce numéro")
  static let badReference = Message(
    en: "write `$1` for a group, `\\$` for a dollar and `\\\\` for a backslash",
    fr: "écrivez `$1` pour un groupe, `\\$` pour un dollar et `\\\\` pour une barre oblique "
      + "inverse")
}
