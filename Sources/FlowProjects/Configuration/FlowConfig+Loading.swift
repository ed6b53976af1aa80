public import FlowCore
import FlowMemory

extension FlowConfig {
  /// Reads the configuration: environment variables beat the file, which beats the defaults.
  ///
  /// - Parameters:
  ///   - file: the file's name, for messages, and its bytes; nil where there is none.
  ///   - environment: the process's variables.
  /// - Throws: `config.invalid`, naming the key and its line, or the variable.
  public static func load(
    file: (name: String, bytes: [UInt8])?,
    environment: [String: String]
  ) throws(FlowError) -> FlowConfig {
    var config = FlowConfig()
    if let file { try config.apply(file.bytes, of: file.name) }
    for key in ConfigKey.all {
      guard let text = environment[key.environmentName], !text.isEmpty else { continue }
      let value = key.value(of: text)
      if let fault = key.fault(in: value) {
        throw FlowError(
          .invalidConfiguration,
          "the environment variable \(key.environmentName) is \(text.quotedExcerpt): \(fault)",
          hint: "correct it or unset it"
        )
      }
      key.apply(value, &config)
    }
    try config.validate()
    return config
  }

  private mutating func apply(_ bytes: [UInt8], of name: String) throws(FlowError) {
    let root: JSONValue
    do {
      root = try JSONValue(parsing: bytes)
    } catch {
      throw FlowError(.invalidConfiguration, "\(name): \(error)", hint: "correct the JSON there")
    }
    guard case .object = root else {
      throw FlowError(.invalidConfiguration, "\(name) holds no object", hint: "begin it with {")
    }
    try refuseUnknownKeys(in: root, under: [], bytes: bytes, of: name)
    for key in ConfigKey.all {
      let path = key.path.map(JSONPathElement.key)
      guard let value = root[path: path] else { continue }
      if let fault = key.fault(in: value) {
        throw fail(
          path,
          in: bytes,
          of: name,
          "\(key.name) is \(value.serialized(.compact).excerpt(limit: 40)): \(fault)"
        )
      }
      key.apply(value, &self)
    }
  }

  private func refuseUnknownKeys(
    in value: JSONValue,
    under path: [JSONPathElement],
    bytes: [UInt8],
    of name: String
  ) throws(FlowError) {
    guard let object = value.object else {
      throw fail(path, in: bytes, of: name, "\(path.jsonPath) is a \(value.kind), not a group of keys")
    }
    let depth = path.count
    let prefix = path.compactMap { if case .key(let key) = $0 { key } else { nil } }
    for (key, inner) in object {
      let here = path + [.key(key)]
      let matching = ConfigKey.all.filter {
        $0.path.count > depth && Array($0.path.prefix(depth + 1)) == prefix + [key]
      }
      if matching.contains(where: { $0.path.count == depth + 1 }) { continue }
      if matching.isEmpty {
        let known = Set(
          ConfigKey.all.filter { Array($0.path.prefix(depth)) == prefix && $0.path.count > depth }.map {
            $0.path[depth]
          }
        )
        throw fail(
          here,
          in: bytes,
          of: name,
          "there is no key \(here.jsonPath.quotedExcerpt)",
          hint: "known here: \(known.sorted().joined(separator: ", "))"
        )
      }
      try refuseUnknownKeys(in: inner, under: here, bytes: bytes, of: name)
    }
  }

  private func fail(
    _ path: [JSONPathElement],
    in bytes: [UInt8],
    of name: String,
    _ problem: String,
    hint: String = "config.example.json shows every key"
  ) -> FlowError {
    let line = JSONValue.locate(path: path, in: bytes).map { " line \($0.line)" } ?? ""
    return FlowError(.invalidConfiguration, "\(name)\(line): \(problem)", hint: hint)
  }

  /// Checks what no single key can say.
  private func validate() throws(FlowError) {
    if memory.keepSteps > memory.shortTermSteps {
      throw FlowError(
        .invalidConfiguration,
        "memory.keepSteps is \(memory.keepSteps), more than memory.shortTermSteps, \(memory.shortTermSteps)",
        hint: "keep at most as many steps as short-term holds"
      )
    }
    do {
      try context.shares.validate()
    } catch {
      throw FlowError(.invalidConfiguration, "context.shares: \(error.message)", hint: error.hint)
    }
  }
}

extension ConfigKey {
  /// A variable's text as the value that this key takes.
  fileprivate func value(of text: String) -> JSONValue {
    switch kind {
    case .text, .oneOf: .string(text)
    case .integer, .number: JSONNumber(text: text).map(JSONValue.number) ?? .string(text)
    }
  }
}
