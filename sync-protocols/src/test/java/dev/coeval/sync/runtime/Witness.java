package dev.coeval.sync.runtime;

import static org.junit.jupiter.api.Assertions.fail;

import dev.coeval.sync.machine.Report;
import dev.coeval.time.ClockReader;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** A listener that a test can wait for. */
final class Witness implements Consumer<Report> {
  private static final long PATIENCE_SECONDS = 20;
  private static final long STEP_NANOS = 200_000;

  private final BlockingQueue<RecordingMachine.Event> events = new LinkedBlockingQueue<>();

  @Override
  public void accept(Report report) {
    events.add((RecordingMachine.Event) report);
  }

  /** The next event of a kind; others before it are dropped. */
  RecordingMachine.Event next(String what) throws InterruptedException {
    List<RecordingMachine.Event> others = new ArrayList<>();
    while (true) {
      RecordingMachine.Event event = events.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
      if (event == null) {
        return fail("no " + what + ", but " + others);
      }
      if (event.what().equals(what)) {
        return event;
      }
      others.add(event);
    }
  }

  /** All that is there now. */
  List<RecordingMachine.Event> drain() {
    List<RecordingMachine.Event> all = new ArrayList<>();
    events.drainTo(all);
    return all;
  }

  /** Waits until something holds. */
  static void until(BooleanSupplier condition) {
    ClockReader clock = ClockReader.system();
    long end = clock.tickNanos() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!condition.getAsBoolean()) {
      if (clock.tickNanos() > end || Thread.interrupted()) {
        fail("waited in vain");
      }
      clock.pause(STEP_NANOS);
    }
  }
}
