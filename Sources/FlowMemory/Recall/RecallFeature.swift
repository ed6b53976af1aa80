/// What the score of a step is made of: a weighted sum of these.
///
/// Each is a small number, mostly 0 to 1, so that weights compare. "Here" means the step itself; what stands near
/// it counts only within its sitting. docs/recall.md explains each and how its weight was learnt.
public enum RecallFeature: Int, CaseIterable, Sendable {
  // MARK: The words of the query
  /// BM25 of the query's terms here, a twentieth.
  case words
  /// BM25 of the query's terms within two steps, a twentieth.
  case window
  /// The same, each term by its nearest place alone: what is repeated around a step counts once. As a share of the
  /// highest.
  case windowBest
  /// How many of the query's terms stand here, up to four, a quarter.
  case count
  /// The rarity of the rarest of them, a seventh.
  case rarest
  /// The share of the query that stands here, against the step's length.
  case density
  /// The words of the step as a share of its own length: a long step that is about it, not one that mentions it.
  case aboutness
  /// Terms of the query that were never said before.
  case firstMention
  /// Members of the fields that the query's terms head: "pets" and "hamster".
  case members
  /// Near-synonyms of the query's terms.
  case synonyms

  // MARK: What stands around it
  /// The words of the step before.
  case after
  /// The words of the step behind.
  case before
  /// The words of the step before, if that one is a question: this may be the answer.
  case answer
  /// The share of the query that stands anywhere in the sitting.
  case sittingCover
  /// The best that the sitting holds.
  case sittingBest
  /// Names and terms that the best steps of a first pass share: for evidence that is scattered.
  case secondPass

  // MARK: Who says it
  /// It comes from the one speaker whom the query names.
  case speaker
  /// The same, in a sitting about it: BM25 of the sitting as one document, as a share of the highest.
  case speakerSitting
  /// The same, with the words within two steps.
  case speakerWindow
  /// The same, with members of the fields that the query's terms head.
  case speakerMembers
  /// The same, with near-synonyms.
  case speakerSynonyms
  /// The same, speaking of themselves.
  case speakerSelf
  /// It comes from the user.
  case user
  /// The same, where the query says I or we.
  case userMine
  /// The same, where an overview is asked for.
  case userOverview
  /// The length of what a user says.
  case userLength
  /// Words of an answer, where the query asks what was answered.
  case answered
  /// Words of the step before an answer, where the query asks what was answered.
  case answeredAfter
  /// What an answer costs, where the query asks for answers: less of a reason to leave it out.
  case answeredPrice

  // MARK: What it is
  /// A standing rule of the user's: "always …".
  case rule
  /// The same, where something is to be done now.
  case ruleForRequest
  /// A preference of the user's.
  case preference
  /// The same, where something is to be done now.
  case preferenceForRequest
  /// A question.
  case question
  /// Names that stand here, up to six, a sixth.
  case names
  /// Expressions of time that stand here, up to three, a third, where the query asks when.
  case timeForWhen
  /// How near its day is to the days that the query names.
  case date
  /// The same, where the words stand near.
  case dateWindow
  /// Terms that were never said before it, up to twelve, a twelfth.
  case newTerms

  // MARK: What it costs
  /// The logarithm of its tokens, of a person's step.
  case pricePerson
  /// The logarithm of its tokens, of a user's step.
  case priceUser
  /// The logarithm of its tokens, of an assistant's or a tool's step.
  case priceOther

  /// The name that explanations and the learning of weights use: `sitting_best`.
  public var name: String { RecallFeature.spellings[rawValue] }

  private static let spellings = allCases.map { feature in
    String(describing: feature).reduce(into: "") { name, character in
      name += character.isUppercase ? "_\(character.lowercased())" : String(character)
    }
  }

  /// The features of cost: with them, the sum says what a step is worth for its tokens.
  var isPrice: Bool {
    switch self {
    case .pricePerson, .priceUser, .priceOther, .answeredPrice: true
    default: false
    }
  }
}
