import CTokenTables

/// A byte-pair tokenizer over a published vocabulary.
///
/// The ids and counts are exactly those of OpenAI's tiktoken (`encode_ordinary`): text that looks like
/// a special token, such as `<|endoftext|>`, is plain text. The vocabulary is part of the program and
/// used where it lies, so the first count of a process costs little more than the second.
///
/// ```swift
/// BytePairTokenizer.o200kBase.count("hello world")  // 2
/// ```
///
/// Source: [tiktoken](https://github.com/openai/tiktoken), `tiktoken_ext/openai_public.py`.
public struct BytePairTokenizer: Sendable, Hashable {
  private enum Vocabulary: String, CaseIterable {
    case o200kBase = "o200k_base"
    case cl100kBase = "cl100k_base"
  }

  private let vocabulary: Vocabulary

  /// The vocabulary of GPT-4o and later models of OpenAI: 199,998 tokens.
  public static let o200kBase = BytePairTokenizer(vocabulary: .o200kBase)

  /// The vocabulary of GPT-4 and GPT-3.5 and of the text-embedding-3 models of OpenAI: 100,256 tokens.
  public static let cl100kBase = BytePairTokenizer(vocabulary: .cl100kBase)

  /// The tokenizer with a published name such as `o200k_base`, or nil if it is not one of ``names``.
  public static func named(_ name: String) -> BytePairTokenizer? {
    Vocabulary(rawValue: name).map(BytePairTokenizer.init(vocabulary:))
  }

  /// The names that ``named(_:)`` knows.
  public static let names: [String] = Vocabulary.allCases.map(\.rawValue)

  /// The published name.
  public var name: String { vocabulary.rawValue }

  /// The token ids of a text.
  public func encode(_ text: String) -> [UInt32] {
    withEncoder(text) { $0.encode() }
  }

  /// The text of a sequence of token ids, or nil if an id is not in the vocabulary.
  ///
  /// A token may hold part of a character only. Bytes that are not well-formed UTF-8 when all tokens
  /// are joined become U+FFFD.
  public func decode(_ tokens: some Sequence<UInt32>) -> String? {
    let table = table
    var bytes: [UInt8] = []
    for token in tokens {
      guard let more = table.bytes(of: token) else { return nil }
      bytes.append(contentsOf: more)
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// The number of tokens of a text.
  public func count(_ text: String) -> Int {
    // More tokens than bytes there cannot be.
    count(text, upTo: .max) ?? 0
  }

  /// The number of tokens of a text, or nil if it is greater than `limit`.
  ///
  /// Reads little further than is needed to know.
  public func count(_ text: String, upTo limit: Int) -> Int? {
    // The copy shares the storage; only a string that is not stored as UTF-8 is converted.
    var text = text
    return text.withUTF8 { bytes in
      PieceCounter.count(bytes, pattern: pattern, vocabulary: table, caches: caches, upTo: limit)
    }
  }

  /// The number of tokens of a text given as UTF-8.
  ///
  /// Bytes that are not well-formed count as U+FFFD, as the standard library would repair them.
  public func count(utf8: UnsafeRawBufferPointer) -> Int {
    count(String(decoding: utf8, as: UTF8.self))
  }

  private static let o200kCaches = PieceCachePool()
  private static let cl100kCaches = PieceCachePool()

  private var caches: PieceCachePool {
    switch vocabulary {
    case .o200kBase: Self.o200kCaches
    case .cl100kBase: Self.cl100kCaches
    }
  }

  var table: VocabularyTable {
    switch vocabulary {
    case .o200kBase: VocabularyTable(at: flow_o200k_base())
    case .cl100kBase: VocabularyTable(at: flow_cl100k_base())
    }
  }

  var pattern: PiecePattern {
    switch vocabulary {
    case .o200kBase: .o200k
    case .cl100kBase: .cl100k
    }
  }

  private func withEncoder<Result>(_ text: String, _ body: (inout PieceEncoder) -> Result) -> Result {
    var text = text
    return text.withUTF8 { PieceEncoder.with($0, pattern: pattern, vocabulary: table, body) }
  }
}
