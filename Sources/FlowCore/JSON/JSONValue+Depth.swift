extension JSONValue {
  /// Whether more than so many arrays and objects are open at once somewhere in it.
  package func isNested(deeperThan limit: Int) -> Bool {
    switch self {
    case .array(let elements):
      limit == 0 || elements.contains { $0.isNested(deeperThan: limit - 1) }
    case .object(let members):
      limit == 0 || members.contains { $0.value.isNested(deeperThan: limit - 1) }
    default:
      false
    }
  }
}
