import Foundation
import StageKit
import Tabular

/// Gives the pipeline's parameters their values: from the command line, else their defaults;
/// `today` once, in the charter's time zone.
struct ParameterResolver {
  let options: PlanOptions
  let timeZone: String
  let diagnostics: Diagnostics

  func resolve(_ items: [PipelineSpec.Item], at top: SpecPosition) -> [String: ParameterValue] {
    var values: [String: ParameterValue] = [:]
    for item in items {
      guard let type = Self.type(item["type"]?.text ?? "") else { continue }
      let given = options.parameters[item.name]
      let place = given == nil ? item["default"]?.position ?? item.position : item.position
      // Without a value the name and type still stand, so that expressions say no more of it.
      values[item.name] = ParameterValue(type: type, value: .null)
      guard let text = given ?? item["default"]?.text else {
        diagnostics.error(
          "missing-parameter", at: item.position, PlanMessages.missingParameter(item.name))
        continue
      }
      if let value = value(text, type, place) {
        let privacy = item["privacy"]?.text.flatMap { PrivacyClass(rawValue: $0) }
        values[item.name] = ParameterValue(type: type, value: value, privacy: privacy)
      } else {
        diagnostics.error(
          "parameter", at: place, PlanMessages.wrongParameter(item.name, type: type.name))
      }
    }
    for name in options.parameters.keys.sorted()
    where !items.contains(where: { $0.name == name }) {
      let near = Suggestion.nearest(to: name, among: items.map(\.name))
      diagnostics.error(
        "unknown-parameter", at: top, PlanMessages.unknownParameter(name, near: near))
    }
    return values
  }

  private static func type(_ name: String) -> DataType? {
    switch name {
    case "text": .text
    case "boolean": .boolean
    case "integer": .integer
    case "decimal": .decimal
    case "double": .double
    case "date": .date
    case "datetime": .datetime(zoned: false)
    default: nil
    }
  }

  private func value(_ text: String, _ type: DataType, _ position: SpecPosition) -> Value? {
    switch type {
    case .text: return .text(text)
    case .boolean: return text == "true" ? .boolean(true) : text == "false" ? .boolean(false) : nil
    case .integer: return Int64(text).map { .integer($0) }
    case .double: return Double(text).flatMap { $0.isFinite ? .double($0) : nil }
    case .date:
      if text == "today" || text == "yesterday" {
        return today(position, back: text == "today" ? 0 : 1)
      }
      return Self.date(text).map { .date($0) }
    case .decimal, .datetime:
      return Self.constant(text, type)
    }
  }

  /// The day of `now` in the charter's time zone.
  private func today(_ position: SpecPosition, back days: Int) -> Value? {
    guard let today = today() else {
      diagnostics.error("time-zone", at: position, PlanMessages.unknownZone(timeZone))
      return nil
    }
    return .date(Int32(today - days))
  }

  /// The day of `now` in the charter's time zone, in days since 1970; nil when it has none.
  func today() -> Int? {
    guard let zone = TimeZone(identifier: timeZone) else { return nil }
    let seconds = options.now / 1_000_000
    let offset = zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(seconds)))
    let local = Double(seconds + Int64(offset))
    return Int((local / 86_400).rounded(.down))
  }

  private static func date(_ text: String) -> Int32? {
    let parts = text.split(separator: "-").map { Int($0) }
    guard parts.count == 3, let year = parts[0], let month = parts[1], let day = parts[2],
      text.utf8.count == 10, let date = CivilDate(year: year, month: month, day: day)
    else { return nil }
    return Int32(date.daysSinceEpoch)
  }

  /// A constant as expressions read it.
  static func constant(_ text: String, _ type: DataType) -> Value? {
    let quoted = "'" + text.replacing("'", with: "''") + "'"
    let scope = ExpressionScope(fields: [], parameters: [:], parameterTypes: [:])
    let batch = Batch(columns: [], rowCount: 1, sequence: 0)
    guard
      let expression = try? Expression.bind("try_cast(\(quoted) as \(type.name))", in: scope),
      let column = try? expression.evaluate(batch), column.validity[0]
    else { return nil }
    return column.value(0)
  }
}
