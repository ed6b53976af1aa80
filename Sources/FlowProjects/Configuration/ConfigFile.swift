import FlowCore

/// A config.json that was read: all its keys are known, and all their values can be used.
struct ConfigFile: Sendable {
  /// The file as messages name it: its path.
  let name: String
  private let bytes: [UInt8]
  private let root: JSONValue

  /// Reads the file's bytes.
  ///
  /// - Throws: `config.invalid`, naming the key and its line.
  init(name: String, bytes: [UInt8]) throws(FlowError) {
    self.name = name
    self.bytes = bytes
    do {
      root = try JSONValue(parsing: bytes)
    } catch {
      throw FlowError(.invalidConfiguration, "\(name.inMessage): \(error)", hint: "correct the JSON there")
    }
    guard case .object = root else {
      throw FlowError(.invalidConfiguration, "\(name.inMessage) holds no object", hint: "begin it with {")
    }
    try refuseUnknownKeys(in: root, under: [])
    for key in ConfigKey.all {
      guard let value = value(of: key), let fault = key.fault(in: value) else { continue }
      throw error(
        at: key.jsonPath,
        "\(key.name) is \(value.serialized(.compact).excerpt(limit: 40)): \(fault)",
        hint: "config.example.json shows every key"
      )
    }
  }

  /// What the file says of a key, or nil where it says nothing.
  func value(of key: ConfigKey) -> JSONValue? { root[path: key.jsonPath] }

  /// The line on which a key's value stands, or nil where the file does not have it.
  func line(of key: ConfigKey) -> Int? {
    value(of: key) == nil ? nil : JSONValue.locate(path: key.jsonPath, in: bytes)?.line
  }

  private func refuseUnknownKeys(in value: JSONValue, under group: [String]) throws(FlowError) {
    guard let object = value.object else {
      throw error(
        at: group.map(JSONPathElement.key),
        "\(group.joined(separator: ".")) is a \(value.kind), not a group of keys",
        hint: "it holds \(ConfigKeyNames.within(group).joined(separator: ", "))"
      )
    }
    let known = ConfigKeyNames.within(group)
    for (key, inner) in object {
      let here = group + [key]
      guard known.contains(where: { $0.hasSameBytes(as: key) }) else {
        let path = here.map(JSONPathElement.key)
        let meant = ConfigKeyNames.nearest(to: here).map { "did you mean \($0)? " } ?? ""
        throw error(
          at: path,
          "there is no key \(path.jsonPath.quotedExcerpt)",
          hint: "\(meant)known here: \(known.sorted().joined(separator: ", "))"
        )
      }
      if !ConfigKeyNames.isKey(here) { try refuseUnknownKeys(in: inner, under: here) }
    }
  }

  private func error(at path: [JSONPathElement], _ problem: String, hint: String) -> FlowError {
    let line = JSONValue.locate(path: path, in: bytes)?.line
    var context = ["file": name]
    context["line"] = line.map(String.init)
    let place = line.map { "\(name.inMessage) line \($0)" } ?? name.inMessage
    return FlowError(.invalidConfiguration, "\(place): \(problem)", hint: hint, context: context)
  }
}

extension ConfigKey {
  fileprivate var jsonPath: [JSONPathElement] { path.map(JSONPathElement.key) }
}

extension String {
  /// A path as an error shows it: whole, since its end tells most, and safe to print.
  fileprivate var inMessage: String { excerpt(limit: 4096) }

  fileprivate func hasSameBytes(as other: String) -> Bool { utf8.elementsEqual(other.utf8) }
}
