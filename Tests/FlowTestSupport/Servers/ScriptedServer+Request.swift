package import FlowCore

extension ScriptedServer {
  /// A request as it was read.
  package struct Request: Sendable {
    /// Counts the server's requests from 1.
    package let number: Int
    /// Counts the server's connections from 1.
    package let connection: Int
    package let method: String
    /// The path with its query, as it was sent.
    package let path: String
    /// In the order in which they came.
    package let headers: [(name: String, value: String)]
    package let body: [UInt8]

    /// The value of a header, whatever the case of its name.
    package func header(_ name: String) -> String? {
      headers.first { $0.name.lowercased() == name.lowercased() }?.value
    }

    /// The body as text.
    package var text: String { String(decoding: body, as: UTF8.self) }

    /// The body as JSON.
    package var json: JSONValue {
      get throws { try JSONValue(parsing: body) }
    }
  }
}

extension ScriptedServer.Request {
  /// The first line and the headers of a request.
  struct Head {
    var method = ""
    var path = ""
    var headers: [(name: String, value: String)] = []

    /// Reads them from the text before the empty line; nil where it is no HTTP.
    init?(_ bytes: ArraySlice<UInt8>) {
      // A Character would make one of CR and LF: so the lines are split as bytes.
      var lines = bytes.split(separator: UInt8(ascii: "\n")).map { line in
        String(decoding: line.last == UInt8(ascii: "\r") ? line.dropLast() : line, as: UTF8.self)
      }[...]
      guard let first = lines.popFirst() else { return nil }
      let words = first.split(separator: " ")
      guard words.count == 3, words[2].hasPrefix("HTTP/1.") else { return nil }
      (method, path) = (String(words[0]), String(words[1]))
      for line in lines {
        guard let colon = line.firstIndex(of: ":") else { return nil }
        let value = line[line.index(after: colon)...].drop { $0 == " " }
        headers.append((String(line[..<colon]), String(value)))
      }
    }

    /// How many bytes of body follow.
    var length: Int {
      let value = headers.first { $0.name.lowercased() == "content-length" }?.value
      return value.flatMap { Int($0) } ?? 0
    }
  }
}
