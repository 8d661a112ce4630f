package dev.coeval.sync.runtime;

import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs a {@link Loop}: on a thread of its own or step by step, to its close or its failure, which
 * is logged once. Thread-safe.
 */
final class LoopRunner {

  /** A listener that blocks cannot hold up a close for longer than this. */
  private static final long CLOSE_WAIT_MILLIS = 5_000;

  private static final Logger LOG = LoggerFactory.getLogger(LoopRunner.class);

  private final String name;
  private final Loop loop;
  private final Object lifecycle = new Object();
  private @Nullable Thread thread;
  private boolean stepped;
  private volatile boolean closing;
  private volatile @Nullable Throwable failure;

  LoopRunner(String name, Loop loop) {
    this.name = name;
    this.loop = loop;
  }

  void start() {
    synchronized (lifecycle) {
      if (thread != null || stepped || closing) {
        throw new IllegalStateException(name + " was started, stepped or closed before");
      }
      Thread started = new Thread(this::run, name);
      started.setDaemon(true);
      thread = started;
      started.start();
    }
  }

  int doWork() {
    synchronized (lifecycle) {
      if (thread != null) {
        throw new IllegalStateException(name + " has a thread of its own");
      }
      stepped = true;
      try {
        return closing ? 0 : loop.pass();
      } catch (RuntimeException | Error e) {
        fail(e);
        throw e;
      } catch (IOException e) {
        fail(e);
        return 0;
      }
    }
  }

  Optional<Throwable> failure() {
    return Optional.ofNullable(failure);
  }

  boolean isOpen() {
    return !closing;
  }

  void close() {
    closing = true;
    loop.wakeup();
    Thread running;
    synchronized (lifecycle) {
      running = thread;
      if (running == null) {
        loop.release();
      }
    }
    if (running != null && !running.equals(Thread.currentThread())) {
      join(running);
    }
  }

  static void join(Thread thread) {
    try {
      thread.join(CLOSE_WAIT_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try {
      while (!closing) {
        loop.pass();
        if (!closing) {
          loop.await();
        }
      }
    } catch (IOException | RuntimeException | Error e) {
      fail(e);
    } finally {
      closing = true;
      loop.release();
    }
  }

  private void fail(Throwable cause) {
    closing = true;
    loop.release();
    LOG.error("{} ends: {}", name, cause.toString(), cause);
    failure = cause;
  }
}
