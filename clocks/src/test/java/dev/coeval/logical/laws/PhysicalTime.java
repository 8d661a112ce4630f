package dev.coeval.logical.laws;

import java.time.Instant;
import java.time.InstantSource;

/** A wall clock that shows what the test says, even what no instant can express. */
public final class PhysicalTime implements InstantSource {

  private volatile long millis;

  /**
   * A clock that shows a time.
   *
   * @param millis milliseconds since the Unix epoch
   */
  public PhysicalTime(long millis) {
    this.millis = millis;
  }

  /**
   * Shows another time from now on.
   *
   * @param millis milliseconds since the Unix epoch
   */
  public void set(long millis) {
    this.millis = millis;
  }

  @Override
  public long millis() {
    return millis;
  }

  @Override
  public Instant instant() {
    return Instant.ofEpochMilli(millis);
  }
}
