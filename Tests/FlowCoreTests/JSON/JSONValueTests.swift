import FlowCore
import Testing
import RandomSupport

@Suite struct `JSON value` {
  static let value: JSONValue = [
    "null": nil, "yes": true, "n": 3, "x": 0.5, "s": "t\(1)", "list": [1, "two"], "nested": ["a": ["b": 7]],
  ]

  @Test func `literals make the values they look like`() {
    #expect(
      Self.value.serialized()
        == #"{"null":null,"yes":true,"n":3,"x":0.5,"s":"t1","list":[1,"two"],"nested":{"a":{"b":7}}}"#
    )
  }

  @Test func `accessors give their kind only`() {
    let value = Self.value
    #expect(value["yes"]?.bool == true)
    #expect(value["n"]?.int == 3)
    #expect(value["n"]?.double == 3)
    #expect(value["n"]?.number?.text == "3")
    #expect(value["x"]?.int == nil)
    #expect(value["s"]?.string == "t1")
    #expect(value["list"]?[1] == "two")
    #expect(value["list"]?[2] == nil)
    #expect(value["list"]?[-1] == nil)
    #expect(value["list"]?.array?.count == 2)
    #expect(value["nested"]?["a"]?["b"] == 7)
    #expect(value["nested"]?.object?.keys == ["a"])
    #expect(value["null"]?.isNull == true)
    #expect(value["absent"] == nil)
    #expect(value["n"]?["a"] == nil)
    #expect(value["n"]?[0] == nil)
    #expect(
      value["s"]?.bool == nil && value["s"]?.int == nil && value["s"]?.array == nil
        && value["s"]?.object == nil
    )
    #expect(value["n"]?.string == nil && value["n"]?.isNull == false)
    #expect(
      value.object?.values.map(\.kind) == [
        "null", "boolean", "number", "number", "string", "array", "object",
      ]
    )
  }

  @Test func `values are equal if their bytes are`() throws {
    let distinct = try [
      "null", "false", "true", "0", "-0", "0.0", "\"\"", "\"0\"", "[]", "{}", "[0]", "[[0]]", "[0,0]",
      "{\"a\":0}",
      "{\"a\":0,\"b\":1}", "{\"b\":1,\"a\":0}", "{\"a\":1}", "\"é\"", "\"e\u{301}\"", "{\"é\":0}",
      "{\"e\u{301}\":0}", "[\"ab\",\"c\"]",
      "[\"a\",\"bc\"]",
    ].map { try JSONValue(parsing: $0) }
    for (index, value) in distinct.enumerated() {
      for (otherIndex, other) in distinct.enumerated() {
        #expect((value == other) == (index == otherIndex), "\(value) and \(other)")
      }
      let copy = try JSONValue(parsing: " \(value) ")
      #expect(value == copy && value.hashValue == copy.hashValue)
    }
    #expect(Set(distinct).count == distinct.count)
  }
}

@Suite struct `JSON object` {
  @Test func `setting replaces in place or appends`() {
    var object: JSONObject = ["a": 1, "b": 2]
    object["a"] = 3
    object["c"] = .null
    #expect(JSONValue.object(object).serialized() == #"{"a":3,"b":2,"c":null}"#)
    object["a"] = nil
    object["absent"] = nil
    #expect(object.keys == ["b", "c"])
    #expect(object.contains(key: "c") && !object.contains(key: "a"))
    #expect(object.removeValue(forKey: "b") == 2)
    #expect(object.removeValue(forKey: "b") == nil)
    #expect(object.map(\.key) == ["c"] && object.values == [.null] && object.count == 1)
    #expect(object[0].key == "c")
  }

  @Test func `it behaves as a list of unique keys through any edits`() {
    var random = SeededRandom(seed: 11)
    for _ in 0..<40 {
      var object = JSONObject()
      var model: [(key: String, value: JSONValue)] = []
      for step in 0..<300 {
        let key = "k\(Int.random(in: 0..<60, using: &random))"
        let value = JSONValue.number(JSONNumber(step))
        if Int.random(in: 0..<4, using: &random) == 0 {
          object.removeValue(forKey: key)
          model.removeAll { $0.key == key }
        } else {
          object[key] = value
          if let position = model.firstIndex(where: { $0.key == key }) {
            model[position].value = value
          } else {
            model.append((key, value))
          }
        }
        #expect(object[key] == model.first { $0.key == key }?.value)
      }
      #expect(object.keys == model.map(\.key) && object.values == model.map(\.value))
      for index in 0..<60 {
        #expect(object["k\(index)"] == model.first { $0.key == "k\(index)" }?.value)
      }
      #expect(object == JSONObject(uniqueKeysWithValues: model.map { ($0.key, $0.value) }))
    }
  }

  @Test func `a copy is independent`() {
    let original = JSONObject(uniqueKeysWithValues: (0..<50).map { ("\($0)", 0) })
    var copy = original
    copy["7"] = nil
    copy["new"] = 1
    #expect(original.count == 50 && original["7"] == 0 && original["new"] == nil)
    #expect(copy != original && Set([original, copy, original]).count == 2)
    #expect(copy.count == 50 && copy["49"] == 0 && copy["7"] == nil)
  }

  @Test func `a key twice in a literal stops the program`() async {
    await #expect(processExitsWith: .failure) {
      _ = JSONObject(uniqueKeysWithValues: [("a", 1), ("a", 2)])
    }
  }
}
