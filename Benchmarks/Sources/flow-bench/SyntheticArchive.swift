import FlowCore

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

// What an agent might have been through, made up: words follow Zipf's law over 60,000, of which the commonest are
// English function words and some in the middle are nouns that a general word stands for ("violin"), so that a
// query has stop words and related terms as a real one has. Steps come in sittings of 10 to 40 about one topic,
// whose words are many times as likely there as elsewhere, and topics come back. Four steps of five have 10 to 60
// words, the fifth 600, which is some 4 KB.

/// Words by rank, the commonest first.
struct Vocabulary {
  static let size = 60_000

  private static let functionWords = words(
    """
    the of and to a in is it that for was on with as he be at by i this had not are but from or have an they which
    one you were her all she there would their we him been has when who will more no if out so said what up its
    about into than them can only other new some could time these two may then do first any my now such like our
    """
  )
  static let members = words(
    """
    violin guitar piano drum pizza bread rice soup salad cheese dog cat horse rabbit parrot car train bicycle bus
    doctor nurse teacher lawyer engineer headache fever cough aspirin insulin chair table lamp sofa tennis soccer
    chess swimming paris london tokyo berlin rose tulip oak river lake mountain shirt jacket shoes happy sad angry
    """
  )
  static let heads = words(
    "instrument food animal pet vehicle job symptom medicine furniture sport city plant clothes feeling"
  )

  private let ranked: [String]

  init() {
    var ranked = Vocabulary.functionWords
    while ranked.count < Vocabulary.size {
      let rank = ranked.count
      // One of the nouns every tenth rank from 500 on.
      let member = rank - 500
      if member >= 0, member.isMultiple(of: 10), member / 10 < Vocabulary.members.count {
        ranked.append(Vocabulary.members[member / 10])
      } else {
        ranked.append(Vocabulary.pronounceable(rank))
      }
    }
    self.ranked = ranked
  }

  subscript(_ rank: Int) -> String { ranked[rank] }

  /// A word by Zipf's law: ranks whose logarithms are even.
  func word(from first: Int = 1, using random: inout SeededGenerator) -> String {
    let last = Double(Vocabulary.size)
    return ranked[Int(exp(Double.random(in: log(Double(first))..<log(last), using: &random))) - 1]
  }

  /// Two syllables for the common, three for the rest, none twice.
  private static func pronounceable(_ rank: Int) -> String {
    let count = rank < 8000 ? 2 : 3
    // 7919 is prime: neighbours in rank do not look alike, and no two are the same.
    var rest = rank &* 7919 % (count == 2 ? 10_000 : 1_000_000)
    var word = ""
    for _ in 0..<count {
      let syllable = rest % 100
      word.append(Array("bcdfghjklmnprstvwzxy")[syllable / 5])
      word.append(Array("aeiou")[syllable % 5])
      rest /= 100
    }
    return word + ["n", "r", "l", "k", "m"][rank % 5]
  }

  private static func words(_ text: String) -> [String] {
    text.split { $0 == " " || $0 == "\n" }.map(String.init)
  }
}

/// Makes the steps of an archive in order, and queries about them.
struct SyntheticArchive {
  private static let topics = 400
  private static let wordsOfTopic = 40
  private static let start: Int64 = 1_696_000_000_000
  private static let span: Int64 = 540 * 86_400_000
  private static let names = ["Caroline", "Miguel", "Priya", "Tom"]
  private static let tools = ["bash", "search", "read_file", "run_tests"]

  private let vocabulary = Vocabulary()
  private let pause: Int64
  private var topicWords: [[String]] = []
  private var random: SeededGenerator
  private var time = SyntheticArchive.start
  private var left = 0
  private var topic = 0
  private var name: String?

  init(steps: Int, seed: UInt64 = 11) {
    random = SeededGenerator(state: seed)
    // Sittings spread over a year and a half, but at least two hours apart.
    pause = max(7_200_000, SyntheticArchive.span / Int64(max(1, steps / 25)))
    for _ in 0..<SyntheticArchive.topics {
      let words = (0..<SyntheticArchive.wordsOfTopic).map { _ in vocabulary.word(from: 300, using: &random) }
      topicWords.append(words)
    }
  }

  mutating func next() -> Step {
    if left == 0 { beginSitting() }
    left -= 1
    time += Int64.random(in: 20_000...120_000, using: &random)
    let kind = Int.random(in: 0..<5, using: &random)
    let isLong = Int.random(in: 0..<5, using: &random) == 0
    let count = isLong ? 600 : Int.random(in: 10...60, using: &random)
    let role: Step.Role = kind == 4 ? .tool : kind.isMultiple(of: 2) ? .user : .assistant
    let speaker = role == .tool ? SyntheticArchive.tools[left % 4] : role == .user ? name : nil
    return Step(
      ts: Timestamp(milliseconds: time),
      role: role,
      name: speaker,
      content: text(of: count, isOutput: role == .tool)
    )
  }

  private mutating func beginSitting() {
    left = Int.random(in: 10...40, using: &random)
    topic = Int.random(in: 0..<SyntheticArchive.topics, using: &random)
    time += Int64.random(in: pause * 3 / 4...pause * 5 / 4, using: &random)
    name = Bool.random(using: &random) ? SyntheticArchive.names.randomElement(using: &random) : nil
  }

  private mutating func text(of count: Int, isOutput: Bool) -> String {
    var text = ""
    var inSentence = 0
    for place in 0..<count {
      let isOfTopic = Int.random(in: 0..<8, using: &random) == 0
      var word = isOfTopic ? wordOfTopic(topic) : vocabulary.word(using: &random)
      if inSentence == 0 {
        inSentence = Int.random(in: 6...18, using: &random)
        word = word.prefix(1).uppercased() + word.dropFirst()
      }
      inSentence -= 1
      text += word
      if place == count - 1 || inSentence == 0 {
        inSentence = 0
        text += isOutput && place < count - 1 ? ".\n" : ". "
      } else {
        text += " "
      }
    }
    if text.last == " " { text.removeLast() }
    return text
  }

  /// The first words of a topic are its commonest.
  private mutating func wordOfTopic(_ topic: Int) -> String {
    let last = log(Double(SyntheticArchive.wordsOfTopic) + 1)
    return topicWords[topic][Int(exp(Double.random(in: 0..<last, using: &random))) - 1]
  }

  /// A question of 4 to 10 words about a topic; a fifth names a month or a day, a fifth a general noun, a fifth a
  /// person.
  mutating func query(_ number: Int) -> String {
    let topic = Int.random(in: 0..<SyntheticArchive.topics, using: &random)
    var words = ["what", "did"]
    words.append(number % 5 == 2 ? SyntheticArchive.names[number % 4] : "we")
    words.append("say")
    words.append("about")
    for _ in 0..<Int.random(in: 2...5, using: &random) { words.append(wordOfTopic(topic)) }
    if number % 5 == 1 { words.append(Vocabulary.heads[number / 5 % Vocabulary.heads.count]) }
    if number % 5 == 3 {
      let day = Int64.random(in: SyntheticArchive.start...time, using: &random)
      let date = Timestamp(milliseconds: day).date
      let month = SyntheticArchive.months[date.month - 1]
      words.append(number % 2 == 0 ? "in \(month) \(date.year)" : "on \(date.day) \(month) \(date.year)")
    }
    return words.joined(separator: " ")
  }

  private static let months = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
    "November",
    "December",
  ]
}
