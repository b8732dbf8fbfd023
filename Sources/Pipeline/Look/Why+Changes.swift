/// What was different between two runs.
extension Why {
  static func changes(
    _ then: RunAccount, _ now: RunAccount, step: String
  ) -> [Change] {
    let (thenUpstream, upstream) = (then.upstream(of: step), now.upstream(of: step))
    var changes = inputs(then, now, upstream.union(thenUpstream))
    changes += compared(
      .definition, then.definitions.mapValues { ($0, $0) }, now.definitions.mapValues { ($0, $0) })
    changes += compared(
      .parameter, then.parameters.mapValues { ($0.digest, $0.shown) },
      now.parameters.mapValues { ($0.digest, $0.shown) })
    if then.version != now.version {
      changes.append(
        Change(
          what: .version, name: "octroi", change: .changed, before: then.version,
          after: now.version))
    }
    return changes + stages(then, thenUpstream, now, upstream)
  }

  /// Things that have a name, told apart by one text and shown as another.
  private static func compared(
    _ kind: Change.Kind, _ then: [String: (identity: String, shown: String?)],
    _ now: [String: (identity: String, shown: String?)]
  ) -> [Change] {
    Set(then.keys).union(now.keys).sorted().compactMap { name in
      let (before, after) = (then[name], now[name])
      guard before?.identity != after?.identity else { return nil }
      let way: Change.Way = before == nil ? .added : after == nil ? .removed : .changed
      return Change(
        what: kind, name: name, change: way, before: before?.shown, after: after?.shown)
    }
  }

  /// Files of the sources that the table is made of. One that only has another name is told so.
  private static func inputs(
    _ then: RunAccount, _ now: RunAccount, _ upstream: Set<String>
  ) -> [Change] {
    let files = { (account: RunAccount) in
      var files: [String: (identity: String, shown: String?)] = [:]
      for input in account.inputs where upstream.contains(input.source) {
        files[input.path] = (input.identity, input.identity)
      }
      return files
    }
    let (before, after) = (files(then), files(now))
    var renamed: [Change] = []
    var (gone, come) = (
      before.filter { after[$0.key] == nil }, after.filter { before[$0.key] == nil }
    )
    for (path, file) in come.sorted(by: { $0.key < $1.key }) {
      guard
        let old = gone.keys.sorted().first(where: { gone[$0]?.identity == file.identity })
      else { continue }
      renamed.append(
        Change(what: .input, name: path, change: .renamed, before: old, after: path))
      gone[old] = nil
      come[path] = nil
    }
    let left = { (path: String) in
      (before[path] != nil && after[path] != nil) || gone[path] != nil || come[path] != nil
    }
    return compared(
      .input, before.filter { left($0.key) }, after.filter { left($0.key) }) + renamed
  }

  private static func stages(
    _ then: RunAccount, _ thenUpstream: Set<String>, _ now: RunAccount, _ upstream: Set<String>
  ) -> [Change] {
    let (before, after) = (
      then.stageAccounts.filter { thenUpstream.contains($0.step) },
      now.stageAccounts.filter { upstream.contains($0.step) }
    )
    let change = { (stage: RunAccount.StageAccount, way: Change.Way) in
      Change(
        what: .stage, name: "\(stage.step) \(stage.place) \(stage.stage)", change: way, before: nil,
        after: nil)
    }
    return before.filter { old in !after.contains { $0.isSame(as: old) } }.map {
      change($0, .removed)
    } + after.filter { new in !before.contains { $0.isSame(as: new) } }.map { change($0, .added) }
  }
}
