package import FlowCore
import Glibc

/// A file without a name, gone with its last descriptor: what another process is to read from its standard input.
package final class AnonymousFile: Sendable {
  /// Open for reading and writing, and closed in programs that are started.
  package let descriptor: CInt

  /// A new file that holds these bytes, where the system keeps temporary files.
  ///
  /// - Throws: `storage.write_failed`.
  package init(holding bytes: [UInt8]) throws(FlowError) {
    do throws(SystemError) {
      descriptor = try RepeatableInput.temporaryFile()
      try RepeatableInput.write(bytes[...], to: descriptor)
    } catch {
      throw error.whileWriting(ScratchFolder.base)
    }
  }

  deinit { close(descriptor) }

  /// Begins at the first byte again: whoever gets the descriptor shares its offset.
  package func rewind() { lseek(descriptor, 0, SEEK_SET) }
}
