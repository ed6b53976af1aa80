extension TaskID {
  /// Crockford's base 32 in lower case: without i, l, o and u, which are easily misread.
  ///
  /// Source: D. Crockford, "Base 32" (https://www.crockford.com/base32.html).
  private static let alphabet = Array("0123456789abcdefghjkmnpqrstvwxyz")

  /// An id such as `T-4k2m9qx0hv`, of 50 random bits: two branches of a plan that each add a thousand tasks make the
  /// same one with a probability of one in a thousand million.
  public init(randomWith generator: inout some RandomNumberGenerator) {
    var bits = generator.next()
    var text = "T-"
    for _ in 0..<10 {
      text.append(TaskID.alphabet[Int(bits & 31)])
      bits >>= 5
    }
    rawValue = text
  }
}
