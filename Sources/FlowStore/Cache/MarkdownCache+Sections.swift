public import FlowCore

extension MarkdownCache: EditableSections {
  public func stamp() -> ContentStamp? { ContentStamp(ofFile: path) }

  public func sections() async throws(FlowError) -> SectionList {
    let (document, _, stamp) = try await read()
    return SectionList(
      sections: document.sections.map(\.readable),
      stamp: stamp,
      isSettled: ContentStamp.isSettled(file: path),
      hasLooseText: document.hasLooseText
    )
  }

  /// Makes the changes whose sections still stand as they were seen.
  ///
  /// A section that takes another's place keeps its heading.
  ///
  /// - Throws: `argument.invalid` for a value that is no string; nothing is written then.
  public func apply(_ changes: [SectionChange]) async throws(FlowError) -> [String] {
    var prepared: [(change: SectionChange, section: MemorySection?)] = []
    for change in changes {
      guard var entry = change.after else {
        prepared.append((change, nil))
        continue
      }
      if let title = change.before?.title { entry = entry.titled(title) }
      prepared.append((change, try MemorySection(entry)))
    }
    let all = prepared
    return try await change { document in
      var refused: [String] = []
      for (change, section) in all where !document.make(change, section) { refused.append(change.key) }
      document.sort()
      return refused
    }
  }
}

extension MemoryDocument {
  /// Makes a change where the section still stands as it was seen, and says whether it does.
  fileprivate mutating func make(_ change: SectionChange, _ section: MemorySection?) -> Bool {
    let place = sections.firstIndex { $0.key.utf8.elementsEqual(change.key.utf8) }
    switch (place, change.before) {
    case (let place?, let before?):
      guard sections[place].readable.says(before) else { return false }
      sections.remove(at: place)
    case (nil, nil): break
    default: return false
    }
    if let section { sections.append(section) }
    return true
  }
}

extension CachedResult {
  fileprivate func titled(_ title: String) -> CachedResult {
    var meta = meta
    meta["title"] = .string(title)
    return CachedResult(key: key, value: value, task: task, created: created, expires: expires, meta: meta)
  }
}
