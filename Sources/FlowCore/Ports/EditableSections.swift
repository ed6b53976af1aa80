/// A store of texts that people edit where it keeps them, as sections of a readable file.
///
/// Whoever edits takes no lock, so nothing here goes by what was there a moment ago: a change names the section that it
/// was decided on, and is made only where that still stands.
public protocol EditableSections: CacheStore {
  /// What tells one state of the store from another without reading it; nil where there is nothing.
  func stamp() -> ContentStamp?
  /// All sections in their order.
  func sections() async throws(FlowError) -> SectionList
  /// Makes those of the changes whose sections are still as they were seen, in one durable change, and says which
  /// keys' are not.
  ///
  /// Text that belongs to no section and gets lost by it is kept beside the store, where `doctor` names it.
  func apply(_ changes: [SectionChange]) async throws(FlowError) -> [String]
}

/// The state of a file as the file system tells it.
public struct ContentStamp: Sendable, Hashable {
  let device: UInt64
  let inode: UInt64
  let size: Int64
  /// When the content was written and when the file was changed at all, in nanoseconds.
  let times: [Int64]

  public init(device: UInt64, inode: UInt64, size: Int64, modified: Int64, changed: Int64) {
    self.device = device
    self.inode = inode
    self.size = size
    times = [modified, changed]
  }
}

/// The sections of a store at one time.
public struct SectionList: Sendable {
  public let sections: [ReadableSection]
  /// The state that they were read from.
  public let stamp: ContentStamp?
  /// Whether any later change shows in the stamp; not so for a file written so lately that its clock may not have
  /// ticked since.
  public let isSettled: Bool
  /// Whether there is text that belongs to no section and that the next change would take away.
  public let hasLooseText: Bool

  public init(sections: [ReadableSection], stamp: ContentStamp?, isSettled: Bool, hasLooseText: Bool) {
    self.sections = sections
    self.stamp = stamp
    self.isSettled = isSettled
    self.hasLooseText = hasLooseText
  }
}

/// A section as it stands in its file.
public struct ReadableSection: Sendable, Hashable {
  public let key: String
  public let title: String
  /// As its comment says, who made it included.
  public let version: Int
  public let by: String
  public let text: String
  /// Whether the text is another than the one Flow wrote.
  public let isModified: Bool
  /// Where its heading stands, from 1; 0 where it stands in no file.
  public let line: Int
  /// Why its text cannot be taken for what a person wants it to say, and what to do.
  public let obstacle: Finding?

  public init(
    key: String,
    title: String,
    version: Int,
    by: String,
    text: String,
    isModified: Bool,
    line: Int,
    obstacle: Finding? = nil
  ) {
    self.key = key
    self.title = title
    self.version = version
    self.by = by
    self.text = text
    self.isModified = isModified
    self.line = line
    self.obstacle = obstacle
  }

  /// Whether both say the same, byte for byte, wherever they stand.
  public func says(_ other: ReadableSection) -> Bool {
    version == other.version && isModified == other.isModified && key.hasSameBytes(as: other.key)
      && title.hasSameBytes(as: other.title) && by.hasSameBytes(as: other.by)
      && text.hasSameBytes(as: other.text)
  }
}

/// What is to become of a section.
public struct SectionChange: Sendable {
  public let key: String
  /// The section that the change was decided on; nil where there was none.
  public let before: ReadableSection?
  /// What takes its place; nil to take it away.
  public let after: CachedResult?

  /// Puts a section where there is none, or in the place of another of its key.
  public init(_ after: CachedResult, before: ReadableSection? = nil) {
    key = after.key
    self.before = before
    self.after = after
  }

  /// Takes a section away.
  public init(removing section: ReadableSection) {
    key = section.key
    before = section
    after = nil
  }
}
