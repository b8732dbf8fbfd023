/// Makes the index of a morsel: whole records, beginning at a record's start.
public struct FieldIndexer: Sendable {
  public let dialect: CSVDialect
  /// Fields that a record must have.
  public let columns: Int
  /// Positions of the fields to index, ascending.
  public let wanted: [Int]
  /// Whether one more, empty field at the end (a trailing delimiter) is let through.
  public let allowsTrailingDelimiter: Bool

  /// - Parameters:
  ///   - columns: at least 1.
  ///   - wanted: each below `columns`; others are left out.
  public init(
    dialect: CSVDialect, columns: Int, wanted: [Int], allowsTrailingDelimiter: Bool = false
  ) {
    (self.dialect, self.columns) = (dialect, max(columns, 1))
    self.wanted = wanted.filter { $0 >= 0 && $0 < columns }
    self.allowsTrailingDelimiter = allowsTrailingDelimiter
  }

  /// - Parameter bytes: a morsel, at most 1 GiB.
  public func index(_ bytes: Span<UInt8>) -> FieldIndex {
    var index = FieldIndex(wanted: wanted, dialect)
    // No record is shorter than its delimiters and line end; what is not used is never touched.
    let most = bytes.count / columns + 2
    index.slices = unsafe Array(unsafeUninitializedCapacity: most * wanted.count) {
      slices, sliceCount in
      index.recordStarts = unsafe Array(unsafeUninitializedCapacity: most) { starts, count in
        var build = unsafe IndexBuild(self, bytes, slices: slices, starts: starts)
        build.run(bytes)
        (count, sliceCount) = (build.records, build.records * wanted.count)
        (index.faults, index.blankLines) = (build.faults, build.blankLines)
        (index.strayQuotes, index.endsOpen) = (build.strayQuotes, build.endsOpen)
      }
    }
    index.recordCount = index.recordStarts.count
    return index
  }
}
