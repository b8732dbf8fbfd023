import Glibc

/// The target that `OCTROI_FUZZ` names; each has its corpus of the same name.
private let target: @Sendable ([UInt8]) -> Void = {
  let targets: [String: @Sendable ([UInt8]) -> Void] = [
    "scan": ScanTarget.run, "clean": CleanTarget.run, "numbers": NumberTarget.run,
    "texts": TextTarget.run, "gzip": GzipTarget.run, "syntax": SyntaxTarget.run,
    "spec": SpecTarget.run,
  ]
  let name = getenv("OCTROI_FUZZ").map { String(cString: $0) } ?? ""
  guard let target = targets[name] else {
    print("OCTROI_FUZZ names one of \(targets.keys.sorted().joined(separator: ", "))")
    exit(2)
  }
  return target
}()

/// Called by libFuzzer with each input.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzOne(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  target(Array(UnsafeBufferPointer(start: start, count: count)))
  return 0
}

/// Ends the process, which libFuzzer takes for a finding, where a property does not hold.
func require(_ holds: Bool, _ what: @autoclosure () -> String) {
  if holds { return }
  print("FINDING:", what())
  fflush(nil)
  abort()
}

/// The first bytes of an input choose, the others are the text.
struct Choices {
  private(set) var rest: ArraySlice<UInt8>

  init(_ input: [UInt8]) { rest = input[...] }

  /// A number below `limit`.
  mutating func below(_ limit: Int) -> Int { Int(rest.popFirst() ?? 0) % limit }

  mutating func pick<T>(_ choices: [T]) -> T { choices[below(choices.count)] }

  mutating func chance(_ oneIn: Int) -> Bool { below(oneIn) == 1 }
}
