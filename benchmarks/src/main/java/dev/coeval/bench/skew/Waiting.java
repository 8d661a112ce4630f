package dev.coeval.bench.skew;

import dev.coeval.sync.runtime.UdpConfig;

/** How a thread waits for a datagram. */
public enum Waiting {
  /** In the kernel, which wakes it: it costs nothing, and takes long. */
  BLOCKING,
  /** By asking over and over: servers always, clients for a millisecond after each request. */
  SPINNING;

  private static final long SPIN_NANOS = 1_000_000L;

  UdpConfig ofServer(UdpConfig config) {
    return this == SPINNING ? config.withAlwaysSpin(true) : config;
  }

  UdpConfig ofClient(UdpConfig config) {
    return this == SPINNING ? config.withSpinNanos(SPIN_NANOS) : config;
  }
}
