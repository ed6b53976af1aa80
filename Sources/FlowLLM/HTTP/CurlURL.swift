import CCurl

/// An address as libcurl's own parser reads it: what is judged must be what is connected to.
struct CurlURL: ~Copyable {
  private let handle: OpaquePointer

  /// Nil where libcurl is out of memory; the library must be loaded.
  init?() {
    guard let handle = flow_url_init() else { return nil }
    self.handle = handle
  }

  deinit { flow_url_cleanup(handle) }

  /// Reads a whole address.
  func parse(_ text: String) -> CURLUcode {
    flow_url_set(handle, CURLUPART_URL, text, UInt32(CURLU_DISALLOW_USER))
  }

  func set(_ part: CURLUPart, _ text: String) -> CURLUcode {
    flow_url_set(handle, part, text, 0)
  }

  /// A part, or nil where the address has none.
  func part(_ part: CURLUPart, flags: Int32 = 0) -> String? {
    var text: UnsafeMutablePointer<CChar>?
    guard flow_url_get(handle, part, &text, UInt32(flags)) == CURLUE_OK, let text else { return nil }
    defer { flow_free(text) }
    return String(cString: text)
  }
}
