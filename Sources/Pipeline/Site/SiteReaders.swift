import Foundation
import Reports
import StageKit
import Tabular

/// What the readers of a site may know. Inside the city they are told of everything; others of
/// what is published to them and to everyone, as manifests and catalogue tell it: nothing of runs,
/// rejects and inputs, of sources that are not public only that there are some, and of steps only
/// what kind of stages they have.
struct SiteReaders {
  let audience: Charter.Audience
  let charter: Charter

  static let inside = "internal"
  static let everyone = "open"

  /// Whether runs are told of.
  var areInside: Bool { audience.name == Self.inside }

  func see(_ audience: String) -> Bool {
    areInside || audience == self.audience.name || audience == Self.everyone
  }

  /// What the charter calls an audience.
  func title(_ audience: String) -> Message {
    charter.audiences[audience]?.title ?? Message(en: audience, fr: audience)
  }

  /// A moment of the ledger as they are told it: outside the day is enough.
  func moment(_ text: String) -> SiteMoment? {
    let zone = TimeZone(identifier: charter.timeZone) ?? .gmt
    guard let date = try? Date(text, strategy: .iso8601) else { return nil }
    let style = Date.ISO8601FormatStyle(timeZone: zone)
    guard let day = Self.day(date.formatted(style.year().month().day())) else { return nil }
    guard areInside else { return SiteMoment(day: day, minute: nil) }
    let parts = date.formatted(style.time(includingFractionalSeconds: false))
      .split(separator: ":").prefix(2).compactMap { Int($0) }
    return SiteMoment(day: day, minute: parts.count == 2 ? parts[0] * 60 + parts[1] : nil)
  }

  /// Days since 1970 of a day as ISO 8601 writes it.
  static func day(_ text: String) -> Int? {
    let node = SpecNode(
      .scalar(text, .plain), at: SpecPosition(file: "", line: 1, column: 1))
    guard case .date(let days) = node.value(as: .date) else { return nil }
    return Int(days)
  }

  static let hiddenSource = Message(en: "Source not public", fr: "Source non publique")

  func title(_ source: PlannedSource) -> Message {
    guard areInside || source.governance.isPublic else { return Self.hiddenSource }
    return source.governance.title ?? Message(en: source.name, fr: source.name)
  }

  func detail(_ source: PlannedSource) -> Message {
    if areInside { return Message(en: source.name, fr: source.name) }
    let publisher = source.governance.isPublic ? source.governance.node["publisher"]?.text : nil
    return Message(en: publisher ?? "", fr: publisher ?? "")
  }

  /// - Parameter number: the step's place in the flow, from 1.
  func title(step: String, _ number: Int) -> Message {
    areInside
      ? Message(en: step, fr: step)
      : Message(en: "Step\u{a0}\(number)", fr: "Étape\u{a0}\(number)")
  }
}
