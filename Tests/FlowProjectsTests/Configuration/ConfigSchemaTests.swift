import FlowCore
import Foundation
import Testing

@testable import FlowProjects

private let file =
  URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
  .deletingLastPathComponent().deletingLastPathComponent().path + "/docs/schemas/config.schema.json"

@Suite(.enabled(if: FileManager.default.fileExists(atPath: file)))
struct `The schema of config.json` {
  private let schema: JSONValue

  init() throws { schema = try JSONValue(parsing: Array(Data(contentsOf: URL(fileURLWithPath: file)))) }

  @Test func `has every key in its order, and refuses others`() throws {
    #expect(try names(in: schema, under: "") == ConfigKey.all.map(\.name))
  }

  @Test func `has each key's kind, range and default`() throws {
    for key in ConfigKey.all {
      let rule = try #require(schema[path: key.path.flatMap { ["properties", .key($0)] }], "\(key.name)")
      #expect(rule["description"]?.string?.isEmpty == false, "\(key.name)")
      let value = key.read(FlowConfig())
      #expect((rule["default"] ?? .null) == value, "\(key.name)")
      switch key.kind {
      case .path:
        #expect(rule["type"] == "string" && rule["minLength"] == 1, "\(key.name)")
      case .optionalPath, .text:
        #expect(rule["type"] == "string" && rule["minLength"] == nil, "\(key.name)")
      case .flag:
        #expect(rule["type"] == "boolean", "\(key.name)")
      case .texts:
        #expect(rule["type"] == "array" && rule["items"]?["minLength"] == 1, "\(key.name)")
      case .prices:
        #expect(rule["additionalProperties"]?["required"] == ["input", "output"], "\(key.name)")
      case .oneOf(let names):
        #expect(rule["enum"] == .array(names.map(JSONValue.string)), "\(key.name)")
      case .integer(let range):
        #expect(rule["type"] == "integer", "\(key.name)")
        #expect(
          rule["minimum"]?.int == range.lowerBound && rule["maximum"]?.int == range.upperBound,
          "\(key.name)"
        )
      case .number(let range):
        #expect(rule["type"] == "number", "\(key.name)")
        #expect(
          rule["minimum"]?.double == range.lowerBound && rule["maximum"]?.double == range.upperBound,
          "\(key.name)"
        )
      }
    }
  }

  /// The names of all keys below a group.
  private func names(in group: JSONValue, under prefix: String) throws -> [String] {
    guard let keys = group["properties"]?.object else { return [prefix] }
    #expect(group["type"] == "object" && group["additionalProperties"] == false, "\(prefix)")
    return try keys.flatMap { try names(in: $1, under: prefix.isEmpty ? $0 : "\(prefix).\($0)") }
  }
}
