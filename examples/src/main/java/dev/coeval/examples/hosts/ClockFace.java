package dev.coeval.examples.hosts;

import dev.coeval.examples.hosts.SkewedHost.Moment;
import dev.coeval.examples.terminal.Nanos;
import dev.coeval.sync.discipline.SyncStatus;
import dev.coeval.sync.machine.PeerId;
import dev.coeval.time.ClockModel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A steered clock as it is printed.
 *
 * @param epochNanos its time
 * @param statisticalNanos its likely error
 * @param boundNanos its largest error; {@link Long#MAX_VALUE} if it is not synchronized
 * @param hostOffsetNanos its time minus the host's own wall clock
 * @param frequency its rate correction
 * @param steps how often it was stepped
 */
record ClockFace(
    long epochNanos,
    long statisticalNanos,
    long boundNanos,
    long hostOffsetNanos,
    double frequency,
    long steps) {
  private static final double PPB = 1e9;
  private static final double PPM = 1e6;

  static ClockFace of(Supplier<ClockModel> clock, SkewedHost host) {
    Moment now = host.now();
    ClockModel model = clock.get();
    long epochNanos = model.epochNanosAt(now.tickNanos());
    return new ClockFace(
        epochNanos,
        model.statisticalErrorNanosAt(now.tickNanos()),
        model.maxErrorNanosAt(now.tickNanos()),
        epochNanos - now.hostEpochNanos(),
        model.frequency(),
        model.steps());
  }

  boolean isSynchronized() {
    return boundNanos != Long.MAX_VALUE;
  }

  /** As in "offset +1.2 µs ± 3.4 µs (± 56.7 µs), ..."; for people. */
  String text(long offsetNanos) {
    String estimate =
        "offset %s ± %s (± %s)"
            .formatted(Nanos.signed(offsetNanos), Nanos.of(statisticalNanos), Nanos.of(boundNanos));
    return String.format(
        Locale.ROOT,
        "%s, frequency %+.3f ppm, stepped %d times, %s from this host's clock",
        isSynchronized() || statisticalNanos > 0 ? estimate : "no estimate yet",
        frequency * PPM,
        steps,
        Nanos.signed(hostOffsetNanos));
  }

  /** For JSON: names and values in turn. */
  Object[] fields(long elapsedNanos, long offsetNanos, SyncStatus status) {
    return new @Nullable Object[] {
      "elapsedNanos",
      elapsedNanos,
      "epochNanos",
      epochNanos,
      "offsetNanos",
      offsetNanos,
      "statisticalNanos",
      statisticalNanos,
      "boundNanos",
      isSynchronized() ? (Long) boundNanos : null,
      "hostOffsetNanos",
      hostOffsetNanos,
      "frequencyPpb",
      Math.round(frequency * PPB),
      "steps",
      steps,
      "state",
      status.state().toString(),
      "cause",
      status.cause().toString(),
      "groups",
      groups(status),
      "reason",
      status.reason(),
    };
  }

  /** The sets of servers that disagree, for JSON. */
  static List<List<String>> groups(SyncStatus status) {
    return status.groups().stream()
        .map(group -> group.stream().map(PeerId::toString).toList())
        .toList();
  }

  /** The same, and more fields behind. */
  Object[] and(long elapsedNanos, long offsetNanos, SyncStatus status, @Nullable Object... more) {
    List<@Nullable Object> all =
        new ArrayList<>(Arrays.asList(fields(elapsedNanos, offsetNanos, status)));
    all.addAll(Arrays.asList(more));
    return all.toArray();
  }
}
