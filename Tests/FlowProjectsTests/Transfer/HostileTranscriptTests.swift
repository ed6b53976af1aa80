import FlowCore
import FlowProjects
import RandomSupport
import Testing

@Suite(.timeLimit(.minutes(15))) struct `Hostile transcripts` {
  private static let openAI = #"""
    [{"role":"system","content":"x"},{"id":"m","role":"user","name":"n","content":[{"type":"text","text":"t"},
    {"type":"image_url","image_url":{"url":"data:image/png;base64,QUJD"}},{"type":"file","file":{"file_data":"QQ","filename":"f"}}]},
    {"role":"assistant","content":null,"tool_calls":[{"id":"c","type":"function","function":{"name":"f","arguments":"{\"a\":\"b\\n\"}"}}]},
    {"role":"tool","tool_call_id":"c","content":"r"},{"messages":[{"role":"user","content":"y","created_at":9}],"tools":[1]},
    {"type":"function_call","call_id":"d","name":"g","arguments":""},{"type":"function_call_output","call_id":"d","output":"o"}]
    """#
  private static let claudeCode = #"""
    {"type":"user","uuid":"u","timestamp":"2026-02-18T11:30:11Z","isSidechain":false,"message":{"role":"user","content":"x"}}
    {"type":"assistant","uuid":"v","message":{"content":[{"type":"text","text":"t"},{"type":"tool_use","id":"c","name":"f","input":{"a":"b"}}]}}
    {"type":"user","uuid":"w","message":{"content":[{"type":"tool_result","tool_use_id":"c","content":[{"type":"text","text":"r"}]},{"type":"image","source":{"data":"QQ"}}]},"toolUseResult":{}}
    {"type":"attachment","attachment":{"type":"queued_command","prompt":"p"}}
    """#

  private static let replacements = [
    "null", "7", "-1e999", "\"\"", "\"x\"", "[]", "{}", "[[]]", "[null]", "{\"type\":7}",
    "{\"type\":\"text\"}", "true",
    "\"data:\"", "\"data:;,\"", "\"a\\ud83d\"", "{\"url\":{}}", "[\"a\",{\"type\":\"image\"}]",
    "9223372036854775807",
  ]

  /// The text with some of its values replaced, or some bytes changed.
  private static func mutated(_ text: String, _ random: inout SeededRandom) -> [UInt8] {
    var bytes = Array(text.utf8)
    for _ in 0..<Int.random(in: 1...3, using: &random) {
      if Int.random(in: 0..<4, using: &random) == 0 {
        let place = Int.random(in: 0..<bytes.count, using: &random)
        switch Int.random(in: 0..<3, using: &random) {
        case 0: bytes.remove(at: place)
        case 1: bytes[place] = UInt8.random(in: 0...255, using: &random)
        default: bytes.removeSubrange(place...)
        }
        if bytes.isEmpty { return [] }
        continue
      }
      // A value begins behind a colon that follows a key's quotation mark.
      let places = bytes.indices.dropFirst().filter {
        bytes[$0] == UInt8(ascii: ":") && bytes[$0 - 1] == UInt8(ascii: "\"")
      }
      guard let place = places.randomElement(using: &random) else { continue }
      var end = place + 1
      var depth = 0
      var isInString = false
      while end < bytes.count {
        switch bytes[end] {
        case UInt8(ascii: "\""): isInString = !(isInString && bytes[end - 1] != UInt8(ascii: "\\"))
        case UInt8(ascii: "{") where !isInString, UInt8(ascii: "[") where !isInString: depth += 1
        case UInt8(ascii: "}") where !isInString, UInt8(ascii: "]") where !isInString: depth -= 1
        default: break
        }
        if depth < 0 || depth == 0 && !isInString && bytes[end] == UInt8(ascii: ",") { break }
        end += 1
      }
      bytes.replaceSubrange((place + 1)..<end, with: replacements.randomElement(using: &random)!.utf8)
    }
    return bytes
  }

  @Test(arguments: [(TranscriptFormat.openAI, openAI), (.claudeCode, claudeCode)])
  func `are imported whole or refused with a place, and then nothing is stored`(
    format: TranscriptFormat,
    text: String
  ) async throws {
    let bench = try await TranscriptBench()
    var count = 0
    var (taken, refused) = (0, 0)
    for seed in 1...400 as ClosedRange<UInt64> {
      var random = SeededRandom(seed: seed)
      let source = Self.mutated(text, &random)
      do {
        let receipt = try await bench.project.importSteps(from: .bytes(source, name: "in"), format: format)
        #expect(receipt.new <= receipt.read, "seed \(seed)")
        count += receipt.new
        taken += 1
      } catch {
        #expect([.invalidJSON, .invalidStep, .stepConflict].contains(error.code), "seed \(seed): \(error)")
        #expect(error.message.hasPrefix("in line "), "seed \(seed): \(error.message)")
        refused += 1
      }
    }
    #expect(try await bench.steps().count == count)
    #expect(taken > 25 && refused > 25, "\(taken) taken, \(refused) refused")
  }
}
