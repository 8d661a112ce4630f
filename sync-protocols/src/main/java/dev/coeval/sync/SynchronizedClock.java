package dev.coeval.sync;

import dev.coeval.sync.discipline.SyncStatus;
import dev.coeval.sync.machine.Report;
import dev.coeval.time.BoundedInstant;
import dev.coeval.time.BoundedInstantSource;
import dev.coeval.time.DisciplinedClock;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * The front door: a clock that keeps itself synchronized to servers, and knows its error.
 *
 * <pre>{@code
 * try (SynchronizedClock clock = SynchronizedClock.builder().ntp("a", "b", "c").start()) {
 *   clock.awaitSynchronized(Duration.ofSeconds(10));
 *   BoundedInstant now = clock.now(); // the true time is between its ends
 * }
 * }</pre>
 *
 * <p>Names are looked up in the background, again when they do not resolve, when their servers are
 * of no use, and every hour.
 *
 * <p>It runs one UDP port on a thread of its own, and never touches the operating system's clock.
 * As it is an {@code InstantSource}, {@code clock.withZone(zone)} gives a {@code java.time.Clock}.
 *
 * <p>Thread-safe. After {@link #close()} time goes on, unsteered, and the bound grows with age.
 */
public final class SynchronizedClock implements BoundedInstantSource, AutoCloseable {
  private final SyncNode node;
  private final Roster roster;
  private final BoundedInstantSource guarded;
  private final BoundedInstantSource characterised;
  private final CountDownLatch first = new CountDownLatch(1);
  private volatile SyncStatus status =
      new SyncStatus(SyncStatus.State.UNSYNCHRONIZED, "no server has answered yet");

  SynchronizedClock(SyncNode node, Roster roster) {
    this.node = node;
    this.roster = roster;
    this.guarded = node.clock().guarded();
    this.characterised = node.clock().guardedCharacterised();
    node.listen(this::hear);
  }

  /**
   * Begins to describe a clock.
   *
   * @return a builder; name at least one server
   */
  public static SynchronizedClockBuilder builder() {
    return new SynchronizedClockBuilder();
  }

  /**
   * The interval that holds the true time. This read also compares ticks and wall clock, so that
   * none is given that is from before the host was suspended; {@link #disciplined()} reads faster,
   * without this guard.
   */
  @Override
  public BoundedInstant now() {
    return guarded.now();
  }

  @Override
  public long epochNanos() {
    return node.clock().epochNanos();
  }

  /**
   * The same clock with the interval that likely holds the true time: of the same readings, and
   * aged by what was learned of the local oscillator instead of its drift bound. {@link
   * BoundedInstantSource#confidence()} says how likely. It is guarded as {@link #now()} is.
   *
   * @return a view of this clock
   */
  public BoundedInstantSource characterised() {
    return characterised;
  }

  /**
   * Waits for the first estimate, and the status that says so.
   *
   * @param timeout how long to wait
   * @return true if there has been one; false if the timeout came first, and {@link #status()} says
   *     why
   * @throws InterruptedException if the thread is interrupted while waiting
   */
  public boolean awaitSynchronized(Duration timeout) throws InterruptedException {
    return first.await(timeout.toNanos(), TimeUnit.NANOSECONDS);
  }

  /**
   * How the clock stands, and why.
   *
   * @return the newest status
   */
  public SyncStatus status() {
    return roster.explain(status);
  }

  /**
   * The clock beneath: its model gives time, bound, rate and likely error as one.
   *
   * @return the clock that is steered
   */
  public DisciplinedClock disciplined() {
    return node.clock();
  }

  /**
   * Adds a listener for all that the synchronizer reports: measurements, rejections, changes of
   * status. Called on the port's thread; it must not block.
   *
   * @param listener hears every report from now on
   */
  public void listen(Consumer<Report> listener) {
    node.listen(Objects.requireNonNull(listener, "listener"));
  }

  /**
   * Adds a listener for changes of the status alone.
   *
   * @param listener called on the port's thread; must not block
   */
  public void onStatus(Consumer<SyncStatus> listener) {
    Objects.requireNonNull(listener, "listener");
    node.listen(
        report -> {
          if (report instanceof SyncStatus changed) {
            listener.accept(roster.explain(changed));
          }
        });
  }

  /**
   * Where its port is: the address at which it answers, if it serves.
   *
   * @return the address, with the port that was chosen
   */
  public InetSocketAddress address() {
    return node.address();
  }

  /**
   * What ended the port's thread, if it was not {@link #close()}.
   *
   * @return what was thrown; empty while all is well
   */
  public Optional<Throwable> failure() {
    return node.runtime().failure();
  }

  /** Stops synchronizing and frees the port. */
  @Override
  public void close() {
    roster.close();
    node.close();
  }

  private void hear(Report report) {
    roster.hear(report);
    if (report instanceof SyncStatus changed) {
      status = changed;
      if (changed.state() == SyncStatus.State.SYNCHRONIZED) {
        first.countDown();
      }
    }
  }
}
