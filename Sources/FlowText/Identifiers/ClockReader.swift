/// A time of day in digits: `8:15`, `08:15:20Z`, "3 pm", "3:30 p.m.".
struct ClockReader {
  private(set) var end: Int
  private let start: Int
  private let hour: Int
  private let minute: Int
  private let second: Int?
  private(set) var isAfternoon: Bool?
  private let hasMinutes: Bool
  private let isPadded: Bool

  /// The half of the day, minutes or "o'clock" stand behind the hour.
  var isMarked: Bool { hasMinutes || isAfternoon != nil || isOClock }
  private let isOClock: Bool

  init?(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) {
    self.start = start
    guard let (hour, hourEnd) = Self.number(bytes, start, most: 24), hourEnd - start < 3 else { return nil }
    var place = hourEnd
    var minute = 0
    var second: Int?
    let hasMinutes = bytes.byte(at: place) == UInt8(ascii: ":")
    if hasMinutes {
      guard let (value, after) = Self.number(bytes, place + 1, most: 59), after == place + 3 else {
        return nil
      }
      minute = value
      place = after
      if bytes.byte(at: place) == UInt8(ascii: ":"),
        let (value, after) = Self.number(bytes, place + 1, most: 60),
        after == place + 3
      {
        second = value
        place = after
        if bytes.byte(at: place) == UInt8(ascii: ".") || bytes.byte(at: place) == UInt8(ascii: ","),
          ASCII.isDigit(bytes.byte(at: place + 1))
        {
          place += 1
          while ASCII.isDigit(bytes.byte(at: place)) { place += 1 }
        }
      }
    }
    let (half, afterHalf) = Self.half(bytes, place)
    var isOClock = false
    if let half, (1...12).contains(hour) {
      isAfternoon = half
      place = afterHalf
    } else if hasMinutes {
      place = Self.zone(bytes, place)
    } else if let after = Self.oClock(bytes, place) {
      isOClock = true
      place = after
    } else {
      return nil
    }
    let next = bytes.byte(at: place)
    guard !ASCII.isAlphanumeric(next), next != UInt8(ascii: ":") || !ASCII.isDigit(bytes.byte(at: place + 1))
    else {
      return nil
    }
    (self.hour, self.minute, self.second, self.hasMinutes, self.isOClock) = (
      hour, minute, second, hasMinutes, isOClock
    )
    isPadded = bytes[start] == 0x30 && hourEnd - start == 2
    end = place
  }

  /// A number of one or two digits up to `most`, and the place behind it.
  static func number(_ bytes: UnsafeBufferPointer<UInt8>, _ start: Int, most: Int) -> (Int, Int)? {
    var value = 0
    var index = start
    while ASCII.isDigit(bytes.byte(at: index)), index - start < 3 {
      value = value * 10 + Int(bytes[index] - 0x30)
      index += 1
    }
    return index > start && index - start < 3 && value <= most ? (value, index) : nil
  }

  /// "am", "p.m.", " PM": whether it is after noon, and the place behind it.
  private static func half(_ bytes: UnsafeBufferPointer<UInt8>, _ place: Int) -> (Bool?, Int) {
    var index = bytes.byte(at: place) == 0x20 ? place + 1 : place
    let letter = bytes.byte(at: index) | 0x20
    guard letter == UInt8(ascii: "a") || letter == UInt8(ascii: "p") else { return (nil, place) }
    index += 1
    let hasStop = bytes.byte(at: index) == UInt8(ascii: ".")
    if hasStop { index += 1 }
    guard bytes.byte(at: index) | 0x20 == UInt8(ascii: "m"), !ASCII.isAlphanumeric(bytes.byte(at: index + 1))
    else {
      return (nil, place)
    }
    index += 1
    if hasStop, bytes.byte(at: index) == UInt8(ascii: ".") { index += 1 }
    return (letter == UInt8(ascii: "p"), index)
  }

  /// The end of `Z` or `+09:00`.
  private static func zone(_ bytes: UnsafeBufferPointer<UInt8>, _ place: Int) -> Int {
    if bytes.byte(at: place) == UInt8(ascii: "Z"), !ASCII.isAlphanumeric(bytes.byte(at: place + 1)) {
      return place + 1
    }
    guard bytes.byte(at: place) == UInt8(ascii: "+") || bytes.byte(at: place) == UInt8(ascii: "-"),
      let (_, after) = number(bytes, place + 1, most: 14), after == place + 3
    else { return place }
    let colon = bytes.byte(at: after) == UInt8(ascii: ":") ? after + 1 : after
    guard let (_, end) = number(bytes, colon, most: 59), end == colon + 2 else { return place }
    return end
  }

  private static func oClock(_ bytes: UnsafeBufferPointer<UInt8>, _ place: Int) -> Int? {
    guard bytes.byte(at: place) == 0x20, bytes.byte(at: place + 1) | 0x20 == UInt8(ascii: "o") else {
      return nil
    }
    var index = place + 2
    if bytes.byte(at: index) == UInt8(ascii: "'") {
      index += 1
    } else if bytes.byte(at: index) == 0xE2 {
      index += 3
    }
    guard index + 5 <= bytes.count, bytes[index..<index + 5].elementsEqual("clock".utf8) else { return nil }
    return index + 5
  }

  var find: IdentifierFind {
    let weight = hasMinutes ? IdentifierWeights.clock : IdentifierWeights.hour
    return IdentifierFind(
      .time,
      start,
      end,
      weight,
      normal: Self.normal(hour, minute, second, isAfternoon, isPadded: isPadded)
    )
  }

  /// `15:30`; `3:30` where the half of the day is not said, `03:30` before noon.
  static func normal(_ hour: Int, _ minute: Int, _ second: Int?, _ isAfternoon: Bool?, isPadded: Bool)
    -> String
  {
    var hour = hour
    if let isAfternoon { hour = hour % 12 + (isAfternoon ? 12 : 0) }
    let isSure = isAfternoon != nil || isPadded || hour == 0
    let tail = second.map { ":" + twoDigits($0) } ?? ""
    return (isSure ? twoDigits(hour) : String(hour)) + ":" + twoDigits(minute) + tail
  }

  static func twoDigits(_ value: Int) -> String { value < 10 ? "0\(value)" : String(value) }
}
