import FlowCore
import Glibc

/// Where commands write.
enum Console {
  /// Writes to standard output.
  static func write(_ text: String) { write(text, to: STDOUT_FILENO) }

  /// Writes a line to standard error.
  static func note(_ text: String) {
    write(text.hasSuffix("\n") ? text : text + "\n", to: STDERR_FILENO)
  }

  /// Writes to standard error without ending the line.
  static func noteInPlace(_ text: String) { write(text, to: STDERR_FILENO) }

  /// Content of steps as it may be shown: to a terminal with control characters made visible, elsewhere as it is.
  static func content(_ text: String) -> String {
    guard ProcessEnvironment.isTerminal(STDOUT_FILENO) else { return text }
    guard text.unicodeScalars.contains(where: { $0.isUnsafeToPrint && $0 != "\n" && $0 != "\t" }) else {
      return text
    }
    var safe = ""
    for scalar in text.unicodeScalars {
      if scalar.isUnsafeToPrint, scalar != "\n", scalar != "\t" {
        safe += "\\u{\(String(scalar.value, radix: 16))}"
      } else {
        safe.unicodeScalars.append(scalar)
      }
    }
    return safe
  }

  private static func write(_ text: String, to descriptor: CInt) {
    var text = text
    text.withUTF8 { bytes in
      var written = 0
      while written < bytes.count {
        let count = Glibc.write(descriptor, bytes.baseAddress.map { $0 + written }, bytes.count - written)
        if count > 0 {
          written += count
        } else if errno != EINTR {
          // A full disk behind `> file` must not look like success.
          if descriptor == STDOUT_FILENO { exit(73) }
          return
        }
      }
    }
  }
}
