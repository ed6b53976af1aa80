package import FlowCore
import Glibc

/// The built `flowctl`, run as a user would run it: its own process, with arguments, an environment and standard
/// input; what it prints goes to files, so it never waits for a reader, and what it printed before a `kill -9`
/// can be read afterwards.
package final class FlowctlProcess: Sendable {
  package let id: Int32
  private let output: CInt
  private let errors: CInt

  /// Starts it without waiting for its end.
  ///
  /// - Parameters:
  ///   - folder: what relative paths mean.
  ///   - environment: variables besides PATH, HOME and USER.
  ///   - executable: another program to run in its place, such as a shell.
  package init(
    _ arguments: [String],
    in folder: String,
    environment: [String: String] = [:],
    input: [UInt8] = [],
    executable: String? = nil
  ) throws {
    let program = try executable ?? BuiltProducts.path(of: "flowctl")
    let input = try AnonymousFile.make(holding: input)
    defer { close(input) }
    output = try AnonymousFile.make()
    errors = try AnonymousFile.make()
    var variables = ["PATH": "/usr/bin:/bin", "HOME": folder, "USER": "tester"]
    // A shell must find flowctl, and any program the runtime's libraries.
    for name in ["PATH", "LD_LIBRARY_PATH"] {
      if let value = getenv(name) { variables[name] = String(cString: value) }
    }
    // Built for coverage it would leave its counts in the folder that it runs in.
    variables["LLVM_PROFILE_FILE"] = "/dev/null"
    variables.merge(environment) { $1 }
    id = try Spawn.start(
      program,
      arguments,
      in: folder,
      environment: variables,
      streams: (input, output, errors)
    )
  }

  deinit {
    close(output)
    close(errors)
  }

  /// What it has printed on standard output so far.
  package var printed: [UInt8] { AnonymousFile.contents(of: output) }

  /// Ends it at once, as `kill -9` does.
  package func kill() { _ = Glibc.kill(id, SIGKILL) }

  /// Asks it to end, as control-C does.
  package func interrupt() { _ = Glibc.kill(id, SIGINT) }

  /// Ends it and all that it has started at once; each process here leads a group of its own.
  package func killGroup() { _ = Glibc.kill(-id, SIGKILL) }

  /// Waits for its end; call it once.
  ///
  /// - Throws: `ProcessError` where it does not end within `seconds`; it is killed then.
  package func outcome(within seconds: Int = 120) async throws -> Outcome {
    let clock = ContinuousClock()
    let deadline = clock.now + .seconds(seconds)
    var pause = Duration.milliseconds(1)
    var status: CInt = 0
    while waitpid(id, &status, WNOHANG) == 0 {
      if clock.now > deadline {
        kill()
        waitpid(id, &status, 0)
        throw ProcessError("it did not end within \(seconds) s; it printed: \(text(printed))")
      }
      // Cancelled or not, a process that was started is waited for.
      try? await Task.sleep(for: pause)
      pause = min(pause * 2, .milliseconds(16))
    }
    let signal = status & 0x7F
    return Outcome(
      exitCode: signal == 0 ? (status >> 8) & 0xFF : nil,
      signal: signal == 0 ? nil : signal,
      bytes: printed,
      errors: text(AnonymousFile.contents(of: errors))
    )
  }

  private func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

  /// Where a process that ends by itself adds its counts of coverage, in a test run that measures it.
  ///
  /// Up to eight files that processes merge their counts into, under a lock (LLVM's `%8m`). One that is killed must
  /// not write there: half a file would make all counts unreadable.
  private static var coverage: [String: String] {
    guard let pattern = getenv("LLVM_PROFILE_FILE").map({ String(cString: $0) }),
      let slash = pattern.lastIndex(of: "/")
    else { return [:] }
    return ["LLVM_PROFILE_FILE": "\(pattern[..<slash])/flowctl-%8m.profraw"]
  }

  /// Starts it and waits for its end; only a few at a time run in a test process.
  package static func run(
    _ arguments: [String],
    in folder: String,
    environment: [String: String] = [:],
    input: [UInt8] = [],
    executable: String? = nil,
    within seconds: Int = 120
  ) async throws -> Outcome {
    await ProcessGate.shared.enter()
    do {
      let process = try FlowctlProcess(
        arguments,
        in: folder,
        environment: (executable == nil ? coverage : [:]).merging(environment) { $1 },
        input: input,
        executable: executable
      )
      let outcome = try await process.outcome(within: seconds)
      await ProcessGate.shared.leave()
      return outcome
    } catch {
      await ProcessGate.shared.leave()
      throw error
    }
  }
}

extension FlowctlProcess {
  /// How a process ended, and what it printed.
  package struct Outcome: Sendable, CustomStringConvertible {
    /// Nil where a signal ended it.
    package let exitCode: CInt?
    package let signal: CInt?
    /// Standard output.
    package let bytes: [UInt8]
    /// Standard error.
    package let errors: String

    /// Standard output as text.
    package var output: String { String(decoding: bytes, as: UTF8.self) }

    package var description: String {
      let end = exitCode.map { "exit \($0)" } ?? "signal \(signal ?? 0)"
      return "\(end)\nstdout: \(output.prefix(2000))\nstderr: \(errors.prefix(2000))"
    }

    /// Goes on only if it ended with this code.
    @discardableResult
    package func expect(_ code: CInt) throws -> Outcome {
      guard exitCode == code else { throw ProcessError("expected exit \(code), got \(self)") }
      return self
    }

    /// The one envelope on standard output.
    package var envelope: JSONValue {
      get throws {
        let value: JSONValue
        do { value = try JSONValue(parsing: bytes) } catch {
          throw ProcessError("standard output is no JSON: \(error); \(self)")
        }
        guard value["schema_version"] == 1, value["kind"]?.string != nil else {
          throw ProcessError("standard output is no envelope: \(self)")
        }
        return value
      }
    }

    /// The `data` of an envelope that reports success.
    package var data: JSONValue {
      get throws {
        guard let data = try envelope["data"] else { throw ProcessError("the envelope has no data: \(self)") }
        return data
      }
    }

    /// The `error` of an envelope that reports one.
    package var error: JSONValue {
      get throws {
        guard let error = try envelope["error"] else {
          throw ProcessError("the envelope has no error: \(self)")
        }
        return error
      }
    }
  }
}

/// A process did not do what a test needs in order to go on.
package struct ProcessError: Error, CustomStringConvertible {
  package let description: String

  package init(_ description: String) { self.description = description }
}
