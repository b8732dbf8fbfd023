/// Where the wanted fields of a morsel's records lie, and what was wrong with the others.
public struct FieldIndex: Sendable {
  /// A record that is no row.
  public struct Fault: Sendable, Hashable {
    // A morsel may be nothing but faults, so they are kept small; it has less than 2 GiB.
    private let start: Int32
    private let end: Int32
    private let place: Int32
    private let before: Int32
    private let field: Int32
    public let fault: RecordFault
    /// The record's (for broken quoting, the physical line's) bytes in the morsel, without its
    /// line end.
    public var bytes: Range<Int> { Int(start)..<Int(end) }
    /// Where in the morsel the trouble is, on the first line of the record.
    public var position: Int { Int(place) }
    /// The number of good records before it in the morsel.
    public var recordsBefore: Int { Int(before) }
    /// Index of the field in which it is, or the number of fields found.
    public var column: Int { Int(field) }

    init(_ fault: RecordFault, _ bytes: Range<Int>, at position: Int, after: Int, column: Int) {
      self.fault = fault
      start = Int32(truncatingIfNeeded: bytes.lowerBound)
      end = Int32(truncatingIfNeeded: bytes.upperBound)
      place = Int32(truncatingIfNeeded: position)
      before = Int32(truncatingIfNeeded: after)
      field = Int32(truncatingIfNeeded: column)
    }
  }

  /// Columns that were asked for, as positions in the record; slot *s* is column `wanted[s]`.
  public let wanted: [Int]
  /// Good records.
  public internal(set) var recordCount = 0
  /// Slices of the wanted fields, record by record: `recordCount × wanted.count`.
  public internal(set) var slices: [FieldSlice] = []
  /// Where each good record begins.
  public internal(set) var recordStarts: [Int32] = []
  public internal(set) var faults: [Fault] = []
  public internal(set) var blankLines = 0
  /// Unquoted fields with a quote among their bytes, in good records or not: read as written, and
  /// worth a warning.
  public internal(set) var strayQuotes = 0
  /// Whether a line is among the faults only because the bytes ended within its quotes.
  public internal(set) var endsOpen = false
  /// How the morsel is written: decoders undo its escapes.
  let dialect: CSVDialect

  init(wanted: [Int], _ dialect: CSVDialect) { (self.wanted, self.dialect) = (wanted, dialect) }

  /// The slice of a record's field.
  @inlinable
  public func slice(_ record: Int, slot: Int) -> FieldSlice {
    slices[record * wanted.count + slot]
  }
}
