package dev.coeval.sync;

import dev.coeval.sync.berkeley.Role;
import dev.coeval.sync.berkeley.RoleChanged;
import dev.coeval.sync.berkeley.RoundCompleted;
import dev.coeval.sync.discipline.ClockFollower;
import dev.coeval.sync.discipline.SyncStatus;
import dev.coeval.sync.machine.PeerId;
import dev.coeval.sync.machine.Report;
import dev.coeval.sync.machine.Switchboard;
import dev.coeval.sync.runtime.UdpConfig;
import dev.coeval.sync.runtime.UdpRuntime;
import dev.coeval.testing.DriftingTime;
import dev.coeval.time.DisciplinedClock;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * One process on a host with a virtual clock: it dies with {@link #close()}, and what it reported
 * is kept. By hand it is stepped by the test, so that it can freeze.
 */
final class LoopbackNode implements AutoCloseable {
  private final String name;
  private final DriftingTime host;
  private final DisciplinedClock clock;
  private final Switchboard board = new Switchboard();
  private final List<Consumer<Report>> listeners = new CopyOnWriteArrayList<>();
  private final List<Report> reports = new ArrayList<>();
  private UdpRuntime runtime;
  private boolean byHand;
  private volatile SyncStatus.State state = SyncStatus.State.UNSYNCHRONIZED;
  private volatile Role role = Role.MEMBER;
  private volatile RoundCompleted lastRound;

  LoopbackNode(String name, DriftingTime host, DisciplinedClock clock) {
    this.name = name;
    this.host = host;
    this.clock = clock;
    listeners.add(new ClockFollower(clock));
    listeners.add(this::hear);
  }

  Switchboard board() {
    return board;
  }

  /** Adds a listener, called after the clock was steered. */
  LoopbackNode listen(Consumer<Report> listener) {
    listeners.add(listener);
    return this;
  }

  /** Opens a port, 0 for any, with a thread of its own. */
  LoopbackNode open(int port, boolean freshPorts) {
    bind(port, freshPorts);
    runtime.start();
    return this;
  }

  /** Opens a port, 0 for any; it works when {@link #step()} is called. */
  LoopbackNode openByHand(int port) {
    bind(port, false);
    byHand = true;
    return this;
  }

  private void bind(int port, boolean freshPorts) {
    InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    UdpConfig config = UdpConfig.bound(address).withFreshPorts(freshPorts);
    runtime =
        UdpRuntime.open(
            config,
            board,
            clock.reader(),
            report -> listeners.forEach(listener -> listener.accept(report)));
  }

  /** Does what there is to do, if this process is stepped by hand. */
  void step() {
    if (byHand) {
      runtime.doWork();
    }
  }

  PeerId address() {
    return PeerId.of(runtime.localAddress());
  }

  int port() {
    return runtime.localAddress().getPort();
  }

  DriftingTime host() {
    return host;
  }

  DisciplinedClock clock() {
    return clock;
  }

  SyncStatus.State state() {
    return state;
  }

  boolean is(SyncStatus.State wanted) {
    return state == wanted;
  }

  Role role() {
    return role;
  }

  /** The last round that it coordinated. */
  Optional<RoundCompleted> lastRound() {
    return Optional.ofNullable(lastRound);
  }

  boolean isRunning() {
    return runtime != null && runtime.isOpen();
  }

  /** How many reports there have been: where {@link #said} begins to look. */
  int mark() {
    synchronized (reports) {
      return reports.size();
    }
  }

  /** Whether there was such a report after a mark. */
  boolean said(int mark, Predicate<Report> wanted) {
    return count(mark, wanted) > 0;
  }

  /** How many such reports there were after a mark. */
  long count(int mark, Predicate<Report> wanted) {
    synchronized (reports) {
      return reports.subList(mark, reports.size()).stream().filter(wanted).count();
    }
  }

  /** What ended the runtime, if anything did. */
  void assertSound() {
    if (runtime != null && runtime.failure().isPresent()) {
      throw new AssertionError(name + " has failed", runtime.failure().get());
    }
  }

  private void hear(Report report) {
    if (report instanceof SyncStatus status) {
      state = status.state();
    } else if (report instanceof RoleChanged changed) {
      role = changed.role();
    } else if (report instanceof RoundCompleted round) {
      lastRound = round;
    }
    synchronized (reports) {
      reports.add(report);
    }
  }

  @Override
  public void close() {
    if (runtime != null) {
      runtime.close();
    }
  }

  /** Name, role, state, and the last status reports, for the message of a failure. */
  @Override
  public String toString() {
    synchronized (reports) {
      List<Report> told =
          reports.stream()
              .filter(report -> report instanceof SyncStatus || report instanceof RoleChanged)
              .toList();
      List<Report> last = told.subList(Math.max(0, told.size() - 4), told.size());
      return name + (isRunning() ? " " : " (dead) ") + role + " " + state + " " + last;
    }
  }
}
