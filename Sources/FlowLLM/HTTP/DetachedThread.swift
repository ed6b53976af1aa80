import Glibc

/// A thread that nobody waits for.
enum DetachedThread {
  /// Starts it; false where the machine has none left.
  ///
  /// It takes no signals: those that a program handles are for its other threads, and a broken pipe is seen by the
  /// failure of the write alone.
  static func start(_ work: @escaping @Sendable () -> Void) -> Bool {
    let job = Unmanaged.passRetained(Job(work: work))
    var all = sigset_t()
    var before = sigset_t()
    sigfillset(&all)
    pthread_sigmask(SIG_SETMASK, &all, &before)
    // A thread inherits the mask of the one that makes it.
    defer { pthread_sigmask(SIG_SETMASK, &before, nil) }
    var thread = pthread_t()
    let code = pthread_create(
      &thread,
      nil,
      { argument in
        guard let argument else { return nil }
        Unmanaged<Job>.fromOpaque(argument).takeRetainedValue().work()
        return nil
      },
      job.toOpaque()
    )
    guard code == 0 else {
      job.release()
      return false
    }
    pthread_detach(thread)
    return true
  }

  private final class Job: Sendable {
    let work: @Sendable () -> Void

    init(work: @escaping @Sendable () -> Void) { self.work = work }
  }
}
