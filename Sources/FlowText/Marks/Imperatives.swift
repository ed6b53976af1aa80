/// Instructions that hold from now on.
enum Imperatives {
  static func hasStandingRule(_ text: TimeTokens) -> Bool {
    var start = 0
    while start < text.tokens.count {
      var end = start + 1
      while end < text.tokens.count, !text.tokens[end].startsSentence { end += 1 }
      if isStandingRule(start..<end, text) { return true }
      start = end
    }
    return false
  }

  private static func isStandingRule(_ sentence: Range<Int>, _ text: TimeTokens) -> Bool {
    var speaks = false
    var addresses = false
    var commands = false
    for index in sentence {
      let classes = text.tokens[index].classes
      if classes.has(.firstPerson) { speaks = true }
      if classes.has(.secondPerson) { addresses = true }
      if classes.has(.imperative) { commands = true }
    }
    return sentence.contains { index in
      let token = text.tokens[index]
      if token.word == 0 {
        if token.classes.has(.rule) { return commands || !speaks }
        return token.classes.has(.ruleAdverb) && commands
      }
      if token.classes.has(.rule) {
        // "From now on I will run" is a resolution, "from now on I want you to" a rule.
        return addresses || !text.adjacent(index + 1).has(.firstPerson)
      }
      guard token.classes.has(.ruleAdverb) else { return false }
      return index == sentence.lowerBound || text.classes(index - 1).has(.please)
    }
  }
}
