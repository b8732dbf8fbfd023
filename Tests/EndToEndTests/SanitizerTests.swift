import TestSupport
import Testing

/// Whether sanitizers see what tests start.
@Suite struct SanitizerTests {
  /// Asked for its options, a sanitizer names itself; a program without one is not asked.
  @Test func theProgramIsBuiltAsTheTestsAre() throws {
    let result = try Program.run(
      Program.octroi, ["--version"],
      environment: ["ASAN_OPTIONS": "help=1", "TSAN_OPTIONS": "help=1"])
    let told = result.output + result.errors
    #expect(told.contains("AddressSanitizer") == (Program.sanitizer == .address), "\(told)")
    #expect(told.contains("ThreadSanitizer") == (Program.sanitizer == .thread), "\(told)")
  }
}
