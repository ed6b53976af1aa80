/// The tokens of a text with what makes an ambiguous word one of time: its neighbours.
struct TimeTokens {
  let tokens: [WordToken]

  init(_ tokens: [WordToken]) { self.tokens = tokens }

  init(_ text: String) { self.init(WordLexer.tokens(in: text)) }

  /// The classes of a token, none outside the text.
  @inline(__always)
  func classes(_ index: Int) -> WordClass {
    index >= 0 && index < tokens.count ? tokens[index].classes : []
  }

  /// The classes of a token that follows the one before it without a break, else none.
  @inline(__always)
  func adjacent(_ index: Int) -> WordClass {
    index > 0 && index < tokens.count && tokens[index].isAdjacent ? tokens[index].classes : []
  }

  /// The classes of the token before one, if nothing breaks them apart.
  @inline(__always)
  func previous(_ index: Int) -> WordClass {
    index > 0 && tokens[index].isAdjacent ? tokens[index - 1].classes : []
  }

  // MARK: Guards

  /// "May", "March", "Jan" and the like only where they name a month.
  func isMonth(_ index: Int) -> Bool {
    let token = tokens[index]
    if token.classes.has(.month) { return true }
    guard token.classes.has([.ambiguousMonth, .shortMonth]) else { return false }
    if isDayOrYear(index + 1), adjacent(index + 1).has(.number), !previous(index).has([.subject, .auxiliary])
    {
      return true
    }
    let before = previous(index)
    if before.has([.number, .ordinal]), isDay(index - 1) { return true }
    if before.has(.of), classes(index - 2).has([.number, .ordinal]) { return true }
    if token.classes.has(.shortMonth) {
      return token.isCapital && before.has([.preposition, .beforeMonth, .of])
    }
    if before.has(.beforeMonth) { return true }
    return token.isCapital && index > 0 && token.isAdjacent && !tokens[index - 1].isCapital
  }

  func isWeekday(_ index: Int) -> Bool {
    let token = tokens[index]
    if token.classes.has(.weekday) { return true }
    guard token.classes.has(.shortWeekday), token.isCapital else { return false }
    return previous(index).has([.preposition, .modifier, .every])
      || adjacent(index + 1).has([.number, .date, .eitherDate, .month, .clock])
  }

  func isSeason(_ index: Int) -> Bool {
    let token = tokens[index]
    guard token.classes.has(.season) else { return false }
    guard token.classes.has(.ambiguousSeason) else { return true }
    if isYear(index + 1), adjacent(index + 1).has(.number) { return true }
    if adjacent(index + 1).has(.of) { return isYear(index + 2) || classes(index + 2).has(.modifier) }
    let before = previous(index)
    if before.has([.beforeMonth, .modifier, .every, .stage]) { return true }
    // "In the fall", but "in a fall".
    let isDefinite = before.has(.article) && tokens[index - 1].end - tokens[index - 1].start == 3
    return isDefinite && classes(index - 2).has(.beforeMonth)
  }

  func isDay(_ index: Int) -> Bool {
    classes(index).has([.number, .ordinal]) && !classes(index).has(.vague)
      && (1...31).contains(tokens[index].value)
  }

  /// A number of four digits of our or the last century.
  func isYear(_ index: Int) -> Bool {
    guard classes(index).has(.number), !classes(index).has(.ordinal) else { return false }
    let token = tokens[index]
    return (1900...2099).contains(token.value)
  }

  private func isDayOrYear(_ index: Int) -> Bool { isDay(index) || isYear(index) }

  /// A year without a month: after a preposition of time or "year", or in a text of its own.
  func isStandaloneYear(_ index: Int) -> Bool {
    guard isYear(index), tokens[index].end - tokens[index].start == 4 else { return false }
    if tokens.count == 1 { return true }
    let before = previous(index)
    if before.has(.unit), tokens[index - 1].value == TimeUnit.year.rawValue { return true }
    guard before.has(.beforeYear) else { return false }
    // "in 2000 cases" counts cases; only a unit or "of" would show it, so a plural noun is let pass.
    return !adjacent(index + 1).has(.unit)
  }
}
