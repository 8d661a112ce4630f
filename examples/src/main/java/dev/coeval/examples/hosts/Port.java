package dev.coeval.examples.hosts;

import dev.coeval.sync.SynchronizedClock;
import dev.coeval.sync.discipline.SyncStatus;
import dev.coeval.sync.machine.Report;
import dev.coeval.sync.machine.Switchboard;
import dev.coeval.sync.runtime.TcpRuntime;
import dev.coeval.sync.runtime.UdpConfig;
import dev.coeval.sync.runtime.UdpRuntime;
import dev.coeval.time.ClockReader;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** A client's way to the network: UDP or TCP. */
final class Port implements AutoCloseable {
  private final Supplier<Optional<Throwable>> failure;
  private final UnaryOperator<SyncStatus> explain;
  private final Runnable close;
  private int number;

  private Port(
      Supplier<Optional<Throwable>> failure, UnaryOperator<SyncStatus> explain, Runnable close) {
    this.failure = failure;
    this.explain = explain;
    this.close = close;
  }

  /** The port of a clock that looks after its servers by itself. */
  static Port of(SynchronizedClock clock) {
    Port port = new Port(clock::failure, published -> clock.status(), clock::close);
    port.number = clock.address().getPort();
    return port;
  }

  static Port open(
      boolean tcp,
      long spinNanos,
      Switchboard board,
      ClockReader reader,
      Consumer<Report> listener) {
    if (tcp) {
      TcpRuntime runtime = TcpRuntime.of(board, reader, listener).start();
      return new Port(runtime::failure, UnaryOperator.identity(), runtime::close);
    }
    UdpConfig config = UdpConfig.ephemeral().withSpinNanos(spinNanos);
    UdpRuntime runtime = UdpRuntime.open(config, board, reader, listener).start();
    return new Port(runtime::failure, UnaryOperator.identity(), runtime::close);
  }

  /**
   * Looks whether it still works.
   *
   * @throws IllegalStateException if it does not: a bug
   */
  void check() {
    failure.get().ifPresent(Port::fail);
  }

  /** What was published of the clock's state, with what else is known of why. */
  SyncStatus explain(SyncStatus published) {
    return explain.apply(published);
  }

  /** Its number; 0 if nobody but servers is to know it. */
  int number() {
    return number;
  }

  /** Gives up because of what ended a runtime. */
  static void fail(Throwable cause) {
    throw new IllegalStateException("the network's thread has failed", cause);
  }

  @Override
  public void close() {
    close.run();
  }
}
