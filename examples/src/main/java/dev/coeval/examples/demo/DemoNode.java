package dev.coeval.examples.demo;

import dev.coeval.sync.SyncNode;
import dev.coeval.testing.DriftingTime;
import dev.coeval.time.BoundedInstant;
import dev.coeval.time.ClockModel;
import dev.coeval.time.SteeringPolicy;
import java.util.ArrayList;
import java.util.List;

/** One node: a virtual clock with a known fault, and what was seen of it. */
final class DemoNode implements AutoCloseable {
  private final String name;
  private final DriftingTime fault;
  private final SyncNode node;
  private final List<Sample> samples = new ArrayList<>();
  private long readings;
  private long violations;

  DemoNode(String name, DriftingTime fault, long driftBoundPpb, SteeringPolicy policy) {
    this.name = name;
    this.fault = fault;
    this.node = new SyncNode(fault.reader(), driftBoundPpb, policy);
  }

  String name() {
    return name;
  }

  SyncNode node() {
    return node;
  }

  /** Everything seen so far, in order. */
  List<Sample> samples() {
    return List.copyOf(samples);
  }

  Sample last() {
    return samples.get(samples.size() - 1);
  }

  /** How often the node was looked at while it claimed a bound. */
  long readings() {
    return readings;
  }

  /** How often the truth lay outside that bound. */
  long violations() {
    return violations;
  }

  /** A node's clock at one tick of the host. */
  record Look(ClockModel model, long tickNanos) {
    long epochNanos() {
      return model.epochNanosAt(tickNanos);
    }
  }

  ClockModel model() {
    return node.clock().get();
  }

  Look lookAt(ClockModel model, long hostTickNanos) {
    return new Look(model, fault.tickNanosAt(hostTickNanos));
  }

  void record(double seconds, Look look, long truthEpochNanos) {
    ClockModel model = look.model;
    BoundedInstant bounds = model.boundsAt(look.tickNanos);
    boolean inside = bounds.contains(truthEpochNanos);
    if (model.isSynchronized()) {
      readings++;
      violations += inside ? 0 : 1;
    }
    samples.add(
        new Sample(
            seconds,
            model.isSynchronized(),
            model.slewLeftNanosAt(look.tickNanos),
            model.statisticalErrorNanosAt(look.tickNanos),
            model.maxErrorNanosAt(look.tickNanos),
            look.epochNanos() - truthEpochNanos,
            inside,
            -model.frequency() * 1e6));
  }

  @Override
  public void close() {
    node.close();
  }
}
