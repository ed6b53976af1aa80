import FlowCore

extension MemoryDocument.Fault {
  static func brokenComment(line: Int, title: String) -> Self {
    Self(
      line: line,
      problem: "the comment below \(title.quotedExcerpt) cannot be read, so its text belongs to no summary",
      remedy:
        "write it as <!-- flow m1-40 v1 by NAME sha256:0000000000000000 -->; otherwise the next roll-up, or "
        + "`flowctl doctor --fix`, writes the section anew and keeps a copy of the file as it is",
      isError: true
    )
  }

  static func secondSection(line: Int, key: String) -> Self {
    Self(
      line: line,
      problem: "there is a second section \(key.quotedExcerpt); the first counts",
      remedy:
        "remove one of them; otherwise the next roll-up, or `flowctl doctor --fix`, removes the second and keeps a "
        + "copy of the file as it is",
      isError: true
    )
  }

  static func notUTF8(line: Int) -> Self {
    Self(
      line: line,
      problem: "the file is not UTF-8; the text that is not is left as it is, and not taken over",
      remedy: "save it as UTF-8",
      isError: true
    )
  }

  static func conflictMark(line: Int, key: String) -> Self {
    Self(
      line: line,
      problem: "a mark of a merge conflict stands in section \(key.quotedExcerpt), which is not taken over",
      remedy: "take the marks out and leave the text that is to count",
      isError: true
    )
  }

  static func strayHeading(line: Int, key: String) -> Self {
    Self(
      line: line,
      problem:
        "a heading without Flow's comment counts as text of section \(key.quotedExcerpt), which is not taken over",
      remedy:
        "if it was a section, remove it up to the next heading: the next roll-up writes it anew; for a heading of "
        + "your own, write ### or more",
      isError: false
    )
  }

  static func strayComment(line: Int, key: String) -> Self {
    Self(
      line: line,
      problem:
        "a comment of Flow's without its heading stands in the text of section \(key.quotedExcerpt), which is not "
        + "taken over",
      remedy: "remove it, and what belongs to it, up to the next heading: the next roll-up writes it anew",
      isError: false
    )
  }
}
