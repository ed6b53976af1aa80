import FlowCore
import FlowMemory

/// Finds refs that stand for two things in one source, without keeping the source.
///
/// Of each step only hashes and its place are kept, some 70 bytes: 128 bits of its ref and 64 of what it says, by the standard
/// library's seeded hash function, so that nobody can prepare two refs that meet. That two of a million refs meet by
/// chance is less likely than 1 in 10^26.
struct RefLedger {
  private struct Key: Hashable {
    let first: Int
    let second: Int
  }

  private struct Entry {
    let content: Int
    let place: SourcePlace
  }

  private var entries: [Key: Entry] = [:]

  /// Notes a step; gives back the place where its ref stands for something else.
  mutating func note(_ line: SourceStep) -> SourcePlace? {
    guard let ref = line.step.ref else { return nil }
    let key = Key(first: RefLedger.hash(ref, salt: 1), second: RefLedger.hash(ref, salt: 2))
    let content = RefLedger.hash(line.step.content, salt: line.step.role.hashValue)
    guard let known = entries[key] else {
      entries[key] = Entry(content: content, place: line.place)
      return nil
    }
    return known.content == content ? nil : known.place
  }

  private static func hash(_ text: String, salt: Int) -> Int {
    var hasher = Hasher()
    hasher.combine(salt)
    // By bytes: two spellings of one character are two refs.
    var text = text
    text.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
    return hasher.finalize()
  }
}
