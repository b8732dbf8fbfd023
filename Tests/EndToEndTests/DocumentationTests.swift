import Foundation
import TestSupport
import Testing

/// What the documentation shows is what the product does.
@Suite struct DocumentationTests {
  /// A fenced block of a page.
  struct Block: CustomTestStringConvertible {
    let page: String
    let language: String
    let text: String
    var testDescription: String { "\(page), \(language)" }
  }

  static let blocks: [Block] = {
    var pages = ["README.md", "LISEZMOI.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md"]
    pages += ["seeds/README.md", "SampleData/README.md", "Benchmarks/README.md"]
    return pages.flatMap { page -> [Block] in
      let url = Repository.root.appending(path: page)
      guard let text = try? String(contentsOf: url, encoding: .utf8) else { return [] }
      let parts = text.components(separatedBy: "\n```")
      // Texts and blocks alternate; a block's first line names its language.
      return stride(from: 1, to: parts.count, by: 2).map { index in
        let lines = parts[index].split(separator: "\n", omittingEmptySubsequences: false)
        return Block(
          page: page, language: String(lines.first ?? ""),
          text: lines.dropFirst().joined(separator: "\n") + "\n")
      }
    }
  }()

  static let pipelines = blocks.filter { $0.language == "yaml" }

  @Test func bothReadmesShowAPipeline() {
    #expect(Set(Self.pipelines.map(\.page)).isSuperset(of: ["README.md", "LISEZMOI.md"]))
  }

  @Test(arguments: pipelines)
  func everyYAMLBlockPassesTheCheck(_ block: Block) throws {
    let project = try Project()
    try project.folder.write(block.text, to: "Pipelines/demandes.yml")
    let result = try project.octroi("check", "Pipelines/demandes.yml")
    #expect(result.status == 0, "\(block.page): \(result.errors)")
  }

  /// The pages tell the reader to write `from: propres` under the output, and what comes of it.
  @Test(arguments: [("README.md", "en"), ("LISEZMOI.md", "fr")])
  func theRefusalIsTheOneShown(_ page: String, _ language: String) throws {
    let block = try #require(Self.pipelines.first { $0.page == page })
    let shown = try #require(
      Self.blocks.first { $0.page == page && $0.text.hasPrefix("Pipelines/demandes.yml:") })
    let project = try Project()
    try project.folder.write(
      block.text.replacingOccurrences(of: "    from: par_quartier", with: "    from: propres"),
      to: "Pipelines/demandes.yml")
    let result = try Program.run(
      Program.octroi, ["check", "Pipelines/demandes.yml", "--lang", language],
      in: project.folder.url, environment: project.environment)
    #expect(result.status == 2)
    #expect(result.errors.contains(shown.text), "\(page): \(result.errors)")
  }

  static let commands = blocks.filter { $0.language == "sh" }.flatMap { block in
    block.text.split(separator: "\n").filter { $0.hasPrefix("octroi ") }.map { line in
      Block(
        page: block.page, language: "sh",
        text: String(line.split(separator: "#")[0]).trimmingCharacters(in: .whitespaces))
    }
  }

  @Test func commandsShownWork() throws {
    #expect(!Self.commands.isEmpty)
    var (page, project) = ("", try Project())
    for command in Self.commands {
      // Each page is for a reader who begins with it.
      if page != command.page { (page, project) = (command.page, try Project()) }
      let words = command.text.split(separator: " ").dropFirst().map(String.init)
      let result = try Program.run(
        Program.octroi, words, in: project.folder.url, environment: project.environment)
      #expect(result.status == 0, "\(command.page): \(command.text): \(result.errors)")
    }
  }
}
