import FlowCore

/// What is in a prompt, what is out, and why: a bar of the budget, a table of sections, and the pieces of each.
struct Explanation {
  let context: Context

  /// How many pieces of a section are shown one by one.
  private static let pieces = 8

  var text: String {
    let used = 100 * context.tokens / max(1, context.budget)
    var text = "\(bar) \(context.tokens) of \(context.budget) tokens (\(used) %), "
    text += "\(context.tokenizer)\(context.isExact ? ", exact" : ", at most")\n"
    text += "stable prefix: \(context.prefixTokens) tokens, sha256:\(context.prefixHash.prefix(12))\n\n"
    text +=
      TextTable(
        header: ["SECTION", "KIND", "TOKENS", "HOLDS"],
        rows: context.sections.map { [$0.name, $0.kind.rawValue, String($0.tokens), holds($0)] }
      ).text
    for section in context.sections where !section.reasons.isEmpty {
      text += "\n\(section.name)\n"
      for reason in section.reasons.prefix(Explanation.pieces) {
        text += "  \(reason.piece.excerpt(limit: 60))  \(reason.tokens) tokens  \(reason.why)\n"
      }
      let more = section.reasons.count - Explanation.pieces
      if more > 0 { text += "  … and \(more) more (--format json --explain lists all)\n" }
    }
    if !context.omitted.isEmpty { text += "\nleft out\n" }
    for omission in context.omitted {
      let best =
        omission.best.isEmpty
        ? "" : ", the best: \(omission.best.map { $0.excerpt(limit: 40) }.joined(separator: " "))"
      text += "  \(omission.section): \(omission.count) for want of \(omission.reason)\(best)\n"
    }
    return text
  }

  /// 40 columns, one letter a section, dots for what is free.
  private var bar: String {
    var bar = ""
    for section in context.sections {
      let columns = (section.tokens * 40 + context.budget / 2) / max(1, context.budget)
      bar += String(repeating: section.name.prefix(1).uppercased(), count: columns)
    }
    bar = String(bar.prefix(40))
    return "[\(bar)\(String(repeating: "·", count: 40 - bar.count))]"
  }

  private func holds(_ section: Context.Section) -> String {
    var parts: [String] = []
    if !section.summaries.isEmpty { parts.append("\(Set(section.summaries).count) summaries") }
    if !section.steps.isEmpty { parts.append("\(section.steps.count) steps") }
    if !section.tasks.isEmpty { parts.append("\(section.tasks.count) tasks") }
    if !section.results.isEmpty { parts.append("\(section.results.count) results") }
    return parts.joined(separator: ", ")
  }
}
