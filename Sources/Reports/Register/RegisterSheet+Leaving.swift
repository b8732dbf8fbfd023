import StageKit
import Tabular

/// What leaves for whom, and by whose decision.
extension RegisterSheet {
  /// A table for each output about persons, the others in one.
  func leaving(_ activity: Activity) -> [RegisterBlock] {
    guard !activity.outputs.isEmpty else { return [.paragraph(say(RegisterWords.leavesNothing))] }
    var blocks: [RegisterBlock] = []
    for output in activity.outputs where output.rows != .things {
      blocks.append(
        .table(
          caption: caption(output),
          columns: [
            RegisterWords.field, RegisterWords.title, RegisterWords.privacyClass,
            RegisterWords.from, RegisterWords.treatment,
          ].map(say),
          rows: output.fields.map { field in
            [
              .code([field.name]), .text(field.title.map(say) ?? ""),
              .text(words(field.classes)), .code([list(field.from)]), .code(field.treatments),
            ]
          }))
    }
    let things = activity.outputs.filter { $0.rows == .things }
    if !things.isEmpty {
      blocks.append(
        .table(
          caption: caption(RegisterWords.notAboutPersons, activity),
          columns: [RegisterWords.output, RegisterWords.audiences, RegisterWords.files].map(say),
          rows: things.map {
            [.text(name($0)), .text(named($0.audience)), .code($0.paths)]
          }))
    }
    if !activity.treatments.isEmpty {
      blocks.append(
        .table(
          caption: caption(RegisterWords.treatments, activity),
          columns: [RegisterWords.treatment, RegisterWords.description].map(say),
          rows: activity.treatments.map { [.code([$0.name]), .text($0.title.map(say) ?? "")] }))
    }
    return blocks
  }

  func name(_ output: ProcessingRegister.Output) -> String {
    named(ProcessingRegister.Named("\(output.pipeline) / \(output.name)", output.title))
  }

  /// Name, audience, nature, guarantees and files of an output, in a line.
  func caption(_ output: ProcessingRegister.Output) -> String {
    var parts = [say(RegisterWords.rows(output.rows))]
    parts += output.guarantees.map { guarantee in
      PlainLine.text(guarantee.name) + (guarantee.title.map { " (\(say($0)))" } ?? "")
    }
    if !output.chosenBy.isEmpty { parts.append(say(RegisterWords.chosen(list(output.chosenBy)))) }
    parts.append(list(output.paths))
    return name(output) + " → " + named(output.audience) + ". " + parts.joined(separator: semicolon)
  }

  func decisions(_ activity: Activity) -> [RegisterBlock] {
    guard !activity.decisions.isEmpty else { return [] }
    return [
      .table(
        caption: caption(RegisterWords.decisions, activity),
        columns: [
          RegisterWords.field, RegisterWords.decision, RegisterWords.because, RegisterWords.entry,
          RegisterWords.pipeline,
        ].map(say),
        rows: activity.decisions.map { decision in
          [
            .code([decision.field, list(decision.from)]), .text(told(decision)),
            .text(PlainLine.text(decision.because)),
            .text(
              decision.entries.map { say(RegisterWords.entry($0)) }.joined(separator: semicolon)),
            .text(PlainLine.text(decision.pipeline)),
          ]
        })
    ]
  }

  func told(_ decision: ProcessingRegister.Decision) -> String {
    say(decision.becomes.map { RegisterWords.become($0.word) } ?? RegisterWords.singlesOut)
  }
}
