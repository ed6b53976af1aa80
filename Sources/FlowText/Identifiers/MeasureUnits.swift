/// Units of measure, of money and of time in the form they are compared in.
enum MeasureUnits {
  struct Unit {
    let name: String
    /// A letter that is a unit only right behind the number: 5m, 3h.
    var isAttachedOnly = false
  }

  /// The unit a word in small letters stands for.
  static func unit(_ key: EnglishLexicon.Key) -> Unit? { units[key] }

  /// Whether a name is that of a unit here; other units are counted nouns.
  static func isMeasure(_ name: some StringProtocol) -> Bool { names.contains(String(name)) }

  private static let attached =
    "m: m|g: g|s: s|h: h|d: day|min: min|l: l|v: v|w: w|a: a|b: b|k: k|c: °c|f: °f|x: x|t: t|j: j|p: p"

  private static let spaced = """
    ns: ns nanosecond nanoseconds|us: us µs microsecond microseconds|ms: ms msec millisecond milliseconds
    s: sec secs second seconds|min: mins minute minutes|h: hr hrs hour hours|day: day days|week: week weeks wk wks
    month: month months mo|year: year years yr yrs|decade: decade decades|night: night nights
    byte: byte bytes|kb: kb kilobyte kilobytes|mb: mb megabyte megabytes|gb: gb gigabyte gigabytes
    tb: tb terabyte terabytes|pb: pb petabyte petabytes|kib: kib|mib: mib|gib: gib|tib: tib|bit: bit bits
    kbps: kbps|mbps: mbps|gbps: gbps|nm: nm|mm: mm millimeter millimeters millimetre millimetres
    cm: cm centimeter centimeters centimetre centimetres|m: meter meters metre metres
    km: km kilometer kilometers kilometre kilometres|mile: mile miles mi|ft: ft foot feet|inch: inch inches
    yd: yard yards|acre: acre acres|mg: mg milligram milligrams|g: gram grams|kg: kg kgs kilo kilos kilogram kilograms
    lb: lb lbs pound pounds|oz: oz ounce ounces|t: ton tons tonne tonnes|ml: ml milliliter milliliters millilitre
    l: liter liters litre litres|gallon: gallon gallons|%: percent pct|pp: pp
    hz: hz hertz|khz: khz|mhz: mhz|ghz: ghz|kw: kw kilowatt kilowatts|w: watt watts|mw: mw megawatt megawatts
    kwh: kwh|v: volt volts|mah: mah|kcal: kcal|cal: calorie calories|px: px pixel pixels|pt: pt|em: em|rem: rem|dpi: dpi
    fps: fps|rpm: rpm|mph: mph|kph: kph|bpm: bpm|db: db|ppm: ppm|° : degree degrees|°c: celsius|°f: fahrenheit
    usd: dollar dollars usd bucks|cent: cent cents|eur: euro euros eur|gbp: gbp|krw: won krw|jpy: yen jpy|cny: yuan cny rmb
    th: st nd rd th
    """

  private static let units: [EnglishLexicon.Key: Unit] = {
    var units: [EnglishLexicon.Key: Unit] = [:]
    for (list, isAttachedOnly) in [(attached, true), (spaced, false)] {
      for entry in list.split(whereSeparator: { $0 == "|" || $0.isNewline }) {
        let parts = entry.split(separator: ":")
        let name = String(parts[0].filter { $0 != " " })
        for word in parts[1].split(separator: " ") {
          units[EnglishLexicon.Key(word)] = Unit(name: name, isAttachedOnly: isAttachedOnly)
        }
      }
    }
    return units
  }()

  private static let names = Set(
    units.values.map(\.name) + ["h", "min", "s", "day", "week", "month", "year"]
  )
  .subtracting(["th"])

