/// The forms of transcript that can be imported.
public enum TranscriptFormat: String, Sendable, Hashable, CaseIterable {
  /// A step a line, as export writes it.
  case jsonl
  /// Chat messages or response items of OpenAI's interfaces, and whatever speaks like them.
  case openAI = "openai"
  /// A session of Claude Code, as it stands in `~/.claude/projects`.
  case claudeCode = "claude-code"
}
