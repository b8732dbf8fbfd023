import Foundation
import TestSupport
import Testing

/// Every page of a site in a real browser: no error, no request, no barrier, in light and dark.
@Suite struct SiteBrowserTests {
  @Test(.enabled(if: PageProbe.isPossible))
  func rendersWithoutErrorRequestOrBarrier() throws {
    let project = try SiteProject()
    try project.run()
    let result = try project.octroi("site", "site", "--audience", "internal", language: "fr")
    #expect(result.status == 0, "\(result.errors)")
    for name in try project.site().keys.sorted() where name.hasSuffix(".html") {
      let (found, errors) = try PageProbe.look(
        at: project.folder.url.appending(path: "site/" + name))
      #expect(found.light == [] && found.dark == [], "\(name)")
      #expect(found.errors == [] && found.requests == 0 && !found.wide, "\(name)")
      #expect(!errors.contains("CONSOLE"), "\(name): \(errors)")
    }
  }
}
