extension FieldDecoder {
  func dates(
    _ bytes: Span<UInt8>, _ index: FieldIndex, _ slot: Int, _ patterns: [DatePattern]
  ) -> DecodedColumn {
    let fixed = patterns.first?.fixed
    return column(bytes, index, slot, null: Int32(0), make: { .date($0) }) { _, range, value in
      if let fixed, let day = fixed.day(bytes, range) {
        value = day
        return nil
      }
      guard let day = DatePattern.day(bytes, range, patterns) else { return .badDate }
      value = Int32(truncatingIfNeeded: day)
      return nil
    }
  }

  func datetimes(
    _ bytes: Span<UInt8>, _ index: FieldIndex, _ slot: Int, _ patterns: [DatePattern], zoned: Bool
  ) -> DecodedColumn {
    let isISO = patterns.contains { $0.isISODatetime }
    return column(
      bytes, index, slot, null: Int64(0), make: { .datetime($0, zoned: zoned) }
    ) { _, range, value in
      if isISO, let moment = FixedDate.isoMoment(bytes, range, zoned: zoned) {
        value = moment
        return nil
      }
      guard let moment = DatePattern.moment(bytes, range, patterns, zoned: zoned) else {
        return .badDatetime
      }
      value = moment
      return nil
    }
  }
}
