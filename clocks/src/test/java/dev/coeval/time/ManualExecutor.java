package dev.coeval.time;

import dev.coeval.testing.ManualTime;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Delayed;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** An executor whose delays pass when the test says so, in its thread, on a time of its own. */
final class ManualExecutor extends ScheduledThreadPoolExecutor {

  private final ManualTime time;
  private final Deque<Task> tasks = new ArrayDeque<>();
  private int naps;

  ManualExecutor(ManualTime time) {
    super(0);
    this.time = time;
  }

  @Override
  public ScheduledFuture<?> schedule(Runnable command, long delay, TimeUnit unit) {
    if (isShutdown()) {
      return super.schedule(command, delay, unit); // refused as usual
    }
    naps++;
    Task task = new Task(command, time.tickNanos() + unit.toNanos(delay));
    tasks.add(task);
    return task;
  }

  /** Lets time pass until the next task, and runs it. */
  boolean runNext() {
    Task task = tasks.poll();
    if (task == null) {
      return false;
    }
    time.advanceNanos(Math.max(0, task.dueTick - time.tickNanos()));
    task.run();
    return true;
  }

  /** How often somebody wanted to be woken. */
  int naps() {
    return naps;
  }

  private static final class Task extends FutureTask<Void> implements ScheduledFuture<Void> {
    private final long dueTick;

    Task(Runnable command, long dueTick) {
      super(command, null);
      this.dueTick = dueTick;
    }

    @Override
    public long getDelay(TimeUnit unit) {
      return unit.convert(dueTick, TimeUnit.NANOSECONDS);
    }

    @Override
    public int compareTo(Delayed other) {
      return Long.compare(dueTick, other.getDelay(TimeUnit.NANOSECONDS));
    }
  }
}
