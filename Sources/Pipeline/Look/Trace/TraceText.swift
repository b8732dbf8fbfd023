import Ingest
import StageKit
import Tabular

/// A trace for people.
struct TraceText {
  let trace: Trace
  let language: Language

  /// Lines ended, safe to print on a terminal.
  var text: String {
    var lines: [String] = []
    for source in trace.sources { lines += describe(source) }
    for row in trace.rows.indices { lines += [""] + describe(row) }
    if !trace.warnings.isEmpty { lines.append("") }
    for warning in trace.warnings {
      guard let stage = trace.stage(warning.node) else { continue }
      lines.append(
        say(TraceMessages.warning(stage.step, stage.declaration.name, warning.message)))
    }
    return TerminalText.safeLines(lines)
  }

  private func say(_ message: Message) -> String { message.text(language) }

  private func describe(_ source: Trace.Source) -> [String] {
    let followed = trace.rows.count { $0.start.source == source.name }
    let head = TraceMessages.source(
      source.name, matched: source.matched, followed: followed, read: source.read)
    return [say(head)]
      + source.rejects.map { notice in
        "  \(notice.file):\(notice.line): " + describe(notice.fate)
      }
      + (source.lost > source.rejects.count
        ? ["  " + say(TraceMessages.more(source.lost - source.rejects.count))] : [])
  }

  private func describe(_ fate: RecordWatch.Fate) -> String {
    switch fate {
    case .rejected(let kind, let column, let rule):
      say(TraceMessages.rejected(kind, column: column, rule: rule))
    case .skipped(let kind): say(TraceMessages.skipped(kind))
    case .row: say(TraceMessages.kept)
    }
  }

  private func describe(_ row: Int) -> [String] {
    let (start, events) = (trace.rows[row].start, trace.rows[row].events)
    var lines = [say(TraceMessages.row(row + 1, start.source)) + ", \(start.file):\(start.line)"]
    var counted: [(line: String, count: Int)] = []
    for event in events {
      let line = describe(event)
      if let index = counted.firstIndex(where: { $0.line == line }) {
        counted[index].count += 1
      } else {
        counted.append((line, 1))
      }
    }
    lines += counted.map { $0.count > 1 ? "\($0.line) (×\($0.count))" : $0.line }
    let outputs = trace.rows[row].outputs
    let isSide = events.contains { event in
      if case .side = event.fate { true } else { false }
    }
    let nowhere = isSide ? TraceMessages.inOthers : TraceMessages.nowhere
    lines.append("  → " + say(outputs.isEmpty ? nowhere : TraceMessages.outputs(outputs)))
    return lines
  }

  private func describe(_ event: TraceEvent) -> String {
    guard let stage = trace.stage(event.node) else { return "" }
    let place = trace.plan.nodes[event.node].position
    let head =
      "  \(stage.step) \(stage.place) \(stage.declaration.name), "
      + "\(place.file):\(place.line):\(place.column)"
    let colon = language == .fr ? " : " : ": "
    return head + colon + describe(event.fate, stage.declaration) + describe(event.changes)
  }

  private func describe(_ fate: TraceEvent.Fate, _ stage: StageDeclaration) -> String {
    switch fate {
    case .kept: say(TraceMessages.kept)
    case .multiplied(let count): say(TraceMessages.multiplied(count))
    case .left(let ways):
      say(
        TraceMessages.left(
          ways.map { way in (way, stage.ways.first { $0.id == way }?.meaning) }))
    case .grouped(let fields):
      say(
        TraceMessages.grouped(
          fields.map { "\($0.name) = \(shown($0.text, isShown: $0.isShown))" }
            .joined(separator: ", ")))
    case .side(let table): say(TraceMessages.side(table))
    case .lost: say(TraceMessages.lost)
    }
  }

  /// The fields that are other, by what happened to them.
  private func describe(_ changes: [FieldChange]) -> String {
    var parts: [String] = []
    for (kind, word) in [
      (FieldChange.Kind.changed, TraceMessages.changes), (.added, TraceMessages.added),
      (.removed, TraceMessages.removed),
    ] {
      let list = changes.filter { $0.kind == kind }.map(describe)
      if !list.isEmpty { parts.append(say(word) + list.joined(separator: ", ")) }
    }
    let mark = language == .fr ? " ; " : "; "
    return parts.map { mark + $0 }.joined()
  }

  private func describe(_ change: FieldChange) -> String {
    switch change.kind {
    case .removed: return change.field
    case .added:
      return change.isShown
        ? "\(change.field) = \(shown(change.after, isShown: true))" : change.field
    case .changed:
      guard change.isShown else { return "\(change.field) (\(say(TraceMessages.masked)))" }
      let (from, to) = (shown(change.before, isShown: true), shown(change.after, isShown: true))
      return "\(change.field) \(from) → \(to)"
    }
  }

  private func shown(_ text: String?, isShown: Bool) -> String {
    guard isShown else { return ShownClasses.mask }
    guard let text else { return say(TraceMessages.empty) }
    return text.isEmpty ? "\"\"" : TerminalText.cut(TerminalText.safe(text), to: 60)
  }
}

extension Trace {
  /// For people, lines ended, safe to print on a terminal.
  public func text(_ language: Language) -> String {
    TraceText(trace: self, language: language).text
  }
}
