import StageKit

/// Keys for those who only look: pseudonyms are masked and nothing leaves, so that who has no key
/// can look all the same. Without it, an order by pseudonyms is another than a run's.
struct LookKeys: KeySource {
  let files: KeyFiles

  func key(scope: String) throws -> [UInt8] { try key(scope: scope, id: nil) }

  func key(scope: String, id: Int?) throws -> [UInt8] {
    (try? files.key(scope: scope, id: id)) ?? Array(repeating: 0, count: 32)
  }
}
