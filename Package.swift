// swift-tools-version: 6.2
import PackageDescription

// The module graph of ARCHITECTURE.md stands here and nowhere else: a dependency that is not
// declared below cannot be imported.

let strict: [SwiftSetting] = [
  .treatAllWarnings(as: .error),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
]

let package = Package(
  name: "flow",
  platforms: [.macOS(.v15)],
  products: [
    .library(
      name: "Flow",
      targets: ["FlowProjects", "FlowMemory", "FlowStore", "FlowLLM", "FlowText", "FlowCore"]
    ),
    .library(name: "FlowText", targets: ["FlowText"]),
    .executable(name: "flowctl", targets: ["flowctl"]),
  ],
  dependencies: [
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.1"),
    .package(url: "https://github.com/swiftlang/swift-subprocess", exact: "1.0.2", traits: []),
    .package(url: "https://github.com/apple/swift-system", from: "1.5.0"),
  ],
  targets: [
    .target(name: "CTokenTables", exclude: ["tables"]),
    .target(name: "FlowText", dependencies: ["CTokenTables"], swiftSettings: strict),
    .target(name: "FlowCore", swiftSettings: strict),
    .target(
      name: "FlowStore",
      dependencies: [
        "FlowCore",
        .product(name: "GRDB", package: "GRDB.swift"),
        .product(name: "GRDBSQLite", package: "GRDB.swift"),
      ],
      swiftSettings: strict
    ),
    // Headers only: the library itself is loaded at first use, so that no other command waits for it.
    .target(name: "CCurl"),
    .target(
      name: "FlowLLM",
      dependencies: [
        "CCurl", "FlowCore", "FlowText",
        .product(name: "Mustache", package: "swift-mustache"),
      ],
      swiftSettings: strict
    ),
    .target(name: "FlowMemory", dependencies: ["FlowCore", "FlowText"], swiftSettings: strict),
    .target(
      name: "FlowProjects",
      dependencies: [
        "FlowCore", "FlowText", "FlowMemory", "FlowStore", "FlowLLM",
        .product(name: "Mustache", package: "swift-mustache"),
        .product(name: "Subprocess", package: "swift-subprocess"),
        .product(name: "SystemPackage", package: "swift-system"),
      ],
      swiftSettings: strict
    ),
    .target(
      name: "FlowCommands",
      dependencies: [
        "FlowCore", "FlowText", "FlowMemory", "FlowProjects",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: strict
    ),
    .executableTarget(name: "flowctl", dependencies: ["FlowCommands"], swiftSettings: strict),
    .target(
      name: "FlowTestSupport",
      dependencies: ["FlowCore", "FlowMemory", "FlowProjects", "FlowStore"],
      path: "Tests/FlowTestSupport",
      exclude: ["Servers/llama_peer.py", "Servers/tls_front.py"],
      swiftSettings: strict
    ),
    .target(name: "RandomSupport", path: "Tests/RandomSupport", swiftSettings: strict),
    .testTarget(name: "FlowCoreTests", dependencies: ["FlowCore", "RandomSupport"], swiftSettings: strict),
    .testTarget(
      name: "FlowTextTests",
      dependencies: ["CTokenTables", "FlowCore", "FlowText", "RandomSupport"],
      swiftSettings: strict
    ),
    .testTarget(
      name: "FlowStoreTests",
      dependencies: [
        "FlowCore", "FlowStore", "FlowTestSupport", "RandomSupport",
        .product(name: "GRDB", package: "GRDB.swift"),
      ],
      swiftSettings: strict
    ),
    .testTarget(
      name: "FlowLLMTests",
      dependencies: [
        "FlowCore", "FlowText", "FlowMemory", "FlowLLM", "FlowTestSupport", "RandomSupport",
        "flowctl",
      ],
      swiftSettings: strict
    ),
    .testTarget(
      name: "FlowMemoryTests",
      dependencies: [
        "FlowCore", "FlowText", "FlowMemory", "FlowStore", "FlowTestSupport", "RandomSupport",
      ],
      swiftSettings: strict
    ),
    .testTarget(
      name: "FlowProjectsTests",
      dependencies: ["FlowCore", "FlowMemory", "FlowProjects", "FlowStore", "FlowTestSupport"],
      swiftSettings: strict
    ),
    .testTarget(
      name: "FlowCommandsTests",
      dependencies: [
        "FlowCore", "FlowText", "FlowCommands", "FlowTestSupport", "RandomSupport", "flowctl",
      ],
      swiftSettings: strict
    ),
  ],
  swiftLanguageModes: [.v6]
)
