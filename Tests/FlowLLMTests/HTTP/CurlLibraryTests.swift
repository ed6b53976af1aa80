import FlowCore
import FlowLLM
import FlowTestSupport
import Testing

@Suite struct `The library for HTTP` {
  @Test func `it says what it is`() throws {
    #expect(try CurlLibrary.version().hasPrefix("libcurl/"))
  }

  @Test func `a missing library is named, with what to install`() throws {
    let error = try #require(CurlLibrary.fault(ofLibraryNamed: "libcurl-absent.so.4"))
    #expect(error.code == .libraryMissing)
    #expect(error.description.contains("libcurl-absent.so.4"))
    #expect(error.description.contains("install"))
  }

  @Test func `a library without a function is named with the function`() throws {
    let error = try #require(CurlLibrary.fault(ofLibraryNamed: "libm.so.6"))
    #expect(error.code == .libraryMissing)
    #expect(error.message.contains("libm.so.6 has no function curl_global_init"))
  }

  @Test func `the real one lacks nothing`() {
    #expect(CurlLibrary.fault(ofLibraryNamed: "libcurl.so.4") == nil)
  }

  @Test func `flowctl starts without it`() async throws {
    let folder = TemporaryFolder()
    // The loader lists what it would load, and does not run the program.
    let listed = try await FlowctlProcess.run(
      ["LD_TRACE_LOADED_OBJECTS=1", try BuiltProducts.path(of: "flowctl")],
      in: folder.path,
      executable: "env"
    )
    try #require(listed.output.contains("libc.so"), "\(listed)")
    #expect(!listed.output.contains("libcurl"))
    #expect(!listed.output.contains("libssl"))
  }
}
