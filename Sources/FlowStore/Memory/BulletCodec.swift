import FlowCore

/// The bullets of a summary as the database keeps them: `[{"text":"…","source":[3,4],"weight":5}]`.
enum BulletCodec {
  static func encode(_ bullets: [Summary.Bullet]) -> String {
    let values = bullets.map { bullet in
      JSONValue.object([
        "text": .string(bullet.text),
        "source": .array([
          .number(JSONNumber(bullet.source.lowerBound.rawValue)),
          .number(JSONNumber(bullet.source.upperBound.rawValue)),
        ]),
        "weight": .number(JSONNumber(bullet.weight)),
      ])
    }
    return JSONValue.array(values).serialized()
  }

  /// The bullets, or nil for anything that `encode` does not write.
  static func decode(_ text: String) -> [Summary.Bullet]? {
    guard let values = (try? JSONValue(parsing: text))?.array else { return nil }
    var bullets: [Summary.Bullet] = []
    for value in values {
      guard let text = value["text"]?.string, let weight = value["weight"]?.int,
        let first = value["source"]?[0]?.int, let last = value["source"]?[1]?.int, first <= last
      else { return nil }
      bullets.append(Summary.Bullet(text: text, source: StepID(first)...StepID(last), weight: weight))
    }
    return bullets
  }
}
