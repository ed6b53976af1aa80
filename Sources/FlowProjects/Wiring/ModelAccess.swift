import FlowCore
import FlowLLM
import FlowMemory
import FlowStore
import FlowText
import Synchronization

/// The configured model, made when it is first needed: a workspace has one, so that all its projects share connections,
/// the limit on calls under way, and what is known of an endpoint that is ill.
final class ModelAccess: Sendable {
  private let config: FlowConfig
  private let promptsDirectory: String?
  /// Looks a variable of the environment up.
  private let variable: @Sendable (String) -> String?
  private let chat = Mutex<HTTPChatModel?>(nil)
  /// How many calls may be under way at once, where somebody asked for more or fewer than the configuration says.
  private let concurrency = Mutex<Int?>(nil)

  /// What stands in a summary's `by` where no model made it.
  private static let otherMakers: Set<String> = ["textrank", "hand"]

  init(
    config: FlowConfig,
    promptsDirectory: String?,
    variable: @escaping @Sendable (String) -> String?
  ) {
    self.config = config
    self.promptsDirectory = promptsDirectory
    self.variable = variable
  }

  /// Whether a model is configured.
  var isConfigured: Bool { config.llm.model != nil }

  /// Lets so many calls be under way at once; counts until the model is first asked.
  func allow(_ calls: Int) { concurrency.withLock { $0 = calls } }

  /// What is wrong with what a model needs, without asking it; blocks.
  func obstacle() -> FlowError? {
    do throws(FlowError) {
      _ = try summarizer()
      try CurlLibrary.load()
      return nil
    } catch {
      return error
    }
  }

  /// The model.
  ///
  /// - Throws: `config.invalid`, `library.missing`.
  func model() throws(FlowError) -> HTTPChatModel {
    if let known = chat.withLock({ $0 }) { return known }
    if let name = config.llm.model, ModelAccess.otherMakers.contains(name) {
      throw FlowError(
        .invalidConfiguration,
        "llm.model is \(name.quotedExcerpt), which is what summaries without a model are said to be made by",
        hint: "give the model another name; most servers on this machine take any",
        context: ["key": "llm.model"]
      )
    }
    var settings = config.llm
    settings.maxConcurrency = concurrency.withLock { $0 } ?? settings.maxConcurrency
    let fresh = try ModelAccess.make(settings, variable)
    return chat.withLock { chat in
      let model = chat ?? fresh
      chat = model
      return model
    }
  }

  /// Reads a prompt: blocks.
  private func prompt(_ file: PromptFile) throws(FlowError) -> ModelPrompt {
    guard let directory = promptsDirectory else { return try file.prompt(nil, file: "") }
    let path = "\(directory)/\(file.fileName)"
    let bytes = try RegularFile.read(path)
    return try file.prompt(bytes.map { String(decoding: $0, as: UTF8.self) }, file: path)
  }

  /// What summaries of steps are made with; blocks.
  ///
  /// - Throws: `config.invalid`, naming the key, or the prompt's file and line; `library.missing`.
  func summarizer() throws(FlowError) -> any ModelSummarizer {
    LLMSummarizer(
      chat: try model(),
      template: try prompt(.summarize),
      tokenizer: BytePairTokenizer.o200kBase,
      limits: limits,
      mask: try ModelAccess.mask(config.redaction)
    )
  }

  /// What summaries of texts are made with; blocks.
  ///
  /// - Throws: as `summarizer`.
  func textSummarizer(_ tokenizer: any Tokenizer) throws(FlowError) -> LLMTextSummarizer {
    LLMTextSummarizer(
      chat: try model(),
      template: try prompt(.summarizeText),
      tokenizer: tokenizer,
      limits: limits,
      mask: try ModelAccess.mask(config.redaction)
    )
  }

  /// How this process is known to others that ask for the same summaries.
  var claimant: Claimant {
    // Two answers for a summary, each with its repeats and the waits between them.
    let attempts = Double(2 * (config.llm.maxRetries + 1))
    return Claimant(
      token: ProcessToken.own,
      leaseSeconds: Int(attempts * (config.llm.timeoutSeconds + 130)) + 60,
      isGone: ProcessToken.isGone
    )
  }

  private var limits: LLMSummarizer.Limits {
    LLMSummarizer.Limits(answerTokens: config.llm.maxTokens, sourceTokens: config.llm.maxPromptTokens)
  }
}
