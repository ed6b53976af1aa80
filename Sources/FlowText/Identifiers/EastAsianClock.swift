/// `오후 3시 30분`, `下午3点半`, `15時30分`.
struct EastAsianClock {
  let find: IdentifierFind
  let end: Int

  init?(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) {
    guard let (hour, hourEnd) = ClockReader.number(bytes, start, most: 24),
      let afterHour = Self.hourMark(bytes, at: hourEnd)
    else { return nil }
    var place = afterHour
    var minute = 0
    var second: Int?
    let next = bytes.byte(at: place) == 0x20 ? place + 1 : place
    if let (value, after) = ClockReader.number(bytes, next, most: 59),
      let mark = Self.mark(bytes, at: after, ["분", "分"])
    {
      minute = value
      place = mark
      let next = bytes.byte(at: place) == 0x20 ? place + 1 : place
      if let (value, after) = ClockReader.number(bytes, next, most: 60),
        let mark = Self.mark(bytes, at: after, ["초", "秒"])
      {
        second = value
        place = mark
      }
    } else if let mark = Self.mark(bytes, at: next, ["반", "半"]) {
      minute = 30
      place = mark
    }
    let (half, first) = Self.dayPart(bytes, before: start)
    let isAfternoon = (1...12).contains(hour) ? half : nil
    let weight = place > afterHour ? IdentifierWeights.clock : IdentifierWeights.hour
    let normal = ClockReader.normal(hour, minute, second, isAfternoon, isPadded: bytes[start] == 0x30)
    find = IdentifierFind(.time, first, place, weight, normal: normal)
    end = place
  }

  /// The place behind 시, 点 or 時, unless a length of time is meant: 시간, 時間.
  private static func hourMark(_ bytes: UnsafeBufferPointer<UInt8>, at place: Int) -> Int? {
    guard let after = mark(bytes, at: place, ["시", "点", "點", "时", "時"]) else { return nil }
    return mark(bytes, at: after, ["간", "间", "間", "즌", "도"]) == nil ? after : nil
  }

  private static func mark(_ bytes: UnsafeBufferPointer<UInt8>, at place: Int, _ marks: [StaticString])
    -> Int?
  {
    guard place + 3 <= bytes.count, bytes[place] >= 0xE3 else { return nil }
    for mark in marks
    where bytes[place] == mark.utf8Start[0] && bytes[place + 1] == mark.utf8Start[1]
      && bytes[place + 2] == mark.utf8Start[2]
    {
      return place + 3
    }
    return nil
  }

  private static let parts: [(text: [UInt8], isAfternoon: Bool)] =
    "오전 새벽 아침 上午 午前 凌晨 早上".split(separator: " ").map { (Array($0.utf8), false) }
    + "오후 저녁 밤 낮 下午 午後 晚上 夜".split(separator: " ").map { (Array($0.utf8), true) }

  /// Whether the time is after noon by the word before it, and where that begins.
  private static func dayPart(_ bytes: UnsafeBufferPointer<UInt8>, before start: Int) -> (Bool?, Int) {
    let end = start > 0 && bytes[start - 1] == 0x20 ? start - 1 : start
    for (text, isAfternoon) in parts where end >= text.count {
      let first = end - text.count
      if bytes[first..<end].elementsEqual(text) { return (isAfternoon, first) }
    }
    return (nil, start)
  }
}
