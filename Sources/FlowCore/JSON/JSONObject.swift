/// A JSON object: members in the order they were written, each key once.
///
/// Keys are compared by their bytes. Objects are equal if they have the same members in the same
/// order. Looking a key up takes constant time, removing one takes time linear in the size.
public struct JSONObject: Sendable {
  private var members: [Element]
  private var index = JSONKeyIndex()

  /// An object without members.
  public init() {
    members = []
  }

  /// The members in their order; a key that occurs twice is a programmer's error.
  public init(uniqueKeysWithValues pairs: some Sequence<(String, JSONValue)>) {
    self.init()
    for (key, value) in pairs {
      precondition(appendIfAbsent(key, value), "an object has each key once")
    }
  }

  /// The keys in their order.
  public var keys: [String] { members.map(\.key) }

  /// The values in their order.
  public var values: [JSONValue] { members.map(\.value) }

  /// The value of a key.
  ///
  /// Setting replaces the value where it stands, or appends a new key at the end; setting nil
  /// removes the key. (To store JSON's null, set `.null`.)
  public subscript(key: String) -> JSONValue? {
    get {
      index.position(of: key, in: members).map { members[$0].value }
    }
    set {
      guard let newValue else {
        removeValue(forKey: key)
        return
      }
      if let position = index.position(of: key, in: members) {
        members[position].value = newValue
      } else {
        appendIfAbsent(key, newValue)
      }
    }
  }

  /// Whether there is such a key, whatever its value.
  public func contains(key: String) -> Bool {
    index.position(of: key, in: members) != nil
  }

  /// Removes a key and gives back its value, or nil if there was none.
  @discardableResult
  public mutating func removeValue(forKey key: String) -> JSONValue? {
    guard let position = index.position(of: key, in: members) else { return nil }
    let removed = members.remove(at: position)
    index.rebuild(for: members)
    return removed.value
  }

  /// Appends a member, unless its key is there already.
  @discardableResult
  mutating func appendIfAbsent(_ key: String, _ value: JSONValue) -> Bool {
    guard index.position(of: key, in: members) == nil else { return false }
    members.append((key, value))
    index.noteAppended(to: members)
    return true
  }

  /// Replaces the value of the member appended last.
  mutating func setLast(_ value: JSONValue) {
    members[members.count - 1].value = value
  }
}

extension JSONObject: RandomAccessCollection {
  /// A key and its value.
  public typealias Element = (key: String, value: JSONValue)

  /// Zero.
  public var startIndex: Int { 0 }

  /// The number of members.
  public var endIndex: Int { members.count }

  /// The member at a position in the order.
  public subscript(position: Int) -> Element { members[position] }
}

extension JSONObject: ExpressibleByDictionaryLiteral {
  /// The members in the order of the literal; a key that stands there twice is a programmer's error.
  public init(dictionaryLiteral elements: (String, JSONValue)...) {
    self.init(uniqueKeysWithValues: elements)
  }
}
