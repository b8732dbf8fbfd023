import Ingest
import Tabular

/// An answer to `why`, for people.
struct WhyText {
  let why: Why
  let language: Language
  /// What a stage says of a way in which rows leave or appear.
  let meaning: (_ stage: String, _ way: String) -> Message?

  /// Lines ended.
  var text: String {
    var lines = [head]
    for source in why.sources { lines += describe(source) }
    for stage in why.stages { lines += describe(stage) }
    for output in why.outputs { lines.append(describe(output)) }
    lines += [""] + changes
    if let failure = why.laterFailure {
      lines += ["", say(WhyMessages.laterFailure(failure.id, exit: failure.outcome))]
    }
    return TerminalText.safeLines(lines)
  }

  private func say(_ message: Message) -> String { message.text(language) }

  private var head: String {
    let run = say(WhyMessages.run(why.run.id, why.run.started))
    let against = why.against.map { say(WhyMessages.against($0.id, $0.started)) } ?? ""
    let step = why.step == why.name ? "" : " ← \(why.step)"
    return "\(why.name)\(step) (\(why.pipeline)), \(run)\(against)"
  }

  private func show(_ figure: Why.Figure) -> String {
    let count = RunResult.grouped(figure.rows, language)
    guard let before = figure.before, before != figure.rows else { return count }
    let difference = RunResult.grouped(figure.rows - before, language)
    return "\(count) (\(figure.rows > before ? "+" : "")\(difference))"
  }

  private func describe(_ source: Why.Source) -> [String] {
    let account = WhyMessages.source(
      read: show(source.read), passed: show(source.passed), rejected: show(source.rejected),
      skipped: show(source.skipped))
    var lines = ["  \(source.source)\(colon) \(say(account))"]
    lines += source.rejectedBy.sorted { $0.key < $1.key }.map { way, figure in
      detail(way, figure, RejectKind(rawValue: way)?.message)
    }
    return lines + source.skippedBy.sorted { $0.key < $1.key }.map { detail($0, $1, nil) }
  }

  private func describe(_ stage: Why.Stage) -> [String] {
    let account = WhyMessages.stage(rowsIn: show(stage.rowsIn), rowsOut: show(stage.rowsOut))
    let isNew = why.against != nil && stage.rowsIn.before == nil
    let new = isNew ? say(WhyMessages.new) : ""
    var lines = ["  \(stage.step) \(stage.place) \(stage.stage)\(colon) \(say(account))\(new)"]
    for (ways, sign) in [(stage.left, "−"), (stage.made, "+")] {
      lines += ways.sorted { $0.key < $1.key }.map { way, figure in
        detail("\(sign) \(way)", figure, meaning(stage.stage, way))
      }
    }
    return lines
  }

  private func detail(_ way: String, _ figure: Why.Figure, _ meaning: Message?) -> String {
    let told = meaning.map { "\(colon) " + say($0) } ?? ""
    return "      \(way) \(show(figure))\(told)"
  }

  private func describe(_ output: Why.Output) -> String {
    let same = output.sameContent.map { say($0 ? WhyMessages.same : WhyMessages.other) } ?? ""
    return "  → \(output.name)\(colon) \(say(WhyMessages.rows(show(output.rows))))\(same)"
  }

  private var colon: String { language == .fr ? " :" : ":" }

  private var changes: [String] {
    guard let against = why.against else { return [say(WhyMessages.nothingToCompare)] }
    guard !why.changes.isEmpty else { return [say(WhyMessages.nothingChanged(against.id))] }
    return [say(WhyMessages.changed(against.id))]
      + why.changes.map { "  " + say(WhyMessages.change($0)) }
  }
}

extension Why {
  /// For people, lines ended.
  /// - Parameter meaning: what a stage says of a way in which rows leave or appear.
  public func text(
    _ language: Language, meaning: @escaping (_ stage: String, _ way: String) -> Message?
  ) -> String {
    WhyText(why: self, language: language, meaning: meaning).text
  }
}
