/// Stands in for swift-crypto, which is long to build and not under test here.
public struct SHA256 {
  private var state: UInt64 = 0xCBF2_9CE4_8422_2325

  public init() {}

  public static func hash(data: some Sequence<UInt8>) -> [UInt8] {
    var sum = SHA256()
    sum.update(data: Array(data))
    return sum.finalize()
  }

  public mutating func update(bufferPointer: UnsafeRawBufferPointer) {
    for byte in bufferPointer { state = (state ^ UInt64(byte)) &* 0x100_0000_01B3 }
  }

  public mutating func update(data: [UInt8]) {
    data.withUnsafeBytes { update(bufferPointer: $0) }
  }

  public func finalize() -> [UInt8] {
    (0..<32).map { UInt8(truncatingIfNeeded: state >> ($0 % 8 * 8)) }
  }
}
