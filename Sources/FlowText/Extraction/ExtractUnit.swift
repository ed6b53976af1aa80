/// The smallest piece of a source that a summary takes or leaves: a sentence, a clause of one, a line of output.
struct ExtractUnit {
  /// The part it is from.
  var part: Int
  /// The line of the part; units of one line are joined in one line of the summary.
  var line: Int
  /// Its words in `ExtractUnits.words`.
  var words: Range<Int>
  /// Begins where the unit before ends, with nothing cut between.
  var isContiguous: Bool
  /// Its place among the sentences of its part, in thousandths.
  var place: Int
  /// For a line of a tool's output: how much its shape tells, in thousandths; nil for talk and prose.
  var shape: Int?
  /// Its end did not fit and was cut off.
  var isCut = false
  /// What is said behind it, see `OutputLine.note`.
  var note = ""
}

/// The units of a source, with the words they are made of.
struct ExtractUnits {
  /// A word's number in `table`, twice; odd where no space stood before it.
  var words: [UInt32] = []
  var units: [ExtractUnit] = []
  var table: WordTable
  /// Whether a term is part of a speaker's name.
  var isSpeaker: [Bool] = []

  init(count: @escaping (String) -> Int) { table = WordTable(count: count) }

  @inline(__always)
  func word(_ index: Int) -> WordTable.Word { table.words[Int(words[index] >> 1)] }

  /// The text of a unit on one line; a comma or a dash at its end goes with what was cut behind it.
  func text(of unit: ExtractUnit, isCut: Bool) -> String {
    var text: [UInt8] = []
    for index in unit.words {
      if words[index] & 1 == 0, index > unit.words.lowerBound { text.append(0x20) }
      text.append(contentsOf: table.text(of: Int(words[index] >> 1)))
    }
    var string = String(decoding: text, as: UTF8.self)
    while isCut, unit.shape == nil,
      let last = string.unicodeScalars.last, ",;，；–—- ".unicodeScalars.contains(last), string.utf8.count > 1
    {
      string.unicodeScalars.removeLast()
    }
    if unit.isCut { string += " …" }
    return unit.note.isEmpty ? string : "\(string) \(unit.note)"
  }
}
