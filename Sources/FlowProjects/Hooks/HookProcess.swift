import FlowCore
import FlowStore
import Glibc
import Subprocess
import SystemPackage

// One run of an executable: bytes in, a bounded part of what it prints out, and an end within its time, whatever it does.
//
// - Standard input is a file without a name, not a pipe: a hook that does not read it cannot make us wait, nor end us
//   by SIGPIPE.
// - Both streams of output are read to their end; what is over the limit is dropped, so that the hook never waits for us.
// - It leads a process group. When its time is up, or our task is cancelled, the group gets SIGTERM and, a second
//   later, SIGKILL.
// - Its end is asked for at intervals beside the reading: a hook can close its streams and go on. waitid(2) with
//   WNOWAIT leaves it a zombie until all is done, so that its id, which names the group, is not given to another.
// - What it leaves running in the background when it ends in time is left alone, and not waited for.

/// An executable that is run once.
struct HookProcess: Sendable {
  let path: String
  let folder: String
  let variables: [String: String]
  let limits: HookLimits

  /// How a run ended.
  enum End: Sendable, Equatable {
    case exited(Int32)
    case signaled(Int32)
    case timedOut
    case cancelled
    /// It did not run at all.
    case notStarted(String)
  }

  struct Outcome: Sendable, Equatable {
    let end: End
    /// The first bytes of standard output and of standard error.
    var output: [UInt8] = []
    var errors: [UInt8] = []
  }

  /// How long the group has between SIGTERM and SIGKILL.
  private static let grace = Duration.seconds(1)
  private static let teardown: [TeardownStep] = [
    .gracefulShutDown(toProcessGroup: true, allowedDurationToNextStep: grace)
  ]

  /// Runs it with `input` on its standard input.
  func run(input: AnonymousFile) async -> Outcome {
    var attempt = 1
    while true {
      do {
        return try await start(input: input)
      } catch let error as SubprocessError where error.underlyingError == .textFileBusy && attempt < 10 {
        // Someone is writing it, or has just started a process while it was being written.
        attempt += 1
        try? await Task.sleep(for: .milliseconds(20))
      } catch let error as SubprocessError {
        return Outcome(end: .notStarted(HookProcess.reason(of: error)))
      } catch {
        return Outcome(end: Task.isCancelled ? .cancelled : .notStarted("\(error)"))
      }
    }
  }

  private func start(input: AnonymousFile) async throws -> Outcome {
    var options = PlatformOptions()
    options.processGroupID = 0
    options.teardownSequence = HookProcess.teardown
    let deadline = ContinuousClock.now + .milliseconds(Int64(limits.timeoutSeconds * 1000))
    let limit = limits.maxOutputBytes
    input.rewind()
    let result = try await Subprocess.run(
      .path(FilePath(path)),
      environment: .inherit.updating(
        Dictionary(uniqueKeysWithValues: variables.map { (Environment.Key(stringLiteral: $0.key), $0.value) })
      ),
      workingDirectory: FilePath(folder),
      platformOptions: options,
      input: .fileDescriptor(
        FileDescriptor(rawValue: input.descriptor),
        closeAfterSpawningProcess: false
      ),
      output: .sequence,
      error: .sequence
    ) { execution in
      async let output = HookProcess.beginning(of: execution.standardOutput, limit: limit)
      async let errors = HookProcess.beginning(of: execution.standardError, limit: limit)
      let early = await HookProcess.end(execution, at: deadline)
      return (early: early, output: await output, errors: await errors)
    }
    let (early, output, errors) = result.closureResult
    let end: End =
      switch result.terminationStatus {
      case _ where early != nil: early ?? .cancelled
      case .exited(let code): .exited(code)
      case .signaled(let number): .signaled(number)
      }
    return Outcome(end: end, output: output, errors: errors)
  }

  /// The first bytes of a stream, which is read to its end.
  private static func beginning(of stream: SubprocessOutputSequence, limit: Int) async -> [UInt8] {
    var bytes: [UInt8] = []
    do {
      for try await buffer in stream {
        guard bytes.count < limit else { continue }
        buffer.withUnsafeBytes { bytes += $0.prefix(limit - bytes.count) }
      }
    } catch {
      // What came before counts; that the stream broke is told by how the process ends.
    }
    return bytes
  }

  /// Waits for the process's end, and ends its group if that does not come in time; tells why it had to.
  private static func end<Input, Output, Failure>(
    _ execution: Execution<Input, Output, Failure>,
    at deadline: ContinuousClock.Instant
  ) async -> End? {
    var pause = Duration.milliseconds(1)
    while !hasEnded(execution.processIdentifier.value) {
      let left = deadline - ContinuousClock.now
      guard left > .zero, !Task.isCancelled else {
        let reason: End = Task.isCancelled ? .cancelled : .timedOut
        await execution.teardown(using: teardown)
        // Others of the group may have passed SIGTERM over when the leader did not.
        try? execution.send(signal: .kill, toProcessGroup: true)
        return reason
      }
      try? await Task.sleep(for: min(pause, left))
      pause = min(pause * 2, .milliseconds(10))
    }
    return nil
  }

  private static func hasEnded(_ id: pid_t) -> Bool {
    var info = siginfo_t()
    let result = waitid(P_PID, id_t(id), &info, WEXITED | WNOHANG | WNOWAIT)
    return result != 0 ? errno != EINTR : info.si_signo == SIGCHLD
  }

  private static func reason(of error: SubprocessError) -> String {
    switch error.underlyingError {
    case .some(.execFormatError):
      "the system does not know how to run it; a script begins with a line such as #!/bin/sh"
    case .some(.noSuchFileOrDirectory): "it, or the interpreter that its first line names, is not there"
    case .some(let code): systemText(code.rawValue)
    case nil: "\(error)"
    }
  }
}
