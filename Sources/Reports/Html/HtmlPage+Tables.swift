/// Tables of reports: numbers to the right without a word, so that thousands of them stay small.
extension HtmlPage {
  /// - Parameters:
  ///   - table: the id of the caption; unique in the page.
  ///   - texts: columns that stand to the left.
  ///   - header: the column that names a row.
  static func report(
    table id: String, caption: String, columns: [String], texts: Set<Int>, header: Int = 0,
    style: HtmlAttribute.Style = .data, rows: [[HtmlNode]]
  ) -> HtmlNode {
    let head = columns.enumerated().map { column, name -> HtmlNode in
      let left: [HtmlAttribute] = texts.contains(column) ? [.style(.left)] : []
      return name.isEmpty
        ? .of(.td, left, "") : .of(.th, [.columnHeader] + left, name)
    }
    let body = rows.map { row in
      HtmlNode.element(
        .tr, [],
        row.enumerated().map { column, cell in
          if column == header { return .of(.th, [.rowHeader], cell) }
          if case .element(.svg, _, _) = cell { return .of(.td, [.style(.pic)], cell) }
          return .of(.td, texts.contains(column) ? [.style(.left)] : [], cell)
        })
    }
    return frame(id, caption, [style], head, body)
  }

  /// A table whose cells are shaded; the first column names the rows.
  static func heat(
    table id: String, caption: String, columns: [String], rows: [[HtmlRow.Cell]]
  ) -> HtmlNode {
    let head = columns.enumerated().map { column, name in
      HtmlNode.of(.th, [.columnHeader] + (column == 0 ? [.style(.left)] : []), name)
    }
    let body = rows.map { row in
      HtmlNode.element(
        .tr, [],
        row.enumerated().map { column, cell in
          column == 0
            ? .of(.th, [.rowHeader], cell.node)
            : .of(.td, cell.shade.map { [.style($0)] } ?? [], cell.node)
        })
    }
    // What no sheet of paper holds as it is, is set smaller there.
    return frame(id, caption, columns.count > 14 ? [.heat, .many] : [.heat], head, body)
  }

  private static func frame(
    _ id: String, _ caption: String, _ styles: [HtmlAttribute.Style], _ head: [HtmlNode],
    _ body: [HtmlNode]
  ) -> HtmlNode {
    .of(
      .div, HtmlAttribute.scrolls(namedBy: id),
      .of(
        .table, [.styles(styles)],
        .of(.caption, [.id(id)], caption),
        .of(.thead, [], .element(.tr, [], head)),
        .element(.tbody, [], body)))
  }
}
