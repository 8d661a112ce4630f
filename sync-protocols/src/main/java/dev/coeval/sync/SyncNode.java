package dev.coeval.sync;

import dev.coeval.scale.LeapPolicy;
import dev.coeval.sync.discipline.ClockFollower;
import dev.coeval.sync.machine.Report;
import dev.coeval.sync.machine.Switchboard;
import dev.coeval.sync.runtime.UdpConfig;
import dev.coeval.sync.runtime.UdpRuntime;
import dev.coeval.time.ClockReader;
import dev.coeval.time.DisciplinedClock;
import dev.coeval.time.SteeringPolicy;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One host's part: a clock of its own, the machines that steer it, the responders that serve it,
 * and the UDP port that they share.
 *
 * <p>Put machines and responders on the {@link #board()}, then {@link #open} the port. The clock
 * follows what the machines publish; other listeners hear the same reports afterwards.
 *
 * <p>Thread-safe, but for the board, which belongs to the port's thread once it is open.
 */
public final class SyncNode implements AutoCloseable {
  private final DisciplinedClock clock;
  private final Switchboard board = new Switchboard();
  private final List<Consumer<Report>> listeners = new CopyOnWriteArrayList<>();
  private @Nullable UdpRuntime runtime;

  /**
   * A node that is not open yet.
   *
   * @param reader the local clocks
   * @param driftBoundPpb by how much the local oscillator's rate can be wrong, in parts per billion
   * @param policy how fast the node's clock may be slewed, when it may be stepped
   */
  public SyncNode(ClockReader reader, long driftBoundPpb, SteeringPolicy policy) {
    this(new DisciplinedClock(reader, driftBoundPpb, policy));
  }

  /**
   * A node around a clock, which steps at leap seconds as UTC does.
   *
   * @param clock is steered by what the machines publish
   */
  public SyncNode(DisciplinedClock clock) {
    this(clock, LeapPolicy.step());
  }

  /**
   * A node around a clock.
   *
   * @param clock is steered by what the machines publish
   * @param leap what the clock does at a leap second that they announce
   */
  public SyncNode(DisciplinedClock clock, LeapPolicy leap) {
    this.clock = Objects.requireNonNull(clock, "clock");
    listeners.add(new ClockFollower(clock, leap));
  }

  /**
   * The node's clock.
   *
   * @return the clock that the machines steer
   */
  public DisciplinedClock clock() {
    return clock;
  }

  /**
   * Where machines and responders are put before the port is opened.
   *
   * @return the board
   */
  public Switchboard board() {
    return board;
  }

  /**
   * Adds a listener, called on the port's thread after the clock was steered; it must not block.
   *
   * @param listener hears every report
   * @return this
   */
  public SyncNode listen(Consumer<Report> listener) {
    listeners.add(Objects.requireNonNull(listener, "listener"));
    return this;
  }

  /**
   * Opens the port and starts.
   *
   * @param config where and how
   * @return this
   * @throws dev.coeval.sync.runtime.RuntimeStartException if the port cannot be had
   * @throws IllegalStateException if the node was opened before
   */
  public synchronized SyncNode open(UdpConfig config) {
    if (runtime != null) {
      throw new IllegalStateException("was opened before");
    }
    runtime = UdpRuntime.open(config, board, clock.reader(), this::hear);
    runtime.start();
    return this;
  }

  /**
   * Where the node is reached.
   *
   * @return the address, with the port that was chosen
   * @throws IllegalStateException if the node is not open
   */
  public InetSocketAddress address() {
    return runtime().localAddress();
  }

  /**
   * The port.
   *
   * @return the runtime, for its counts and its failure
   * @throws IllegalStateException if the node is not open
   */
  public synchronized UdpRuntime runtime() {
    if (runtime == null) {
      throw new IllegalStateException("is not open");
    }
    return runtime;
  }

  /** Closes the port; the clock goes on, unsteered. */
  @Override
  public synchronized void close() {
    if (runtime != null) {
      runtime.close();
    }
  }

  private void hear(Report report) {
    for (Consumer<Report> listener : listeners) {
      listener.accept(report);
    }
  }
}
