// Values are compared and hashed with a worklist of containers instead of by recursion: the stack
// then holds nothing per level, so a deep value is safe on a thread with a small stack.

extension JSONValue: Hashable {
  /// Whether both values serialise to the same bytes.
  public static func == (left: JSONValue, right: JSONValue) -> Bool {
    var pending: [(JSONValue, JSONValue)] = []
    guard areAlike(left, right, &pending) else { return false }
    while let (left, right) = pending.popLast() {
      switch (left, right) {
      case (.array(let left), .array(let right)):
        guard left.count == right.count else { return false }
        for index in left.indices {
          guard areAlike(left[index], right[index], &pending) else { return false }
        }
      case (.object(let left), .object(let right)):
        guard left.count == right.count else { return false }
        for index in left.indices {
          guard left[index].key.hasSameBytes(as: right[index].key),
            areAlike(left[index].value, right[index].value, &pending)
          else { return false }
        }
      default:
        return false
      }
    }
    return true
  }

  /// Whether both are the same scalar, or containers, which are then left to the worklist.
  private static func areAlike(
    _ left: JSONValue,
    _ right: JSONValue,
    _ pending: inout [(JSONValue, JSONValue)]
  ) -> Bool {
    switch (left, right) {
    case (.null, .null): return true
    case (.bool(let left), .bool(let right)): return left == right
    case (.number(let left), .number(let right)): return left == right
    case (.string(let left), .string(let right)): return left.hasSameBytes(as: right)
    case (.array, .array), (.object, .object):
      pending.append((left, right))
      return true
    default: return false
    }
  }

  /// Feeds the value to a hasher, in agreement with `==`.
  ///
  /// Each container gives its kind, count and keys before its parts do, so that no two different
  /// values feed the same bytes.
  public func hash(into hasher: inout Hasher) {
    var pending = [self]
    while let value = pending.popLast() {
      switch value {
      case .null:
        hasher.combine(0 as UInt8)
      case .bool(let bool):
        hasher.combine(bool ? 1 : 2 as UInt8)
      case .number(let number):
        hasher.combine(3 as UInt8)
        number.text.hashBytes(into: &hasher)
      case .string(let string):
        hasher.combine(4 as UInt8)
        string.hashBytes(into: &hasher)
      case .array(let elements):
        hasher.combine(5 as UInt8)
        hasher.combine(elements.count)
        pending.append(contentsOf: elements)
      case .object(let object):
        hasher.combine(6 as UInt8)
        hasher.combine(object.count)
        for (key, value) in object {
          key.hashBytes(into: &hasher)
          pending.append(value)
        }
      }
    }
  }
}

extension JSONObject: Hashable {
  /// Whether both have the same members in the same order.
  public static func == (left: JSONObject, right: JSONObject) -> Bool {
    JSONValue.object(left) == .object(right)
  }

  /// Feeds the members to a hasher, in agreement with `==`.
  public func hash(into hasher: inout Hasher) {
    JSONValue.object(self).hash(into: &hasher)
  }
}
