import StageKit
import Tabular

/// `swap`: some rows of a group exchange values.
public struct SwapStage: FieldTreating, KeyDrawing {
  public static let declaration = StageDeclaration(
    name: "swap", kind: .breaker,
    summary: Message(
      en: "Exchanges the values of fields between some rows of a group, drawn from a secret key: "
        + "sums and counts of the group stay as they are.",
      fr: "Échange des valeurs entre quelques lignes d’un groupe, tirées d’une clé secrète : les "
        + "sommes et comptes du groupe ne changent pas."),
    options: [
      OptionDeclaration(
        "fields", .fields, required: true,
        Message(
          en: "The fields that are exchanged, together.",
          fr: "Les champs échangés, tous ensemble.")),
      OptionDeclaration(
        "within", .fields, default: "the whole table",
        Message(
          en: "Only rows with equal values of these fields exchange theirs.",
          fr: "Seules des lignes de mêmes valeurs de ces champs échangent les leurs.")),
      OptionDeclaration(
        "share", .limit, required: true,
        Message(en: "The share of rows that do, such as 20%.", fr: "La part des lignes, comme 20%.")
      ),
      OptionDeclaration(
        "id", .fields, required: true,
        Message(
          en: "What tells rows apart: the draw is for its values, and the same at each run.",
          fr: "Ce qui distingue les lignes : le tirage vaut pour ses valeurs, le même à chaque "
            + "exécution.")),
      OptionDeclaration("scope", .text, required: true, TreatmentMessages.scope),
    ],
    privacy: Message(
      en: "Classes stay; k over the fields is void.",
      fr: "Les classes restent ; k sur les champs est annulé."),
    promise: StagePromise(
      guarantee: Message(
        en: "Of a row nobody can tell whether the exchanged values are its own, if the group "
          + "has several rows; which rows did exchange is secret.",
        fr: "Nul ne peut dire d’une ligne si les valeurs échangées sont les siennes, si le "
          + "groupe a plusieurs lignes ; lesquelles ont échangé est secret."),
      assumes: Message(
        en: "The key stays secret; groups are neither small nor uniform.",
        fr: "La clé reste secrète ; les groupes ne sont ni petits ni uniformes."),
      leaves: Message(
        en: "That a value occurs in the group; most rows keep theirs.",
        fr: "Qu’une valeur existe dans le groupe ; la plupart des lignes gardent la leur.")),
    example: """
      swap:
        fields: [revenu, logement]
        within: quartier
        share: 60%
        id: code
        scope: recherche-2026
      """)

  public let output: Facts
  private let fields: [(name: String, column: Int)]
  private let within: [(name: String, column: Int)]
  private let ids: [(name: String, column: Int)]
  private let share: UInt64
  private let scope: String

  public init(_ options: Options, _ binding: Binding) throws {
    let input = binding.input
    let fields = binding.fields(try binding.require(options["fields"]))
    let within = options["within"].map { binding.fields($0) } ?? []
    let ids = binding.fields(try binding.require(options["id"]))
    for fixed in within + ids where fields.contains(where: { $0.name == fixed.name }) {
      binding.diagnostics.error(
        "wrong-value", at: options["fields"]?.position ?? options.position, Self.both(fixed.name))
    }
    scope = binding.scope(options["scope"])
    let node = try binding.require(options["share"])
    if case .share(let perMillion)? = RowLimit(node), perMillion > 0 {
      // perMillion/10⁶ of all numbers of 64 bits.
      share = UInt64(clamping: (UInt128(perMillion) << 64) / 1_000_000)
    } else {
      share = 0
      binding.diagnostics.error("wrong-value", at: node.position, Self.wrongShare)
    }
    try binding.settle()
    func placed(_ fields: [Field]) -> [(name: String, column: Int)] {
      fields.map { ($0.name, input.index(of: $0.name) ?? 0) }
    }
    (self.fields, self.within, self.ids) = (placed(fields), placed(within), placed(ids))
    output = fields.reduce(input) { facts, field in
      var swapped = field
      swapped.counts = nil
      return facts.setting(swapped)
    }
  }

  private var fixed: [(name: String, column: Int)] { within + ids }

  public var treatedFields: [String] { fields.map(\.name) }

  public var drawnScope: String? { scope }

  public func needs(_ wanted: Set<String>) -> Set<String> {
    fields.contains { wanted.contains($0.name) } ? wanted.union(fixed.map(\.name)) : wanted
  }

  public func operation(_ context: StageContext) throws -> StageOperation {
    let swapped = fields.map(\.column).filter { context.wanted.contains(output.fields[$0].name) }
    guard !swapped.isEmpty else {
      return .breaker(SolvedRows("swap", reads: []) { _ in .init([:]) })
    }
    let draws = try KeyedDraws(
      context.keys, scope: scope, purpose: ["swap"] + fields.map(\.name))
    let reads = Set(swapped + fixed.map(\.column))
    return .breaker(
      SolvedRows("swap", reads: reads) { [self] batches in
        guard !batches.isEmpty else { return .init([:]) }
        let rows = try partners(batches, draws)
        var columns: [Int: [Column]] = [:]
        for column in swapped {
          columns[column] = try WholeColumn(batches, column).rearranged(rows)
        }
        return .init(columns)
      })
  }

  /// For each row the one whose values it gets: of a group's drawn rows, in the order of their
  /// draws, each gets those of the next.
  private func partners(_ batches: [Batch], _ draws: KeyedDraws) throws -> [Int32] {
    let groups = try RowNumbers.all(batches, within.map(\.column))
    var rows = groups.indices.map { Int32(truncatingIfNeeded: $0) }
    var drawn: [(group: Int32, order: UInt64, row: Int32)] = []
    var row = 0
    for batch in batches {
      for place in 0..<batch.rowCount {
        defer { row += 1 }
        var bytes: [UInt8] = []
        let isKnown = ids.allSatisfy {
          KeyedDraws.append(batch.columns[$0.column], place, to: &bytes)
        }
        var randomness = draws.randomness(of: isKnown ? bytes : [])
        if isKnown, randomness.next() < share || share == .max {
          drawn.append((groups[row], randomness.next(), rows[row]))
        }
      }
    }
    drawn.sort { ($0.group, $0.order, $0.row) < ($1.group, $1.order, $1.row) }
    var start = 0
    while start < drawn.count {
      var end = start + 1
      while end < drawn.count, drawn[end].group == drawn[start].group { end += 1 }
      for place in start..<end {
        let next = place + 1 < end ? place + 1 : start
        rows[Int(drawn[place].row)] = drawn[next].row
      }
      start = end
    }
    return rows
  }

  private static func both(_ name: String) -> Message {
    Message(
      en: "'\(name)' is exchanged, and cannot be in 'within' or 'id' too",
      fr: "« \(name) » est échangé, et ne peut être aussi dans « within » ou « id »")
  }

  private static let wrongShare = Message(
    en: "this is a share of the rows, such as 20%", fr: "ceci est une part des lignes, comme 20%")
}
