import FlowCore

/// Times as arguments.
enum TimeArgument {
  static func parse(_ text: String, option: String) throws(FlowError) -> Timestamp {
    guard let time = Timestamp(iso8601: text) else {
      throw FlowError(
        .invalidArgument,
        "\(option) is \(text.quotedExcerpt)",
        hint: "write RFC 3339, such as 2024-04-12T08:15:20Z"
      )
    }
    return time
  }
}

extension TimeArgument {
  /// A time as `parse` reads it, or a span that ends now: `90s`, `15m`, `2h`, `7d`, `4w`.
  static func moment(_ text: String, option: String, now: Timestamp = SystemClock().now()) throws(FlowError)
    -> Timestamp
  {
    if let time = Timestamp(iso8601: text) { return time }
    let units: [Character: Int] = ["s": 1, "m": 60, "h": 3600, "d": 86_400, "w": 604_800]
    guard let unit = text.last.flatMap({ units[$0] }), let count = Int(text.dropLast()),
      (0...1_000_000).contains(count)
    else {
      throw FlowError(
        .invalidArgument,
        "\(option) is \(text.quotedExcerpt)",
        hint: "write a time such as 2024-04-12T08:15:20Z, a day, or a span such as 15m, 2h or 7d"
      )
    }
    return now.advanced(seconds: -count * unit)
  }
}
