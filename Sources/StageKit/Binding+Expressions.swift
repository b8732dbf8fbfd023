import Tabular

/// Expressions in options: checked against a table's facts, faults told at their place.
extension Binding {
  /// What an expression over a table may name.
  /// - Parameter facts: of the table; the input's when nil.
  public func scope(_ facts: Facts? = nil) -> ExpressionScope {
    ExpressionScope(
      fields: (facts ?? input).fields.map { ($0.name, $0.type, $0.decimals) },
      parameters: parameters.mapValues(\.value), parameterTypes: parameters.mapValues(\.type))
  }

  /// The syntax of an expression; nil after diagnostics.
  public func tree(_ node: SpecNode) -> SyntaxTree? {
    checked(node) { text throws(ExpressionErrors) in try Expression.parse(text) }
  }

  /// An expression over a table; nil after diagnostics, all of its faults at once.
  /// - Parameters:
  ///   - type: that the result must have or convert to by itself.
  ///   - facts: of the table; the input's when nil.
  public func expression(
    _ node: SpecNode, expecting type: DataType? = nil, in facts: Facts? = nil
  ) -> BoundExpression? {
    let scope = scope(facts)
    return checked(node) { text throws(ExpressionErrors) in
      try Expression.bind(text, in: scope, expecting: type)
    }
  }

  /// A part of an expression over a table, or what is left of it; nil after diagnostics.
  /// - Parameter node: the whole expression as written.
  public func expression(
    _ tree: SyntaxTree, of node: SpecNode, expecting type: DataType? = nil, in facts: Facts? = nil
  ) -> BoundExpression? {
    let scope = scope(facts)
    return checked(node) { _ throws(ExpressionErrors) in
      try Expression.bind(tree, in: scope, expecting: type)
    }
  }

  /// An expression that a stage wrote itself, at the place of the option that asked for it.
  public func expression(
    written text: String, at node: SpecNode, in facts: Facts? = nil
  ) -> BoundExpression? {
    do {
      return try Expression.bind(text, in: scope(facts))
    } catch {
      for fault in error.errors { report(fault, at: node.position) }
      return nil
    }
  }

  /// A measure over the groups of the input; nil after diagnostics.
  /// - Parameters:
  ///   - condition: the measure's `where`.
  ///   - keys: names of the fields grouped by.
  public func measure(
    _ node: SpecNode, where condition: SpecNode?, by keys: [String]
  ) -> BoundMeasure? {
    do {
      return try Expression.bindMeasure(
        node.text ?? "", where: condition?.text, in: scope(), groupKeys: keys)
    } catch {
      for fault in error.errors {
        let place = fault.part == .condition ? condition ?? node : node
        report(fault, at: place.position(utf8Offset: fault.offset))
      }
      return nil
    }
  }

  private func checked<T>(
    _ node: SpecNode, _ check: (String) throws(ExpressionErrors) -> T
  ) -> T? {
    do {
      return try check(node.text ?? "")
    } catch {
      for fault in error.errors { report(fault, at: node.position(utf8Offset: fault.offset)) }
      return nil
    }
  }

  private func report(_ fault: ExpressionError, at position: SpecPosition) {
    diagnostics.error(fault.code.rawValue, at: position, fault.message, remedy: fault.remedy)
  }
}

extension Facts {
  /// The fields at the positions that an expression reads.
  public func fields(of expression: BoundExpression) -> [Field] {
    expression.fields.sorted().compactMap { fields.indices.contains($0) ? fields[$0] : nil }
  }

  /// All that the fields that an expression reads carry.
  public func privacy(of expression: BoundExpression) -> Privacy {
    Privacy.union(fields(of: expression).map(\.privacy))
  }

  /// The field that an expression over this table gives. Nothing but a field's name gives that
  /// field again, with all that is known of it.
  /// - Parameters:
  ///   - tree: the expression as written.
  ///   - parameters: those of the pipeline.
  public func field(
    _ name: String, computing expression: BoundExpression, written tree: SyntaxTree,
    _ parameters: [String: ParameterValue]
  ) -> Field {
    if var same = tree.onlyField.flatMap(field), same.type == expression.type {
      same.name = name
      return same
    }
    let nullable = Set(fields.lazy.filter(\.nullable).map(\.name))
    let nulls = Set(parameters.lazy.filter { $0.value.value == .null }.map(\.key))
    var field = Field(
      name, expression.type,
      privacy: privacy(of: expression).union(Facts.privacy(of: tree.parameterNames, parameters)),
      decimals: expression.decimals,
      nullable: tree.mayBeNull(fields: nullable, parameters: nulls))
    field.precision = precision(of: expression, written: tree)
    field.amount = amount(tree, giving: expression.type)
    field.isDecided = isDecided(tree, expression)
    return field
  }

  /// How coarse an expression's result is as a date, or as what tells of one.
  private func precision(
    of expression: BoundExpression, written tree: SyntaxTree
  ) -> DatePrecision? {
    switch expression.type {
    case .date, .datetime: return tree.dateUnit.flatMap(DatePrecision.init(rawValue:))
    default:
      return tree.dateFineness(
        { name in self.field(name).map { $0.precision ?? .day } },
        unit: DatePrecision.init(rawValue:), areApart: areApart) ?? DatePrecision.coarsest
    }
  }

  /// What an expression's result carries of the parameters that it reads: what their authors say;
  /// else texts and long numbers, which may be a person's, are not classed.
  private static func privacy(
    of names: [String], _ parameters: [String: ParameterValue]
  ) -> Privacy {
    Privacy.union(
      names.compactMap { name in
        guard let parameter = parameters[name] else { return nil }
        let told = parameter.privacy ?? (parameter.isTellable ? nil : .unclassified)
        return told.map { Privacy($0, from: FieldOrigin(source: ":", field: name)) }
      })
  }

  /// The names of the fields that an expression reads.
  public func names(of expression: BoundExpression) -> Set<String> {
    Set(fields(of: expression).map(\.name))
  }
}

extension ExpressionScope.Field {
  /// A table's field as expressions see it.
  public init(_ field: Field) {
    self.init(name: field.name, type: field.type, decimals: field.decimals)
  }
}
