import FlowCore

/// Reads chat messages and response items in the shapes that OpenAI's interfaces take and give
/// (https://platform.openai.com/docs/api-reference/chat, …/responses).
///
/// A source is a list of messages, a message on each line, or conversations: objects with `messages`, with `input` and
/// `output`, or with `choices`. Lists are read element by element, so that one of any length fits into memory;
/// a conversation in an object is held as a whole.
///
/// A message without an id has a ref from all that was said in its conversation up to it: `openai:<24 hexadecimal
/// digits>:<n>`, where n counts the conversations of this source that begin alike. So a conversation that went on
/// adds what is new in it. A log of requests repeats a conversation with each of them: one that begins with all of an
/// earlier one goes on with it.
struct OpenAIReader: TranscriptReader {
  let source: String
  private var buffer = JSONValueBuffer()
  private var refs = OccurrenceRefs(prefix: "openai")
  /// The occurrences of the messages of each conversation in an object, by the digest of its last.
  private var ended: [StepDigest: [Int]] = [:]
  /// The conversation that messages outside of an object belong to.
  private var loose = Conversation()
  private(set) var skipped = SkippedTally()

  /// A message's step, still without a ref where it has no id.
  private struct Read {
    let step: SourceStep
    let digest: StepDigest
  }

  /// What the messages before one say about it.
  private struct Conversation {
    /// Stands for all that was said.
    var digest = ""
    /// The names of the tools that were called, by the call's id.
    var callNames: [String: String] = [:]
  }

  init(source: String) {
    self.source = source
  }

  var pendingBytes: Int { buffer.pendingBytes }

  mutating func append(_ piece: [UInt8]) { buffer.append(piece) }
  mutating func finish() { buffer.finish() }

  mutating func next() throws(FlowError) -> [SourceStep]? {
    let element: JSONValueBuffer.Element
    do {
      guard let next = try buffer.next() else { return nil }
      element = next
    } catch {
      throw FlowError(
        .invalidJSON,
        "\(source) line \(error.line): \(error.reason)",
        hint: "nothing was imported"
      )
    }
    let place = SourcePlace(line: element.line, message: element.position)
    let value = try OpenAIReader.parse(element.bytes, in: source, place, &skipped)
    // Each list is a conversation of its own.
    if element.position == 1 { loose = Conversation() }
    if value.object.map(OpenAIReader.isMessage) ?? false {
      // Taken out meanwhile: a message changes the reader and its conversation.
      var conversation = loose
      loose = Conversation()
      defer { loose = conversation }
      guard let message = try read(value, at: place, in: &conversation) else { return [] }
      return [message.step.named(message.step.step.ref ?? refs.next(for: message.digest))]
    }
    let conversation: OpenAIConversation
    do {
      conversation = try OpenAIConversation(value)
    } catch {
      throw error.located(in: source, place)
    }
    for kind in conversation.skipped { skipped.note(kind, at: place) }
    var state = Conversation(digest: conversation.id ?? "")
    var messages: [Read] = []
    for (index, message) in conversation.messages.enumerated() {
      let place = SourcePlace(line: element.line, message: index + 1)
      if let message = try read(message, at: place, in: &state) { messages.append(message) }
    }
    return named(messages)
  }

  /// The steps of a conversation with their refs.
  private mutating func named(_ messages: [Read]) -> [SourceStep] {
    guard let last = messages.last else { return [] }
    let known = messages.lastIndex { ended[$0.digest] != nil }
    var occurrences = known.flatMap { ended.removeValue(forKey: messages[$0].digest) } ?? []
    for message in messages.dropFirst(occurrences.count) {
      occurrences.append(refs.nextOccurrence(of: message.digest))
    }
    ended[last.digest] = occurrences
    return zip(messages, occurrences).map { message, occurrence in
      message.step.named(message.step.step.ref ?? refs.ref(for: message.digest, occurrence: occurrence))
    }
  }

  private static func isMessage(_ object: JSONObject) -> Bool {
    object.contains(key: "role") || object.contains(key: "type") && !object.contains(key: "messages")
  }

  private mutating func read(
    _ value: JSONValue,
    at place: SourcePlace,
    in conversation: inout Conversation
  ) throws(FlowError) -> Read? {
    let message: OpenAIMessage
    do {
      message = try OpenAIMessage(value)
    } catch {
      throw error.located(in: source, place)
    }
    for kind in message.skipped { skipped.note(kind, at: place) }
    guard var step = message.step else { return nil }
    for call in message.calls { if let id = call.id { conversation.callNames[id] = call.name } }
    if step.role == .tool, step.name == nil, let id = step.meta["tool_call_id"]?.string {
      step.name = conversation.callNames[id]
    }
    let digest = StepDigest(
      of: [
        .string(conversation.digest), .string(step.role.rawValue), .string(step.name ?? ""),
        .string(step.content),
        step.meta["tool_calls"] ?? .null, step.meta["tool_call_id"] ?? .null,
      ]
    )
    conversation.digest = digest.text
    step.ref = message.id
    return Read(step: try OpenAIReader.validated(step, in: source, place), digest: digest)
  }
}
