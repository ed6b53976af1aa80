/// Finds in any text, by rule, what a summary must not lose: paths, URLs, e-mail addresses, hashes, versions, ids,
/// commands, quotations, dates, times, numbers and names.
///
/// The rules and the normal forms are those of `docs/identifiers.md`. One pass, linear in the text; no model and no
/// list of known names. Paragraphs do not touch one another: two texts joined by an empty line hold the finds of
/// both.
public struct IdentifierScanner: Sendable {
  /// Grows with each change of what is found or of a normal form.
  public static let version = 1

  public init() {}

  /// The identifiers of a text in the order in which they begin.
  ///
  /// They do not overlap, but for commands and quotations: what stands inside of one is listed behind it.
  public func identifiers(in text: String) -> [Identifier] {
    var text = text
    return text.withUTF8 { bytes in
      var pass = IdentifierPass(bytes)
      pass.read()
      return pass.finds.map { find in
        let written = String(decoding: bytes[find.start..<find.end], as: UTF8.self)
        return Identifier(
          kind: find.kind,
          text: written,
          normal: find.normal ?? IdentifierNormal.form(of: written, kind: find.kind),
          range: find.start..<find.end,
          weight: find.weight
        )
      }
    }
  }
}
