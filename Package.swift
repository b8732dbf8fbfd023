// swift-tools-version: 6.2
import PackageDescription

let house: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .enableUpcomingFeature("MemberImportVisibility"),
  .treatAllWarnings(as: .error),
]
/// The hot loops live in `Tabular`; every unsafe construct there is spelt out.
let hot: [SwiftSetting] = house + [.strictMemorySafety()]
/// The Swift libraries go into the binary: it starts in two thirds of the time, and runs where no
/// Swift is installed. Foundation's own parts are named, since only modules that were compiled for
/// this name them by themselves. Under a sanitizer (`.ci/sanitized`) they stay outside, since it
/// stands before what they call.
let alone: [LinkerSetting] =
  Context.environment["OCTROI_SANITIZED"] != nil
  ? []
  : [
    .unsafeFlags(
      [
        "-static-stdlib", "-Xlinker", "--start-group", "-lFoundation",
        "-lFoundationInternationalization", "-lFoundationEssentials", "-lCoreFoundation",
        "-l_FoundationICU", "-l_FoundationCShims", "-l_FoundationCollections", "-Xlinker",
        "--end-group", "-lstdc++",
      ], .when(platforms: [.linux], configuration: .release))
  ]

let package = Package(
  name: "octroi",
  products: [
    .library(name: "Octroi", targets: ["Octroi"]),
    .executable(name: "octroi", targets: ["octroi-cli"]),
    .executable(name: "octroi-sample", targets: ["SampleCity"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
  ],
  targets: [
    // C: header-only SIMD masks and the two system libraries.
    .target(name: "CKernels"),
    .systemLibrary(name: "CLibCSV", providers: [.apt(["libcsv-dev"])]),
    .systemLibrary(name: "CZlib", providers: [.apt(["zlib1g-dev"])]),
    .systemLibrary(name: "CISAL", providers: [.apt(["libisal-dev"])]),
    .systemLibrary(name: "CGEOS", providers: [.apt(["libgeos-dev"])]),
    .systemLibrary(name: "CPROJ", providers: [.apt(["libproj-dev"])]),
    .systemLibrary(name: "CXLSXWriter", providers: [.apt(["libxlsxwriter-dev"])]),

    // Data flows down this list.
    .target(name: "Tabular", dependencies: ["CKernels"], swiftSettings: hot),
    .target(name: "Json", dependencies: ["Tabular"], swiftSettings: house),
    .target(name: "GeoJSON", dependencies: ["Json", "Tabular"], swiftSettings: house),
    .target(name: "Codecs", dependencies: ["CISAL", "CZlib"], swiftSettings: house),
    .target(
      name: "Ingest",
      dependencies: [
        "Tabular", "Json", "Codecs", "CLibCSV", .product(name: "Crypto", package: "swift-crypto"),
      ], swiftSettings: house),
    .target(name: "StageKit", dependencies: ["Tabular"], swiftSettings: house),
    .target(name: "Stages", dependencies: ["StageKit", "Tabular"], swiftSettings: house),
    .target(
      name: "Places", dependencies: ["StageKit", "Tabular", "GeoJSON", "CGEOS", "CPROJ"],
      swiftSettings: house),
    .target(
      name: "Anonymise",
      dependencies: [
        "StageKit", "Tabular", .product(name: "Crypto", package: "swift-crypto"),
      ], swiftSettings: house),
    .target(name: "Indicators", dependencies: ["StageKit", "Tabular"], swiftSettings: house),
    .target(
      name: "Reports", dependencies: ["StageKit", "Tabular", "Codecs", "GeoJSON", "CXLSXWriter"],
      swiftSettings: house),
    .target(
      name: "Pipeline",
      dependencies: [
        "StageKit", "Tabular", "GeoJSON", "Ingest", "Reports", "Codecs",
        .product(name: "Yams", package: "Yams"),
        .product(name: "GRDB", package: "GRDB.swift"),
        .product(name: "Crypto", package: "swift-crypto"),
      ], swiftSettings: house),
    .target(
      name: "Octroi",
      dependencies: [
        "Pipeline", "Reports", "Stages", "Places", "Anonymise", "Indicators", "Ingest", "StageKit",
        "Tabular",
      ], swiftSettings: house),
    .executableTarget(
      name: "octroi-cli",
      dependencies: [
        "Octroi", .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ], swiftSettings: house, linkerSettings: alone),
    .executableTarget(
      name: "SampleCity",
      dependencies: [
        "CZlib", .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ], swiftSettings: house),
    // The engine by itself, for `make bench`.
    .executableTarget(
      name: "octroi-engine", dependencies: ["Octroi", "Tabular"], path: "Benchmarks/Engine",
      swiftSettings: house, linkerSettings: alone),

    .target(name: "TestSupport", path: "Tests/TestSupport", swiftSettings: house),
    .target(
      name: "StageTestSupport",
      dependencies: [
        "Octroi", "StageKit", "Tabular", "TestSupport", .product(name: "Yams", package: "Yams"),
      ], path: "Tests/StageTestSupport", swiftSettings: house),
    .testTarget(
      name: "TabularTests", dependencies: ["Tabular", "TestSupport"],
      exclude: ["Identifiers/sentences"], swiftSettings: house),
    .testTarget(
      name: "JsonTests", dependencies: ["Json", "GeoJSON", "Tabular", "TestSupport"],
      swiftSettings: house),
    .testTarget(
      name: "IngestTests",
      dependencies: ["Ingest", "Json", "Tabular", "Codecs", "CISAL", "TestSupport"],
      exclude: ["csv-spectrum"], swiftSettings: house),
    .testTarget(
      name: "StageKitTests", dependencies: ["StageKit", "Tabular", "TestSupport"],
      swiftSettings: house),
    .testTarget(
      name: "ReportsTests", dependencies: ["Reports", "Tabular"], swiftSettings: house),
    .testTarget(
      name: "PipelineTests",
      dependencies: ["Octroi", "Pipeline", "Codecs", "StageKit", "Tabular", "TestSupport"],
      swiftSettings: house),
    .testTarget(
      name: "GoldenTests",
      dependencies: ["Octroi", "StageKit", "Tabular", "StageTestSupport", "TestSupport"],
      exclude: ["cases"], swiftSettings: house),
    .testTarget(
      name: "StagesTests",
      dependencies: [
        "Octroi", "Stages", "Places", "GeoJSON", "Anonymise", "StageKit", "Tabular",
        "StageTestSupport", "TestSupport",
      ], swiftSettings: house),
    .testTarget(
      name: "IndicatorsTests",
      dependencies: [
        "Octroi", "Indicators", "Pipeline", "StageKit", "Tabular", "TestSupport",
      ], swiftSettings: house),
    .testTarget(
      name: "EndToEndTests", dependencies: ["TestSupport"], exclude: ["oracles"],
      swiftSettings: house),
    .testTarget(name: "TidyTests", dependencies: ["Octroi", "TestSupport"], swiftSettings: house),
  ]
)
