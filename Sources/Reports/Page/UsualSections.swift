import Tabular

/// What suits tables when nobody has said what to show.
enum UsualSections {
  static func of(_ tables: [ReportTable], shapes: MapShapes?) -> [ReportSection] {
    var sections: [ReportSection] = []
    for table in tables { sections += Self.sections(of: table, shapes) }
    // Figures first: of a table by period, if there is one.
    let dated = Set(
      tables.filter { BoundRoles(ReportRoles(), $0).period != nil }.map(\.name))
    let figures = sections.filter { $0.kind == .figures }
    let best = figures.first { dated.contains($0.table ?? "") } ?? figures.first
    let first = [best].compactMap { $0 }
    let rest = sections.filter { $0.kind != .figures }
    let shown = rest.filter { $0.kind != .table } + rest.filter { $0.kind == .table }
    let accounts: [ReportSection.Kind] = [.methodology, .quality, .confidentiality, .provenance]
    return first + shown + accounts.map { ReportSection($0) }
  }

  private static func sections(of table: ReportTable, _ shapes: MapShapes?) -> [ReportSection] {
    let roles = BoundRoles(ReportRoles(), table)
    func section(_ kind: ReportSection.Kind) -> ReportSection {
      var section = ReportSection(kind)
      section.table = table.name
      return section
    }
    guard !roles.values.isEmpty else { return [section(.table)] }
    if roles.period != nil { return [section(.figures), section(.series), section(.table)] }
    guard roles.isOneRowAUnit(table), table.rows > 1 else {
      let isCrossed = roles.unit != nil && roles.group != nil
      return (isCrossed ? [section(.heat)] : [section(.figures)]) + [section(.table)]
    }
    var sections = [section(.figures)]
    if let shapes {
      let keys = Set((0..<table.rows).map { roles.key(table, $0) })
      if shapes.property(naming: keys) != nil { sections.append(section(.map)) }
    }
    sections.append(section(.ranking))
    if roles.values.count > 1, table.rows <= 100 { sections.append(section(.heat)) }
    if roles.values.count > 2, table.rows <= 60 { sections.append(section(.profiles)) }
    sections.append(section(.table))
    return sections
  }
}
