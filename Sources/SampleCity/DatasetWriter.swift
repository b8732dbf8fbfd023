/// Writes one data set of the city and tells what is true of it.
protocol DatasetWriter {
  mutating func write(to folder: OutputFolder) throws -> DatasetTruth
}

/// Sums over the good rows of a data set, field by field, to compare a pipeline's figures with.
struct FieldSums {
  private var sums: [(field: String, hundredths: Int)]

  init(_ fields: [String]) { sums = fields.map { ($0, 0) } }

  mutating func add(_ field: String, hundredths: Int) {
    for index in sums.indices where sums[index].field == field {
      sums[index].hundredths += hundredths
    }
  }

  var json: OrderedJSON {
    .object(sums.map { ($0.field, .text(decimal($0.hundredths))) })
  }
}

/// `-12.05` for -1205 hundredths; `point` may be a comma.
func decimal(_ hundredths: Int, point: String = ".") -> String {
  let size = abs(hundredths)
  return (hundredths < 0 ? "-" : "") + "\(size / 100)\(point)" + padded(size % 100, 2)
}

/// The digits of `value` in groups of three.
func grouped(_ value: Int, by separator: String) -> String {
  var rest = value
  var groups: [String] = []
  while rest >= 1_000 {
    groups.append(padded(rest % 1_000, 3))
    rest /= 1_000
  }
  groups.append(String(rest))
  return groups.reversed().joined(separator: separator)
}