  /// The units that stand behind a rate: km/h, MB/s.
  static let perTimes: [(text: StaticString, name: String)] = [
    ("hour", "h"), ("day", "day"), ("month", "month"), ("year", "year"), ("week", "week"), ("sec", "s"),
    ("min", "min"),
    ("mo", "month"), ("h", "h"), ("s", "s"),
  ]

  /// Counters and units behind a number in Korean, Chinese and Japanese, the longer ones first.
  static let eastAsian: [(text: [UInt8], name: String, count: Int)] = {
    let list = """
      개월:month 시간:h 초:s 주일:week 주간:week 분:min 퍼센트:% 프로:% 킬로미터:km 미터:m 센티미터:cm 인치:inch 피트:ft 마일:mile 야드:yd 파운드:lb 온스:oz 갤런:gallon 에이커:acre 헥타르:ha 광년:광년 헤르츠:hz 밀리미터:mm 킬로그램:kg 그램:g \
      리터:l 톤:t 기가바이트:gb 메가바이트:mb 바이트:byte 킬로와트:kw 달러:usd 유로:eur 엔:jpy 위안:cny 원:krw 년:year 주:week 일:day 배:배 평:평 \
      개:개 명:명 번:번 회:회 살:살 세:살 권:권 장:장 대:대 마리:마리 병:병 잔:잔 곳:곳 가지:가지 건:건 줄:줄 행:행 쪽:쪽 페이지:쪽 위:위 호:호 \
      점:점 층:층 도:도 인분:인분 박:박 차:차 차례:차례 단계:단계 종:종 편:편 곡:곡 채:채 척:척 통:통 벌:벌 켤레:켤레 그루:그루 송이:송이 자루:자루 사람:명 \
      인:명 석:석 국:국 종류:종류 표:표 량:량 등:등 항:항 득점:득점 군데:군데 학년:학년 세기:세기 글자:글자 문장:문장 시즌:시즌 경기:경기 세대:세대 자리:자리 만:만 골:골 승:승 패:패 \
      小时:h 小時:h 時間:h 分钟:min 分鐘:min 分間:min 秒:s 天:day 日間:day 个月:month 個月:month か月:month ヶ月:month 週間:week 周:week 年間:year \
      公里:km 千米:km 米:m 公斤:kg 克:g 美元:usd 日元:jpy 円:jpy 元:cny 韩元:krw ドル:usd ウォン:krw 人:人 名:人 个:个 個:个 件:件 台:台 本:本 枚:枚 \
      次:次 回:次 岁:岁 歳:岁 才:岁 页:页 頁:页 行:行 倍:倍 度:度 階:階 位:位 匹:匹 杯:杯 冊:冊 点:点 歩:歩 家:家 只:只 条:条 张:张 名様:人
      """
    return list.split(separator: " ").map { entry in
      let parts = entry.split(separator: ":")
      return (Array(parts[0].utf8), String(parts[1]), parts[0].unicodeScalars.count)
    }.sorted { $0.text.count > $1.text.count }
  }()

  /// Powers of ten that stand behind digits: 12만, 3億.
  static func power(of scalar: Unicode.Scalar) -> Int? {
    switch scalar {
    case "십", "十": 1
    case "백", "百": 2
    case "천", "千": 3
    case "만", "万", "萬": 4
    case "억", "亿", "億": 8
    case "조", "兆": 12
    default: nil
    }
  }

  /// Powers of ten as English words and suffixes.
  static let powers: [EnglishLexicon.Key: Int] = {
    let words = ["hundred": 2, "thousand": 3, "million": 6, "billion": 9, "trillion": 12]
    return Dictionary(uniqueKeysWithValues: words.map { (EnglishLexicon.Key($0.key), $0.value) })
  }()

  static func currency(_ scalar: Unicode.Scalar) -> String? {
    switch scalar {
    case "$": "usd"
    case "€": "eur"
    case "£": "gbp"
    case "¥", "￥": "jpy"
    case "₩", "￦": "krw"
    default: nil
    }
  }
}
