import Foundation
import TestSupport
import Testing

/// Every page that the shipped pipelines publish, in a real browser: no barrier, no error, no
/// request; no name of a field where a reader expects words; French with its spaces.
@Suite struct ShippedReportsTests {
  /// Text that stands for itself, such as names of files, is marked as code.
  static let words = """
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      if (node.parentElement.closest("code, script, style")) continue;
      const text = node.textContent;
      if (/[a-z0-9]_[a-z0-9]/.test(text)) errors.push("a raw name: " + text);
      if (root.lang === "fr" && /\\S [:;?!%»]/.test(text)) errors.push("a space: " + text);
      if (/undefined|NaN|null/.test(text)) errors.push("nothing: " + text);
    }
    """

  /// The one for researchers publishes no page.
  private static let pipelines = shippedPipelines.filter { $0 != "Pipelines/chercheurs.yml" }

  @Test(.enabled(if: PageProbe.isPossible), arguments: pipelines)
  func everyPageReadsWell(_ pipeline: String) throws {
    let project = try Project()
    _ = try project.run(pipeline)
    let out = project.folder.url.appending(path: "out/public")
    let names = try FileManager.default.contentsOfDirectory(atPath: out.path)
    let pages = names.sorted().filter { $0.hasSuffix(".html") }
    #expect(!pages.isEmpty)
    for name in pages {
      let (found, errors) = try PageProbe.look(at: out.appending(path: name), own: Self.words)
      #expect(found.light == [] && found.dark == [], "\(name)")
      #expect(found.errors == [] && found.requests == 0 && !found.wide, "\(name)")
      #expect(!errors.contains("CONSOLE"), "\(name): \(errors)")
    }
  }
}
