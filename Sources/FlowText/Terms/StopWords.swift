/// The English function words: they hold sentences together and tell no two texts apart.
///
/// Closed classes only — articles, pronouns, auxiliaries, prepositions, conjunctions, wh-words and the
/// commonest particles and degree words. Numbers, dates and content verbs are never here.
enum StopWords {
  private static let words: StaticString = """
    a an the this that these those such same
    i me my mine myself you your yours yourself yourselves he him his himself she her hers herself
    it its itself we us our ours ourselves they them their theirs themselves
    am is are was were be been being do does did doing done have has had having
    will would shall should can could may might must ought cannot
    about above across after against along among around as at before behind below beneath beside
    between beyond by despite during except for from in inside into near of off on onto out
    outside over per since than through throughout till to toward towards under until up upon via
    with within without
    and but or nor so yet if unless because although though while whereas whether
    what when where who whom whose which why how
    not no yes only just also too very quite rather really still even ever then there here now
    all any both each either every few more most much many neither none other others some several
    own again once
    im ive id ill youre youve youll hes shes theyre theyve weve dont doesnt didnt cant couldnt wont
    wouldnt isnt arent wasnt werent havent hasnt hadnt shouldnt thats whats theres lets
    """

  /// Open addressing: a power of two of slots, each a word packed as `Suffix` packs endings, or zero.
  private static let slots: [UInt64] = {
    var slots = [UInt64](repeating: 0, count: 1024)
    let text = UnsafeBufferPointer(start: words.utf8Start, count: words.utf8CodeUnitCount)
    for word in text.split(whereSeparator: { $0 == 0x20 || $0 == 0x0A }) where word.count <= 8 {
      let key = packed(word)
      var slot = hash(key)
      while slots[slot] != 0 { slot = (slot + 1) & 1023 }
      slots[slot] = key
    }
    return slots
  }()

  private static let longWords: [[UInt8]] =
    UnsafeBufferPointer(start: words.utf8Start, count: words.utf8CodeUnitCount)
    .split { $0 == 0x20 || $0 == 0x0A }.filter { $0.count > 8 }.map { Array($0) }

  /// Whether a lowercase word is a function word.
  static func contains(_ word: [UInt8]) -> Bool {
    guard word.count <= 8 else {
      return word.count <= 10 && longWords.contains(word)
    }
    let key = packed(word)
    let slots = slots
    var slot = hash(key)
    while slots[slot] != 0 {
      if slots[slot] == key { return true }
      slot = (slot + 1) & 1023
    }
    return false
  }

  private static func packed(_ word: some Sequence<UInt8>) -> UInt64 {
    var key: UInt64 = 0
    for byte in word { key = key << 8 | UInt64(byte) }
    return key
  }

  private static func hash(_ key: UInt64) -> Int {
    Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) >> 54)
  }
}
