import FlowCore

/// What stands in the place of an image, a sound or a file: what it was, where it is, and how large.
///
/// `[image: image/png, 12 KB, not kept]`, `[image: https://example.org/plan.png]`.
struct MediaMark: CustomStringConvertible {
  let description: String

  /// A mark for a part of a message, in any of the shapes that the two vendors write.
  init(_ kind: String, _ part: JSONObject) {
    let holders =
      ["source", "image_url", "input_audio", "file", "audio"].compactMap { part[$0]?.object } + [part]
    func first(_ keys: String...) -> String? {
      for holder in holders {
        for key in keys { if let text = holder[key]?.string, !text.isEmpty { return text } }
      }
      return nil
    }
    let data = first("data", "file_data")
    let address = first("url", "image_url", "file_url")
    if data == nil, let address, !address.hasPrefix("data:") {
      description = "[\(kind): \(MediaMark.line(address))]"
      return
    }
    let encoded = data ?? address ?? ""
    var facts = [first("filename", "name", "title"), first("file_id"), first("media_type", "format")]
      .compactMap { $0.map(MediaMark.line) }
    let comma = encoded.utf8.firstIndex(of: UInt8(ascii: ","))
    if encoded.hasPrefix("data:"), let comma {
      let type = encoded.utf8[..<comma].dropFirst(5).prefix { $0 != UInt8(ascii: ";") }
      if !type.isEmpty { facts.append(MediaMark.line(String(decoding: type, as: UTF8.self))) }
    }
    let start = encoded.hasPrefix("data:") ? comma.map { encoded.utf8.index(after: $0) } : nil
    let size = encoded.utf8[(start ?? encoded.utf8.startIndex)...]
    if !size.isEmpty {
      facts.append(MediaMark.size(base64: size.count, padding: size.suffix(2).count { $0 == 0x3D }))
    }
    description = "[\(kind): \((facts + ["not kept"]).joined(separator: ", "))]"
  }

  /// The size of what base64 of this length holds.
  private static func size(base64 count: Int, padding: Int) -> String {
    let bytes = max(0, count / 4 * 3 + count % 4 * 3 / 4 - padding)
    if bytes < 1000 { return "\(bytes) bytes" }
    if bytes < 1_000_000 { return "\((bytes + 500) / 1000) KB" }
    let tenths = (bytes + 50_000) / 100_000
    return "\(tenths / 10).\(tenths % 10) MB"
  }

  private static func line(_ text: String) -> String { text.excerpt(limit: 500) }
}
