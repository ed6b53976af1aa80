/// Masks secrets in any text: keys, tokens, passwords, private keys, and what configured patterns match.
///
///     Redactor().redact("PASSWORD=hunter2-x").text  // "PASSWORD=[masked password]"
///
/// The rules are those of `docs/redaction.md`. What is not masked stays byte for byte; masking a masked text changes
/// nothing; one secret has one mark throughout a text. The built-in rules are one pass, linear in the text; what
/// patterns cost, `RedactionPattern` says.
public struct Redactor: Sendable {
  /// Grows with each change of what is masked.
  public static let version = 1

  private let patterns: [RedactionPattern]

  /// - Parameter patterns: what people configured beside the built-in rules.
  public init(patterns: [RedactionPattern] = []) { self.patterns = patterns }

  public func redact(_ text: String) -> RedactedText {
    var source = text
    return source.withUTF8 { bytes in
      var pass = SecretPass(bytes)
      pass.read()
      var masks = pass.masks
      if !patterns.isEmpty {
        masks = PatternPass(bytes, patterns).masks(beside: masks)
      }
      guard !masks.isEmpty else { return RedactedText(text: text, masks: []) }
      masks = Self.alike(masks, in: bytes)
      return RedactedText(text: Self.masked(bytes, by: masks), masks: masks)
    }
  }

  /// The masks with the kind that the same secret had where it stood first; patterns keep theirs.
  private static func alike(_ masks: [Mask], in bytes: UnsafeBufferPointer<UInt8>) -> [Mask] {
    guard masks.count > 1 else { return masks }
    var kinds: [String: MaskKind] = [:]
    return masks.map { mask in
      if mask.kind == .pattern { return mask }
      let secret = String(decoding: bytes[mask.range], as: UTF8.self)
      if let kind = kinds[secret] { return Mask(kind: kind, range: mask.range) }
      kinds[secret] = mask.kind
      return mask
    }
  }

  private static func masked(_ bytes: UnsafeBufferPointer<UInt8>, by masks: [Mask]) -> String {
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count)
    var end = 0
    for mask in masks {
      result.append(contentsOf: bytes[end..<mask.range.lowerBound])
      result.append(contentsOf: mask.kind.mark.utf8)
      end = mask.range.upperBound
    }
    result.append(contentsOf: bytes[end...])
    return String(decoding: result, as: UTF8.self)
  }
}
