package dev.coeval.examples.terminal;

import dev.coeval.time.ClockReader;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * What a command does until it ends: it carries out what other threads post, and something of its
 * own at each interval.
 */
public final class EventLoop {

  /** A reader of our output that stands still must not fill the memory. */
  private static final int CAPACITY = 65_536;

  /** How soon Ctrl-C is noticed. */
  private static final long MAX_WAIT_NANOS = 50_000_000L;

  private final OutputOptions output;
  private final ClockReader clock = ClockReader.system();
  private final BlockingQueue<Runnable> events = new ArrayBlockingQueue<>(CAPACITY);
  private final AtomicLong dropped = new AtomicLong();
  private long startTick = clock.tickNanos();
  private boolean finished;

  /**
   * A loop.
   *
   * @param output the loop ends when nobody reads it any more
   */
  public EventLoop(OutputOptions output) {
    this.output = output;
  }

  /**
   * How long to go on, and what to do meanwhile.
   *
   * @param interval between two calls of {@code onInterval}
   * @param duration after which to end; null for until asked to
   * @param onInterval is called on the loop's thread
   */
  public record Plan(Duration interval, @Nullable Duration duration, Runnable onInterval) {}

  /**
   * Has an event carried out by the loop's thread; drops and counts it if there are too many.
   * Thread-safe.
   *
   * @param event what to do
   */
  public void post(Runnable event) {
    if (!events.offer(event)) {
      dropped.incrementAndGet();
    }
  }

  /** Ends the loop after the current event; called by an event. */
  public void finish() {
    finished = true;
  }

  /**
   * How many events were dropped.
   *
   * @return 0 as long as the output is read
   */
  public long dropped() {
    return dropped.get();
  }

  /**
   * The time since the loop began.
   *
   * @return in nanoseconds
   */
  public long elapsedNanos() {
    return clock.tickNanos() - startTick;
  }

  /**
   * Runs until it is finished, its time is up, Ctrl-C asks it to end, or nobody reads.
   *
   * @param ctrlC asks it to end
   * @param plan for how long, and what to do meanwhile
   */
  public void run(CtrlC ctrlC, Plan plan) {
    startTick = clock.tickNanos();
    Duration duration = plan.duration;
    long end = duration == null ? Long.MAX_VALUE : duration.toNanos();
    long interval = plan.interval.toNanos();
    long next = interval;
    try {
      while (!finished && !ctrlC.asked() && elapsedNanos() < end && !output.isGone()) {
        take(Math.min(Math.min(next, end) - elapsedNanos(), MAX_WAIT_NANOS));
        if (!finished && elapsedNanos() >= next) {
          next += interval * Math.max(1, (elapsedNanos() - next) / interval);
          plan.onInterval.run();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Carries out what is still waiting, after the sources of events were closed. */
  public void drain() {
    for (Runnable event = events.poll(); event != null; event = events.poll()) {
      event.run();
    }
  }

  private void take(long waitNanos) throws InterruptedException {
    Runnable event = events.poll(Math.max(waitNanos, 0), TimeUnit.NANOSECONDS);
    if (event != null) {
      event.run();
    }
  }
}
