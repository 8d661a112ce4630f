package dev.coeval.sync.runtime;

import dev.coeval.sync.machine.Report;
import dev.coeval.sync.machine.Switchboard;
import dev.coeval.time.ClockReader;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Runs the machines of a {@link Switchboard} as TCP clients: what they send to a peer goes over one
 * lasting connection to it, as frames that a {@link TcpServer} understands.
 *
 * <p>Each connection has a thread that stamps what arrives; the machines, timers and the listener
 * are of one other thread, as in {@link UdpRuntime}, and so are failures and {@code Stop}. A
 * receive stamp is taken when the first byte of a frame is there; the stamp for {@code onSent}
 * spans the write.
 *
 * <p>The first send to a peer connects; while that lasts, only the latest datagram waits for it,
 * since an old request is worth less than a new one. A connection that is refused, fails or ends
 * with a request open is reported ({@code onUnreachable}), and is tried again by the next send, but
 * not before a pause that doubles from {@value #MIN_BACKOFF_NANOS} to {@value #MAX_BACKOFF_NANOS}
 * ns. A send in between is not made, and reported too.
 *
 * <p>Responders of the board are not asked: they answer behind a {@link TcpServer}.
 *
 * <p>Thread-safe. Use either {@link #start()} or, to step by hand, {@link #doWork()}.
 */
public final class TcpRuntime implements AutoCloseable {

  /** The first pause after a failed connection: a restarting server is back about then. */
  public static final long MIN_BACKOFF_NANOS = 100_000_000L;

  /** The longest pause: whoever comes back is found again within it. */
  public static final long MAX_BACKOFF_NANOS = 10_000_000_000L;

  /** As many connections, and so threads; the one not sent to for longest is closed for another. */
  public static final int MAX_CONNECTIONS = 64;

  private static final int MAX_PER_PASS = 64;

  private final Engine engine;
  private final TcpConnections connections;
  private final TrafficCounts traffic = new TrafficCounts();
  private final LoopRunner runner;

  private TcpRuntime(Switchboard board, ClockReader clock, Consumer<Report> listener) {
    this.connections = new TcpConnections(clock, traffic);
    this.engine = new Engine(board, clock, listener, connections::send);
    connections.attach(engine);
    this.runner = new LoopRunner("coeval-tcp-client", new TcpLoop());
  }

  /**
   * A runtime that has not begun.
   *
   * @param board the machines; from now on this runtime's alone
   * @param clock the local clocks: all stamps and timers are on its ticks
   * @param listener is told what the machines publish, on the runtime's thread; must not block
   * @return the runtime, to be started or stepped
   */
  public static TcpRuntime of(Switchboard board, ClockReader clock, Consumer<Report> listener) {
    return new TcpRuntime(
        Objects.requireNonNull(board, "board"),
        Objects.requireNonNull(clock, "clock"),
        Objects.requireNonNull(listener, "listener"));
  }

  /**
   * Starts the thread, a daemon.
   *
   * @return this
   * @throws IllegalStateException if it was started, stepped or closed before
   */
  public TcpRuntime start() {
    runner.start();
    return this;
  }

  /**
   * One pass, without waiting: takes what has arrived, fires what is due. The first pass starts the
   * machines.
   *
   * @return how many frames, timers and other events were handled; 0 after a close
   * @throws IllegalStateException if the runtime has a thread of its own
   * @throws RuntimeException what a machine or the listener threw; the runtime is then closed
   */
  public int doWork() {
    return runner.doWork();
  }

  /**
   * What came and went.
   *
   * @return live counters
   */
  public TrafficCounts traffic() {
    return traffic;
  }

  /**
   * What ended this runtime, if it was not a close.
   *
   * @return what a machine or the listener threw
   */
  public Optional<Throwable> failure() {
    return runner.failure();
  }

  /**
   * Why the machines stopped by themselves, if they did.
   *
   * @return the reason in the machine's {@code Stop}
   */
  public Optional<String> stopReason() {
    return engine.stopReason();
  }

  /**
   * Whether it can still work: neither closed nor failed.
   *
   * @return true until then
   */
  public boolean isOpen() {
    return runner.isOpen();
  }

  /**
   * Stops the thread, waits for it, and closes all connections. Does nothing the second time.
   * Called on the runtime's own thread, by a listener, say, it ends after the current event.
   */
  @Override
  public void close() {
    runner.close();
  }

  /** What the thread does. */
  private final class TcpLoop implements Loop {

    @Override
    public int pass() {
      int work = engine.startOnce();
      work += engine.followUp(MAX_PER_PASS);
      work += connections.handle(MAX_PER_PASS);
      work += engine.followUp(MAX_PER_PASS);
      work += engine.fireDue(MAX_PER_PASS);
      return work + engine.followUp(MAX_PER_PASS);
    }

    @Override
    public void await() {
      long millis = engine.millisUntilNext();
      if (millis > 0) {
        connections.await(millis);
      }
    }

    @Override
    public void wakeup() {
      connections.wakeup();
    }

    @Override
    public void release() {
      connections.close();
    }
  }
}
