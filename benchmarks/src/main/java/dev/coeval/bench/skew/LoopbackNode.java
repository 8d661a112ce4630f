package dev.coeval.bench.skew;

import dev.coeval.sync.SyncNode;
import dev.coeval.testing.DriftingTime;
import dev.coeval.time.ClockModel;
import dev.coeval.time.SteeringPolicy;

/** A node of this host, with a clock of its own whose fault is known. */
final class LoopbackNode implements AutoCloseable {
  private final DriftingTime fault;
  private final SyncNode node;

  LoopbackNode(DriftingTime fault, long driftBoundPpb, SteeringPolicy policy) {
    this.fault = fault;
    this.node = new SyncNode(fault.reader(), driftBoundPpb, policy);
  }

  SyncNode node() {
    return node;
  }

  /** Its clock; to be taken before the tick at which it is read. */
  ClockModel model() {
    return node.clock().get();
  }

  /** Its ticks at a tick of the host. */
  long tickAt(long hostTickNanos) {
    return fault.tickNanosAt(hostTickNanos);
  }

  @Override
  public void close() {
    node.close();
  }
}
