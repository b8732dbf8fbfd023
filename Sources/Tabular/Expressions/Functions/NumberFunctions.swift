extension FunctionDeclaration {
  static let numbers: [FunctionDeclaration] = [
    FunctionDeclaration(
      "abs", "abs(x)", 1...1,
      Message(en: "the magnitude of a number", fr: "la valeur absolue d’un nombre")
    ) { call in
      guard let x = call.number(0) else { return nil }
      return call.make(
        SignChange(kind: .absolute, type: x.type), [x], type: x.type, decimals: x.decimals)
    },
    FunctionDeclaration(
      "round", "round(x[, digits])", 1...2,
      Message(
        en: "half away from zero, to so many digits after the point (before it when negative)",
        fr: "au plus proche, les moitiés en s’éloignant de zéro, à tant de chiffres après le "
          + "point (avant le point si négatif)")
    ) { call in round(call) },
    FunctionDeclaration(
      "floor", "floor(x)", 1...1,
      Message(en: "the next integer down", fr: "l’entier immédiatement inférieur")
    ) { call in
      guard let x = call.number(0) else { return nil }
      return call.make(WholeKernel(isFloor: true), [x], type: .integer)
    },
    FunctionDeclaration(
      "ceil", aliases: ["ceiling"], "ceil(x)", 1...1,
      Message(en: "the next integer up", fr: "l’entier immédiatement supérieur")
    ) { call in
      guard let x = call.number(0) else { return nil }
      return call.make(WholeKernel(isFloor: false), [x], type: .integer)
    },
    FunctionDeclaration(
      "greatest", "greatest(a, b, …)", 2...100,
      Message(
        en: "the largest of several values; nulls do not take part",
        fr: "la plus grande de plusieurs valeurs ; les null ne comptent pas")
    ) { call in extreme(call, isGreatest: true) },
    FunctionDeclaration(
      "least", "least(a, b, …)", 2...100,
      Message(
        en: "the smallest of several values; nulls do not take part",
        fr: "la plus petite de plusieurs valeurs ; les null ne comptent pas")
    ) { call in extreme(call, isGreatest: false) },
  ]

  private static func round(_ call: FunctionCall) -> BoundNode? {
    guard let x = call.number(0) else { return nil }
    var digits = call.integer(0)
    if call.arguments.count > 1 {
      guard let given = call.binder.coerced(call.arguments[1], to: .integer) else { return nil }
      digits = given
    }
    var decimals: Int?
    if x.type != .integer, case .integer(let places) = digits.constant?.value(0) {
      decimals = Int(max(0, min(places, Int64(DecimalValues.maximumScale))))
    }
    return call.make(RoundKernel(type: x.type), [x, digits], type: x.type, decimals: decimals)
  }

  private static func extreme(_ call: FunctionCall, isGreatest: Bool) -> BoundNode? {
    guard let operands = call.binder.unified(call.arguments),
      let type = call.binder.knownType(operands, at: call.span)
    else { return nil }
    return call.make(
      ExtremeKernel(type: type, isGreatest: isGreatest), operands, type: type,
      decimals: call.binder.commonDecimals(operands))
  }

  static let conditionals: [FunctionDeclaration] = [
    FunctionDeclaration(
      "coalesce", "coalesce(a, b, …)", 1...100,
      Message(en: "the first value that is not null", fr: "la première valeur qui n’est pas null")
    ) { call in
      guard let operands = call.binder.unified(call.arguments),
        let type = call.binder.knownType(operands, at: call.span)
      else { return nil }
      return call.make(
        CoalesceKernel(type: type), operands, type: type,
        decimals: call.binder.commonDecimals(operands))
    },
    FunctionDeclaration(
      "nullif", "nullif(a, b)", 2...2,
      Message(en: "null where a equals b, else a", fr: "null là où a égale b, sinon a")
    ) { call in
      let first = call.arguments[0]
      guard let pair = call.binder.unified(call.arguments) else { return nil }
      let value = first.isUntyped ? pair[0] : first
      let kernel = NullIfKernel(
        comparedAs: value.type == pair[0].type ? nil : pair[0].type)
      return call.make(
        kernel, [value, pair[1]], type: value.type, decimals: value.decimals)
    },
  ]
}
