package dev.coeval.sync.ntp.auth;

import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * The engines of one key that no thread is using, so that threads need not wait for each other and
 * a packet costs no new engine: as many as {@link #SLOTS}, more are made and forgotten.
 *
 * <p>Thread-safe.
 */
final class MacEngines {

  /** Threads beyond this number may share a place, and then sometimes make an engine. */
  private static final int SLOTS = 8;

  /** Places so far apart that threads do not fight for a cache line. */
  private static final int STRIDE = 16;

  private final MacAlgorithm algorithm;
  private final byte[] secret;
  private final AtomicReferenceArray<MacEngine> idle = new AtomicReferenceArray<>(SLOTS * STRIDE);

  MacEngines(MacAlgorithm algorithm, byte[] secret) {
    this.algorithm = algorithm;
    this.secret = secret;
  }

  /** An engine for this thread alone. */
  MacEngine take() {
    MacEngine engine = idle.getAndSet(slot(), null);
    return engine == null ? MacEngine.of(algorithm, secret) : engine;
  }

  /** The engine is not used any more. */
  void giveBack(MacEngine engine) {
    idle.set(slot(), engine);
  }

  private static int slot() {
    return (int) (Thread.currentThread().getId() & (SLOTS - 1)) * STRIDE;
  }
}
