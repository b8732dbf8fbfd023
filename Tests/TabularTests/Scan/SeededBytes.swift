/// Random texts from a seed (SplitMix64).
struct SeededBytes: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 &+ 0x1234_5678_9ABC_DEF1 }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  mutating func below(_ limit: Int) -> Int { Int(next() % UInt64(max(1, limit))) }

  mutating func chance(_ oneIn: Int) -> Bool { below(oneIn) == 0 }

  mutating func pick<T>(_ choices: [T]) -> T { choices[below(choices.count)] }

  /// Bytes drawn from an alphabet.
  mutating func bytes(_ count: Int, from alphabet: String) -> [UInt8] {
    let alphabet = Array(alphabet.utf8)
    return (0..<count).map { _ in pick(alphabet) }
  }

  /// A text as a program writes it, with a share of dirt.
  mutating func csv(rows: Int, columns: Int, dirt: Int) -> [UInt8] {
    var out: [UInt8] = []
    for _ in 0..<rows {
      let fields = chance(20) ? below(columns + 3) : columns
      for field in 0..<fields {
        if field > 0 { out.append(UInt8(ascii: ",")) }
        appendField(to: &out)
      }
      out += pick([[0x0A], [0x0A], [0x0D, 0x0A], [0x0A, 0x0A]])
    }
    if dirt > 0, !out.isEmpty {
      for _ in 0..<(out.count / dirt) {
        let place = below(out.count)
        out[place] = pick(Array("\"\"\",\n\r\\a\0 ".utf8))
      }
    }
    if chance(3) { out.removeLast(min(out.count, below(3))) }
    return out
  }

  /// Lines that leave a quote open in whatever state they are read, and some that close it.
  mutating func openings(lines: Int) -> [UInt8] {
    var out: [UInt8] = []
    for _ in 0..<lines {
      let line = pick([
        "x\",y,\"z\n", "x\",y,\"z\r\n", "a,b,c\n", "\"\"\"\n", "a,\"b\n", "b\",c\n", "\n",
        "1,\"2\"\"\n\"\"\",3\n", "\"q\"x\n", "l'\"eau\",b,c\n",
      ])
      out += Array(line.utf8)
    }
    return out
  }

  private mutating func appendField(to out: inout [UInt8]) {
    let length = chance(30) ? below(200) : below(12)
    switch below(6) {
    case 0:
      out.append(0x22)
      for _ in 0..<length {
        switch below(12) {
        case 0: out += [0x22, 0x22]
        case 1: out.append(0x0A)
        case 2: out.append(0x2C)
        case 3: out += [0x0D, 0x0A]
        default: out.append(UInt8(ascii: "q"))
        }
      }
      out.append(0x22)
    case 1: break
    default: out += bytes(length, from: "abc de ")
    }
  }
}
