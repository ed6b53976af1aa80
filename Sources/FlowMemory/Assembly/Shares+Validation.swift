public import FlowCore

extension Shares {
  /// Checks that every share is a fraction and that they leave something.
  ///
  /// - Throws: `argument.invalid`, naming the share.
  public func validate() throws(FlowError) {
    for (name, value) in [("long_term", longTerm), ("short_term", shortTerm), ("tasks", tasks)]
    where !(0...1).contains(value) {
      throw FlowError(
        .invalidArgument,
        "the share of \(name) is \(value)",
        hint: "give a fraction from 0 to 1"
      )
    }
    guard longTerm + shortTerm + tasks <= 1.000_001 else {
      throw FlowError(
        .invalidArgument,
        "the shares add up to \(longTerm + shortTerm + tasks)",
        hint: "let long_term, short_term and tasks together be at most 1; recall gets the rest"
      )
    }
  }
}
