// Finds a key's position in an object.
//
// Most objects have a few keys, where comparing them one after the other beats hashing and needs
// no memory. Above `linearLimit` members an open-addressing table is kept. Its hash is Swift's
// per-process seeded one, so a document cannot be made up that degrades it.
//
// Invariants:
// - `slots` is empty (at most `linearLimit` members were seen), or a power of two in size and at
//   most half full, so that probing always ends at a free slot.
// - a slot holds 0 (free) or a member's position plus one, and every member has exactly one slot.
struct JSONKeyIndex: Sendable {
  static let linearLimit = 16

  private var slots: [UInt32] = []

  func position(of key: String, in members: [JSONObject.Element]) -> Int? {
    if slots.isEmpty {
      return members.firstIndex { $0.key.hasSameBytes(as: key) }
    }
    var slot = home(of: key)
    while slots[slot] != 0 {
      let position = Int(slots[slot]) - 1
      if members[position].key.hasSameBytes(as: key) { return position }
      slot = (slot + 1) & (slots.count - 1)
    }
    return nil
  }

  /// Enters the last member.
  mutating func noteAppended(to members: [JSONObject.Element]) {
    guard members.count > Self.linearLimit else { return }
    if members.count * 2 > slots.count {
      rebuild(for: members)
    } else {
      enter(members.count - 1, of: members)
    }
  }

  /// Enters all members anew, after positions have shifted or the table has become too small.
  mutating func rebuild(for members: [JSONObject.Element]) {
    guard members.count > Self.linearLimit else {
      slots = []
      return
    }
    var size = 4 * Self.linearLimit
    while size < members.count * 4 { size *= 2 }
    slots = [UInt32](repeating: 0, count: size)
    for position in members.indices { enter(position, of: members) }
  }

  private mutating func enter(_ position: Int, of members: [JSONObject.Element]) {
    var slot = home(of: members[position].key)
    while slots[slot] != 0 { slot = (slot + 1) & (slots.count - 1) }
    slots[slot] = UInt32(position + 1)
  }

  private func home(of key: String) -> Int {
    var hasher = Hasher()
    key.hashBytes(into: &hasher)
    return hasher.finalize() & (slots.count - 1)
  }
}
