#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

func failUsage() -> Never {
  fail(
    """
    usage: flow-bench passes ENCODING CHARACTERS FILE... | blocks ENCODING LISTS SEED | recall-index STEPS FILE \
    | retrieve STEPS FOLDER [QUERIES] | assemblies COUNT SEED FOLDER \
    | plan ROOT GROWING ROUNDS PROJECT... | recall-features ROOT PROJECT QUESTIONS \
    | recall-scores ROOT PROJECT QUESTIONS BUDGETS [defaults]
    """,
    status: 2
  )
}

/// Ends the process with a line on standard error.
func fail(_ message: String, status: Int32 = 1) -> Never {
  _ = "\(message)\n".utf8CString.withUnsafeBytes { write(STDERR_FILENO, $0.baseAddress, $0.count - 1) }
  exit(status)
}

/// CPU seconds of this process.
func processorSeconds() -> Double {
  var time = timespec()
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
  return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
}

/// A UTF-8 file, cut into documents of so many Unicode characters, or whole if that is 0.
func documents(of path: String, characters: Int) -> [String] {
  let bytes = contents(of: path)
  guard characters > 0 else { return [String(decoding: bytes, as: UTF8.self)] }
  var documents: [String] = []
  var start = 0
  var found = 0
  for place in bytes.indices where bytes[place] & 0xC0 != 0x80 {
    if found == characters {
      documents.append(String(decoding: bytes[start..<place], as: UTF8.self))
      start = place
      found = 0
    }
    found += 1
  }
  if start < bytes.count { documents.append(String(decoding: bytes[start...], as: UTF8.self)) }
  return documents
}

private func contents(of path: String) -> [UInt8] {
  guard let file = fopen(path, "rb") else {
    perror(path)
    exit(1)
  }
  defer { fclose(file) }
  var bytes: [UInt8] = []
  while true {
    let part = [UInt8](unsafeUninitializedCapacity: 1 << 20) { buffer, count in
      count = fread(buffer.baseAddress, 1, buffer.count, file)
    }
    if part.isEmpty { return bytes }
    bytes.append(contentsOf: part)
  }
}
