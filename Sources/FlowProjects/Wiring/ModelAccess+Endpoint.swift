import FlowCore
import FlowLLM

extension ModelAccess {
  static func make(
    _ settings: ModelSettings,
    _ variable: @Sendable (String) -> String?
  ) throws(FlowError) -> any ChatModel {
    throw FlowError(.internal, "not yet")
  }

  func mask() throws(FlowError) -> TextMask { .none }
}
