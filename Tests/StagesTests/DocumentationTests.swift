import Foundation
import Octroi
import StageKit
import StageTestSupport
import Tabular
import TestSupport
import Testing

/// Declarations as people read them.
@Suite struct DocumentationTests {
  @Test func examplesDecode() throws {
    for stage in StageCatalog.all {
      let declaration = stage.declaration
      let node = try YamlText.node(declaration.example, file: "example")
      let entry = try #require(node.entries?.first)
      #expect(entry.key == declaration.name && node.entries?.count == 1)
      let diagnostics = Diagnostics()
      let options = OptionDecoder(diagnostics).options(
        of: declaration, body: entry.value, at: entry.keyPosition)
      #expect(options != nil, "\(declaration.name): \(diagnostics.all)")
    }
  }

  @Test func namesAreUniqueAndShorthandsExist() {
    let names = StageCatalog.all.flatMap { [$0.declaration.name] + $0.declaration.otherNames }
    #expect(Set(names).count == names.count)
    for declaration in StageCatalog.all.map({ $0.declaration }) {
      let options = declaration.options.map(\.name)
      #expect(Set(options).count == options.count, "\(declaration.name)")
      if let shorthand = declaration.shorthand {
        #expect(options.contains(shorthand), "\(declaration.name)")
      }
      if declaration.bodyIsMap {
        #expect(declaration.shorthand != nil && options.count == 1, "\(declaration.name)")
      }
    }
  }

  /// A sentence ends with a full stop, and French spaces its punctuation.
  @Test func textsAreSentences() {
    for declaration in StageCatalog.all.map({ $0.declaration }) {
      let texts =
        [declaration.summary, declaration.privacy] + declaration.options.map(\.summary)
      for text in texts {
        #expect(text.en.hasSuffix(".") && text.fr.hasSuffix("."), "\(declaration.name): \(text)")
        let french = Array(text.fr)
        for (index, mark) in french.enumerated().dropFirst() where ";!?".contains(mark) {
          // Between backquotes stands what is written in a file, which is not French.
          #expect(" `".contains(french[index - 1]), "\(declaration.name): \(text.fr)")
        }
      }
    }
  }

  @Test func pagesShowEveryOption() {
    for declaration in StageCatalog.all.map({ $0.declaration }) {
      for language in Language.allCases {
        let page = StageDocumentation(declaration).page(language)
        for option in declaration.options { #expect(page.contains(option.name)) }
        for way in declaration.ways { #expect(page.contains(way.id)) }
      }
    }
  }

  /// What is not promised, and on what a promise rests, is told with it: in every file of the
  /// anonymisation set.
  @Test func anonymisingStagesPromise() throws {
    let folder = Repository.root.appending(path: "Sources/Anonymise")
    let files = try FileManager.default.contentsOfDirectory(atPath: folder.path)
      .filter { $0.hasSuffix("Stage.swift") }
    #expect(files.count >= 16)
    for file in files {
      let type = file.dropLast(".swift".count)
      let stage = StageCatalog.all.first { String(describing: $0) == type }
      let promise = try #require(stage?.declaration.promise, "\(file) promises nothing")
      for text in [promise.guarantee, promise.assumes, promise.leaves] {
        #expect(text.en.count > 10 && text.fr.count > 10 && text.en != text.fr)
      }
    }
  }
}
