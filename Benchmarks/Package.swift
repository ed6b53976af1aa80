// swift-tools-version: 6.2
import PackageDescription

// A package of its own, so that the product does not carry what only measures it.
let package = Package(
  name: "flow-benchmarks",
  platforms: [.macOS(.v15)],
  dependencies: [.package(name: "flow", path: "..")],
  targets: [
    .executableTarget(
      name: "flow-bench",
      dependencies: [
        .product(name: "Flow", package: "flow"),
        .product(name: "FlowText", package: "flow"),
      ],
      swiftSettings: [
        .treatAllWarnings(as: .error),
        .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("MemberImportVisibility"),
        .enableUpcomingFeature("InternalImportsByDefault"),
      ]
    )
  ],
  swiftLanguageModes: [.v6]
)
