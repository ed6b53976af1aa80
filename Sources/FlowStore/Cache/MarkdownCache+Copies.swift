package import FlowCore

// Text that belongs to no section, since its comment is broken or its section stands there twice, cannot be written back:
// it would be in the way of the section that is written anew. But a person may have written it. So the file as it is goes
// into a copy beside it first, named by when it was written: memory_cache.md.rejected-20240412T081520Z.

/// A copy of memory_cache.md from before it was written without what could not be read.
package struct SetAsideCopy: Sendable {
  /// Relative to the project's folder.
  package let file: String
  package let text: String

  package var finding: Finding {
    Finding(
      file: file,
      problem:
        "it holds \(MarkdownCache.fileName) from before text was taken out of it that belonged to no summary",
      remedy: "move what is worth keeping to a section of \(MarkdownCache.fileName), then remove the copy",
      isError: false
    )
  }
}

extension MarkdownCache {
  private static let copyMark = ".rejected-"

  /// The copies that lie beside the file, the oldest first.
  package func copies() async throws(FlowError) -> [SetAsideCopy] {
    let folder = cacheFolder
    return try await readers.run { () throws(FlowError) in
      let start = "\(Folder.name(of: MarkdownCache.fileName))\(MarkdownCache.copyMark)"
      var copies: [SetAsideCopy] = []
      for name in Folder.names(in: folder).filter({ $0.hasPrefix(start) }).sorted() {
        guard let bytes = try RegularFile.read("\(folder)/\(name)") else { continue }
        copies.append(SetAsideCopy(file: "cache/\(name)", text: String(decoding: bytes, as: UTF8.self)))
      }
      return copies
    }
  }

  /// Keeps a copy of the file's bytes; one that is there already is not made again.
  ///
  /// The project's lock must be held.
  static func setAside(_ bytes: [UInt8], of path: String) throws(FlowError) {
    let written = RegularFile.modified(path) ?? Timestamp(milliseconds: 0)
    let time = written.description.prefix { $0 != "." && $0 != "Z" }.filter { $0 != "-" && $0 != ":" }
    let name = "\(path)\(copyMark)\(time)Z"
    var copy = name
    var number = 1
    while let present = try RegularFile.read(copy) {
      if present == bytes { return }
      number += 1
      copy = "\(name)-\(number)"
    }
    try AtomicFile.write(bytes, to: copy)
  }
}
