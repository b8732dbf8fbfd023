extension FunctionDeclaration {
  static let texts: [FunctionDeclaration] = letters + ends + pieces + searches

  private static func mapping(
    _ name: String, aliases: [String] = [], _ kind: LetterMapping.Kind, _ summary: Message
  ) -> FunctionDeclaration {
    FunctionDeclaration(name, aliases: aliases, "\(name)(text)", 1...1, summary) { call in
      guard let operands = call.typed(.text) else { return nil }
      return call.make(LetterMapping(kind: kind), operands, type: .text)
    }
  }

  private static let letters: [FunctionDeclaration] = [
    mapping("lower", .lower, Message(en: "in small letters", fr: "en minuscules")),
    mapping("upper", .upper, Message(en: "in capital letters", fr: "en majuscules")),
    mapping(
      "unaccent", .unaccent,
      Message(
        en: "Latin letters without accents, `œ` as `oe`",
        fr: "lettres latines sans accents, `œ` en `oe`")),
    mapping(
      "nfc", .nfc,
      Message(
        en: "in Unicode’s composed form: an `é` in one piece",
        fr: "sous la forme composée d’Unicode : un `é` d’un seul tenant")),
  ]

  private static func trimming(
    _ name: String, _ summary: Message, atStart: Bool, atEnd: Bool
  ) -> FunctionDeclaration {
    FunctionDeclaration(name, "\(name)(text[, characters])", 1...2, summary) { call in
      guard let operands = call.typed(.text) else { return nil }
      return call.make(TrimKernel(atStart: atStart, atEnd: atEnd), operands, type: .text)
    }
  }

  private static let ends: [FunctionDeclaration] = [
    trimming(
      "trim",
      Message(
        en: "without blanks (no-break ones too) or the given characters at both ends",
        fr: "sans blancs (insécables compris), ou sans les caractères donnés, aux deux bouts"),
      atStart: true, atEnd: true),
    trimming(
      "ltrim",
      Message(
        en: "without blanks or the given characters at the start",
        fr: "sans blancs, ou sans les caractères donnés, au début"),
      atStart: true, atEnd: false),
    trimming(
      "rtrim",
      Message(
        en: "without blanks or the given characters at the end",
        fr: "sans blancs, ou sans les caractères donnés, à la fin"),
      atStart: false, atEnd: true),
    affix(
      "starts_with", .prefix,
      Message(en: "whether a text starts with another", fr: "si un texte commence par un autre")),
    affix(
      "ends_with", .suffix,
      Message(en: "whether a text ends with another", fr: "si un texte finit par un autre")),
    affix(
      "contains", .inside,
      Message(en: "whether a text contains another", fr: "si un texte en contient un autre")),
  ]

  private static func affix(
    _ name: String, _ kind: AffixKernel.Kind, _ summary: Message
  ) -> FunctionDeclaration {
    FunctionDeclaration(name, "\(name)(text, part)", 2...2, summary) { call in
      guard let operands = call.typed(.text) else { return nil }
      return call.make(AffixKernel(kind: kind), operands, type: .boolean)
    }
  }

  private static let pieces: [FunctionDeclaration] = [
    FunctionDeclaration(
      "length", aliases: ["char_length", "character_length"], "length(text)", 1...1,
      Message(en: "the number of characters", fr: "le nombre de caractères")
    ) { call in
      guard let operands = call.typed(.text) else { return nil }
      return call.make(LengthKernel(), operands, type: .integer)
    },
    FunctionDeclaration(
      "substr", aliases: ["substring"], "substr(text, start[, count])", 2...3,
      Message(
        en: "so many characters from a start, which counts from 1, or from the end when negative",
        fr: "tant de caractères depuis un début compté à partir de 1, ou de la fin si négatif")
    ) { call in
      guard let operands = call.typed(.text, .integer) else { return nil }
      return call.make(SubstringKernel(), operands, type: .text)
    },
    FunctionDeclaration(
      "split_part", "split_part(text, separator, n)", 3...3,
      Message(
        en:
          "the n-th part between separators, from the end when negative; empty when there is none",
        fr: "la n-ième partie entre séparateurs, depuis la fin si négatif ; vide s’il n’y en a pas")
    ) { call in
      guard let operands = call.typed(.text, .text, .integer) else { return nil }
      return call.make(SplitPartKernel(), operands, type: .text)
    },
    FunctionDeclaration(
      "concat", "concat(a, b, …)", 1...100,
      Message(
        en: "texts one after the other, as with `||`: null when one is",
        fr: "des textes mis bout à bout, comme avec `||` : null si l’un d’eux l’est")
    ) { call in
      guard let operands = call.typed(.text) else { return nil }
      return call.make(Concatenation(), operands, type: .text)
    },
    FunctionDeclaration(
      "replace", "replace(text, from, to)", 3...3,
      Message(en: "every occurrence replaced", fr: "chaque occurrence remplacée")
    ) { call in
      guard let operands = call.typed(.text) else { return nil }
      return call.make(ReplaceKernel(), operands, type: .text)
    },
  ]

  private static let searches: [FunctionDeclaration] = [
    FunctionDeclaration(
      "regexp_matches", aliases: ["regexp_like"], "regexp_matches(text, pattern)", 2...2,
      Message(
        en: "whether a regular expression matches some part of the text",
        fr: "si une expression régulière correspond à une partie du texte")
    ) { call in
      let text = call.binder.coerced(call.arguments[0], to: .text)
      guard let pattern = pattern(call), let text else { return nil }
      return call.make(RegexMatchKernel(pattern: pattern), [text], type: .boolean)
    },
    FunctionDeclaration(
      "regexp_replace", "regexp_replace(text, pattern, replacement)", 3...3,
      Message(
        en: "every match of a regular expression replaced; `$1` is what its first group matched",
        fr: "chaque correspondance d’une expression régulière remplacée ; `$1` reprend son "
          + "premier groupe")
    ) { call in
      let text = call.binder.coerced(call.arguments[0], to: .text)
      let what = Message(en: "the replacement", fr: "le remplacement")
      let written = call.constantText(2, what)
      guard let pattern = pattern(call), let text, let written else { return nil }
      do throws(PatternError) {
        let replacement = try PatternReplacement(written, groupCount: pattern.groupCount)
        return call.make(
          RegexReplaceKernel(pattern: pattern, replacement: replacement), [text], type: .text)
      } catch {
        call.binder.report(error, in: call.arguments[2])
        return nil
      }
    },
  ]

  private static func pattern(_ call: FunctionCall) -> Pattern? {
    guard let text = call.constantText(1, Message(en: "the pattern", fr: "le motif"))
    else { return nil }
    do throws(PatternError) {
      return try Pattern(text)
    } catch {
      call.binder.report(error, in: call.arguments[1])
      return nil
    }
  }
}
