package dev.coeval.examples.terminal;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ctrl-C: asks a running command to end, and lets it print its summary before the process goes.
 *
 * <p>Open it before the work begins and close it when the summary is printed. A command that does
 * not get there within a few seconds is not waited for. Thread-safe.
 */
public final class CtrlC implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 5;

  private final CountDownLatch asked = new CountDownLatch(1);
  private final CountDownLatch finished = new CountDownLatch(1);
  private final Thread hook = new Thread(this::askAndWait, "coeval-ctrl-c");

  /** Begins to watch. */
  public CtrlC() {
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /** Asks the command to end, as Ctrl-C does. */
  public void ask() {
    asked.countDown();
  }

  /**
   * Whether the command was asked to end.
   *
   * @return true from the first Ctrl-C on
   */
  public boolean asked() {
    return asked.getCount() == 0;
  }

  /**
   * Waits for a while, or until the command is asked to end.
   *
   * @param nanos how long, in nanoseconds
   * @return true if it was asked to end
   * @throws InterruptedException if the thread is interrupted
   */
  public boolean await(long nanos) throws InterruptedException {
    return asked.await(nanos, TimeUnit.NANOSECONDS);
  }

  @Override
  public void close() {
    finished.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      ask(); // the process is on its way down already: the hook has run, or will find us finished
    }
  }

  private void askAndWait() {
    ask();
    try {
      finished.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
