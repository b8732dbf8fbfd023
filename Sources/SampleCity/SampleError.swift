/// What can go wrong while the sample is written; the message says it in English and in French.
enum SampleError: Error, CustomStringConvertible {
  case cannotWrite(path: String, reason: String)
  case zlib(Int32)
  case notEncodable(scalar: UInt32, encoding: String)
  case brokenMap(String)
  case wrongOptions(String)

  var description: String {
    switch self {
    case .cannotWrite(let path, let reason):
      "cannot write \(path): \(reason) / écriture impossible"
    case .zlib(let status):
      "zlib refused the data (status \(status)) / zlib a refusé les données"
    case .notEncodable(let scalar, let encoding):
      "U+\(String(scalar, radix: 16, uppercase: true)) does not exist in \(encoding)"
        + " / ce caractère n’existe pas dans cet encodage"
    case .brokenMap(let what):
      "the district map is not sound: \(what); try another seed"
        + " / la carte des quartiers est incohérente ; essayez une autre graine"
    case .wrongOptions(let what): what
    }
  }
}
