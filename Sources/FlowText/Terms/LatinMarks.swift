// Letters with marks: composing them (NFC) and finding the plain letter under them.
//
// The standard library has no public normaliser and Foundation's costs start-up time, so the pairs that
// occur in European languages, Vietnamese and romanisations stand here, a row for a mark. File names from
// macOS are decomposed; without this, the same name would give two terms.

/// Letters with diacritics, composed and taken apart.
enum LatinMarks {
  /// The single scalar for a lowercase letter followed by a combining mark, if there is one.
  static func composed(_ letter: Unicode.Scalar, _ mark: Unicode.Scalar) -> Unicode.Scalar? {
    pairs.compositions[UInt64(letter.value) << 32 | UInt64(mark.value)]
  }

  /// A lowercase scalar without its marks, as ASCII where it is a Latin letter; nil if it is plain.
  static func plain(_ scalar: Unicode.Scalar) -> String? {
    if let special = special(scalar) { return special }
    var letter = scalar
    while let base = pairs.bases[letter] { letter = base }
    return letter == scalar ? nil : String(letter)
  }

  private static func special(_ scalar: Unicode.Scalar) -> String? {
    switch scalar {
    case "ß": "ss"
    case "æ": "ae"
    case "œ": "oe"
    case "ø": "o"
    case "đ", "ð": "d"
    case "þ": "th"
    case "ł": "l"
    case "ħ": "h"
    case "ı": "i"
    default: nil
    }
  }

  /// For each combining mark: letters, each followed by the letter with the mark.
  private static let rows: [(mark: Unicode.Scalar, letters: String)] = [
    ("\u{300}", "aàeèiìoòuùnǹâầêềôồăằơờưừwẁyỳ"),
    ("\u{301}", "aáeéiíoóuúyýcćlĺnńrŕsśzźgǵâấêếôốăắơớưứwẃαάεέηήιίοόυύωώгѓкќ"),
    ("\u{302}", "aâeêiîoôuûcĉgĝhĥjĵsŝwŵyŷzẑạậẹệọộ"),
    ("\u{303}", "aãnñoõiĩuũeẽyỹvṽâẫêễôỗăẵơỡưữ"),
    ("\u{304}", "aāeēiīoōuūyȳgḡ"),
    ("\u{306}", "aăeĕgğiĭoŏuŭạặийуў"),
    ("\u{307}", "cċeėgġzżaȧoȯ"),
    ("\u{308}", "aäeëiïoöuüyÿwẅxẍеёіїιϊυϋ"),
    ("\u{309}", "aảeẻiỉoỏuủyỷâẩêểôổăẳơởưử"),
    ("\u{30A}", "aåuů"),
    ("\u{30B}", "oőuű"),
    ("\u{30C}", "cčdďeěnňrřsštťzžaǎiǐoǒuǔgǧkǩjǰlľ"),
    ("\u{31B}", "oơuư"),
    ("\u{323}", "aạeẹiịoọuụyỵơợưựdḍhḥkḳlḷmṃnṇrṛsṣtṭzẓ"),
    ("\u{326}", "sștț"),
    ("\u{327}", "cçsştţgģkķlļnņrŗeȩ"),
    ("\u{328}", "aąeęiįuųoǫ"),
    ("\u{331}", "dḏtṯnṉ"),
  ]

  private struct Pairs: Sendable {
    var compositions: [UInt64: Unicode.Scalar] = [:]
    var bases: [Unicode.Scalar: Unicode.Scalar] = [:]

    init(_ rows: [(mark: Unicode.Scalar, letters: String)]) {
      for row in rows {
        var letters = row.letters.unicodeScalars.makeIterator()
        while let letter = letters.next(), let marked = letters.next() {
          compositions[UInt64(letter.value) << 32 | UInt64(row.mark.value)] = marked
          // Cyrillic й and Greek ά are letters of their own standing; only Latin ones have a plain form.
          if marked.value < 0x370 || marked.value >= 0x1E00 { bases[marked] = letter }
        }
      }
    }
  }

  private static let pairs = Pairs(rows)
}
