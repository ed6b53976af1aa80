/// How a value is laid out as text.
///
/// No style ends with a line feed.
public enum JSONStyle: Sendable, Hashable {
  /// Without any white space: `{"a":1,"b":[1,2]}`.
  case compact

  /// One member or element a line, indented by two spaces; `"key": value`; `{}` and `[]` when empty.
  case pretty

  /// Like `pretty`, but an array or object at `inlineDepth` or deeper (the root has depth 0) stands
  /// on one line where its line, comma included, then has at most `lineWidth` Unicode scalars:
  /// `{ "owner": "jun", "tags": ["scraping"] }`.
  ///
  /// For files that people edit: each element above `inlineDepth` has lines of its own, so that
  /// changing one changes no line of another.
  case document(inlineDepth: Int, lineWidth: Int = 100)
}
