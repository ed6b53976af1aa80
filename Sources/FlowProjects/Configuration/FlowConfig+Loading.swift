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
    let file = try file.map { file throws(FlowError) in try ConfigFile(name: file.name, bytes: file.bytes) }
    return try FlowConfig(file, environment)
  }

  init(_ file: ConfigFile?, _ environment: [String: String]) throws(FlowError) {
    self.init()
    for key in ConfigKey.all {
      if let value = file?.value(of: key) { key.apply(value, &self) }
      guard let value = key.value(in: environment) else { continue }
      if let fault = key.fault(in: value) {
        throw FlowError(
          .invalidConfiguration,
          "the environment variable \(key.variable) is \((environment[key.variable] ?? "").quotedExcerpt): \(fault)",
          hint: "correct it or unset it",
          context: ["variable": key.variable]
        )
      }
      key.apply(value, &self)
    }
    try validate()
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
