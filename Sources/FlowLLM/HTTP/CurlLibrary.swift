import CCurl
package import FlowCore

/// The libcurl of this machine, which is opened at first use.
package enum CurlLibrary {
  /// Opens the library; costs some 7 ms the first time, and nothing afterwards.
  ///
  /// - Throws: `FlowError.Code.libraryMissing`, with what is missing and what to install.
  package static func load() throws(FlowError) {
    guard let missing = flow_curl_load() else { return }
    throw Self.missing(String(cString: missing))
  }

  /// The library's own words about itself, such as `libcurl/7.88.1 OpenSSL/3.0.17 …`.
  package static func version() throws(FlowError) -> String {
    try load()
    return String(cString: flow_curl_version())
  }

  /// What loading would throw if the library had another name; for tests of a machine without libcurl.
  ///
  /// What is found under that name is not used for anything.
  package static func fault(ofLibraryNamed name: String) -> FlowError? {
    withUnsafeTemporaryAllocation(of: CChar.self, capacity: 256) { buffer in
      guard let start = buffer.baseAddress else { return nil }
      start.pointee = 0
      return flow_curl_try(name, start, buffer.count) ? nil : missing(String(cString: start))
    }
  }

  private static func missing(_ reason: String) -> FlowError {
    FlowError(
      .libraryMissing,
      "libcurl cannot be used: \(reason.excerpt(limit: 200))",
      hint: "install it (Debian and Ubuntu: libcurl4), or use a summarizer that needs no model"
    )
  }
}
