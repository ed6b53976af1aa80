/// Lines that are commands.
extension IdentifierPass {
  private static let longestCommand = 400

  /// `$ make test`, `git commit -m "…"`: a line behind a prompt, or one that begins with a known tool and goes on as
  /// a command does.
  mutating func readCommandLine(to end: Int) {
    let whole = bytes.trimmed(line.start..<end)
    guard whole.count > 2, whole.count <= Self.longestCommand else { return }
    let hasPrompt = bytes[whole.lowerBound] == UInt8(ascii: "$") && bytes[whole.lowerBound + 1] == 0x20
    guard hasPrompt || line.tool != nil else { return }
    let command = hasPrompt ? bytes.trimmed(whole.lowerBound + 2..<whole.upperBound) : whole
    guard command.contains(where: { ASCII.isLetter(bytes[$0]) }) else { return }
    if hasPrompt {
      // "$ 5" is money.
      guard !ASCII.isDigit(bytes[command.lowerBound]) else { return }
      return append(.container(.command, command, IdentifierWeights.commandLine))
    }
    guard line.tool?.lowerBound == command.lowerBound, isCommand(command) else { return }
    append(.container(.command, command, IdentifierWeights.command))
  }

  /// Arguments, not prose: "make test" and `git log -3`, but neither "make sure you …" nor "go to the store".
  private func isCommand(_ range: Range<Int>) -> Bool {
    guard let tool = line.tool, tool.upperBound < range.upperBound, bytes[tool.upperBound] == 0x20 else {
      return false
    }
    let last = bytes[range.upperBound - 1]
    if last == UInt8(ascii: ".") || last == UInt8(ascii: "?") || last == UInt8(ascii: "!")
      || last == UInt8(ascii: ",")
    {
      return false
    }
    var words = 0
    var hasSign = false
    var index = tool.upperBound
    while index < range.upperBound {
      guard bytes[index] > 0x20 else {
        index += 1
        continue
      }
      let start = index
      while index < range.upperBound, bytes[index] > 0x20 { index += 1 }
      words += 1
      let word = start..<index
      if bytes[start] == UInt8(ascii: "-"), word.count > 1 { hasSign = true }
      if word.contains(where: {
        "/=|<>~$*_".utf8.contains(bytes[$0]) || bytes[$0] == UInt8(ascii: ".") && $0 + 1 < index
      }) {
        hasSign = true
      }
      if word.allSatisfy({ ASCII.isLower(bytes[$0]) }), StopWords.contains(Array(bytes[word])), !hasSign {
        return false
      }
      if word.contains(where: { bytes[$0] >= 0x80 }), !hasSign { return false }
    }
    return hasSign || words < 3
  }
}
