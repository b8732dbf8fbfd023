import Crypto
import StageKit
import Tabular

/// Audits what a stage is about to publish of persons together with what was published before.
package struct ReleasedPersons {
  /// What tells releases of the same persons: where the field that tells them apart comes from.
  let series: String
  /// The quasi-identifiers, in the order of the tuples' keys.
  let fields: [String]
  let k: Int
  let releases: any PersonReleases
  let remark: @Sendable (Message) -> Void
  /// Bytes that both releases may take.
  let limit: Int

  /// What persons are called in the memory of a series.
  /// - Parameters:
  ///   - texts: that the field which tells persons apart may hold of them.
  ///   - secret: of the series.
  package static func names(of texts: [String], secret: [UInt8]) -> Set<UInt64> {
    let hash = KeyedHash(secret)
    return Set(
      texts.map { text in
        let bytes = Array(text.utf8)
        return hash.of(TextHash.of(bytes, 0..<bytes.count))
      })
  }

  /// Where the field comes from, and which key its pseudonyms are of: those of two scopes cannot
  /// be told to be of one person.
  static func series(_ person: Field) -> String {
    let origins = person.privacy.origins.sorted().map { "\($0.source).\($0.field)" }
    return (origins.isEmpty ? [person.name] : origins).joined(separator: "+")
      + person.privacy.scopes.sorted().map { "@" + $0 }.joined()
  }

  /// - Parameters:
  ///   - keys: of all tuples.
  ///   - texts: a tuple's values, as they entered.
  ///   - place: what tells a tuple's class from others as it is published; nil where its rows are
  ///     left out.
  /// - Throws: `OperatorError` when somebody would be among fewer than k.
  func audit(
    _ merged: MergedTuples, _ keys: [UInt64], texts: (UInt64) -> [String],
    place: (UInt64) -> [String]?
  ) throws {
    guard let secret = try releases.secret(of: series) else { return }
    let hash = KeyedHash(secret)
    var classes: [[String]: UInt32] = [:]
    var (table, places) = (TupleTable(expecting: keys.count), [UInt32?]())
    var combinations: [PersonRelease.Stand] = []
    let order = fields.indices.sorted { fields[$0] < fields[$1] }
    for key in keys {
      _ = table.number(key)
      guard let label = place(key) else {
        places.append(nil)
        continue
      }
      let number = classes[label] ?? UInt32(truncatingIfNeeded: classes.count)
      classes[label] = number
      places.append(number)
      let texts = texts(key)
      combinations.append(PersonRelease.Stand(hash.of(order.map { texts[$0] }), in: number))
    }
    combinations.sort()
    var persons: [PersonRelease.Stand] = []
    try merged.eachPerson { person, tuples in
      let name = hash.of(person)
      let own = Set(tuples.compactMap { table.find($0).flatMap { places[$0] } })
      persons += own.map { PersonRelease.Stand(name, in: $0) }
      if persons.count * 32 > limit { throw ReleaseMessages.needsMemory }
    }
    persons.sort()
    try compare(
      PersonRelease(
        fields: hash.of(fields.sorted()), combinations: combinations, persons: persons))
  }

  private func compare(_ release: PersonRelease) throws {
    var (arrivals, departures) = (0, 0)
    let earlier = try releases.eachEarlier(series) { one in
      if one == release { return }
      let audit = ReleaseAudit(one, release, k: k)
      guard audit.holds else { throw ReleaseMessages.refused(audit, k: k) }
      (arrivals, departures) = (max(arrivals, audit.arrivals), max(departures, audit.departures))
    }
    remark(ReleaseMessages.held(earlier, k: k))
    if arrivals + departures > 0 {
      remark(ReleaseMessages.presence(arrivals: arrivals, departures: departures, k: k))
    }
    try releases.offer(series, release)
  }
}

/// HMAC-SHA-256, its first 64 bits.
private struct KeyedHash {
  private let base: HMAC<SHA256>

  init(_ secret: [UInt8]) { base = HMAC<SHA256>(key: SymmetricKey(data: secret)) }

  /// Of texts, each with its length.
  func of(_ texts: [String]) -> UInt64 {
    var bytes: [UInt8] = [1]
    for text in texts {
      withUnsafeBytes(of: UInt64(text.utf8.count).littleEndian) { bytes.append(contentsOf: $0) }
      bytes += text.utf8
    }
    return of(bytes)
  }

  /// Of a person's number.
  func of(_ person: UInt64) -> UInt64 {
    of([0] + withUnsafeBytes(of: person.littleEndian) { Array($0) })
  }

  private func of(_ bytes: [UInt8]) -> UInt64 {
    var mine = base
    mine.update(data: bytes)
    return mine.finalize().prefix(8).reduce(0) { $0 << 8 | UInt64($1) }
  }
}
