/// Whether a text wants something done, made or advised now, rather than to know what was.
public enum Requests {
  /// English, word by word: the polite request, the call for help, the question for a course of action.
  private static let english: [[String]] = [
    ["can", "you"], ["could", "you"], ["would", "you"], ["will", "you"], ["help", "me"], ["should", "i"],
    ["should", "we"], ["how", "do", "i"], ["how", "can", "i"], ["how", "would", "i"], ["how", "could", "i"],
    ["how", "do", "we"], ["how", "can", "we"], ["please"], ["i", "need", "to"], ["i", "want", "to"],
    ["i", "am", "about", "to"], ["i'm", "about", "to"], ["i", "am", "going", "to"], ["i'm", "going", "to"],
    ["i", "am", "planning"], ["i'm", "planning"], ["i", "am", "trying"], ["i'm", "trying"],
    ["i'm", "looking"],
    ["i", "am", "looking"], ["i'm", "working", "on"], ["i", "am", "working", "on"], ["let's"],
  ]
  /// The forms by which a sentence asks for a deed, in scripts where words are not set apart or take endings.
  private static let others = [
    "해 줘", "해줘", "해 주세요", "해주세요", "도와줘", "도와 줘", "도와주세요", "어떻게 하면", "추천해 주", "하려고",
    "하고 싶", "请", "請", "帮我", "幫我", "怎么办", "我想", "ください", "教えて", "手伝", "したい", "どうすれば",
  ]

  public static func isRequest(_ text: String) -> Bool {
    let words = text.lowercased().split { !$0.isLetter && $0 != "'" && $0 != "’" }
      .map { $0.contains("’") ? String($0.map { $0 == "’" ? "'" : $0 }) : String($0) }
    for start in words.indices {
      if english.contains(where: { $0[0] == words[start] && words[start...].starts(with: $0) }) {
        return true
      }
    }
    guard text.utf8.contains(where: { $0 >= 0xE3 }) else { return false }
    let bytes = Array(text.utf8)
    let forms = others.map { Array($0.utf8) }
    return bytes.indices.contains { place in
      // Every form begins with a byte of this range, and most of other texts do not.
      bytes[place] >= 0xE3 && forms.contains { $0[0] == bytes[place] && bytes[place...].starts(with: $0) }
    }
  }
}
