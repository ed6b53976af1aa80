import FlowCore

/// Fixed-point numbers as people and programs read them; no locale has a say.
enum Decimals {
  /// A number with so many decimal places, rounded half away from zero.
  static func text(_ value: Double, places: Int) -> String {
    guard value.isFinite, abs(value) < 1e12 else { return "\(value)" }
    let scale = (0..<places).reduce(1.0) { scale, _ in scale * 10 }
    let scaled = Int((abs(value) * scale).rounded())
    let whole = scaled / Int(scale)
    let sign = value < 0 && scaled > 0 ? "-" : ""
    guard places > 0 else { return "\(sign)\(whole)" }
    let fraction = String(scaled % Int(scale))
    return "\(sign)\(whole).\(String(repeating: "0", count: places - fraction.count))\(fraction)"
  }

  /// A number in millionths with so many decimal places.
  static func text(millionths value: Int, places: Int) -> String {
    text(Double(value) / 1_000_000, places: places)
  }

  /// A share from 0 to 1 as a percentage with one decimal place.
  static func percent(_ share: Double) -> String { "\(text(100 * share, places: 1)) %" }

  /// A number as JSON, with at most six decimal places.
  static func json(_ value: Double) -> JSONValue {
    JSONNumber((value * 1_000_000).rounded() / 1_000_000).map(JSONValue.number) ?? .null
  }

  /// A number in millionths as JSON.
  static func json(millionths value: Int) -> JSONValue { json(Double(value) / 1_000_000) }
}
