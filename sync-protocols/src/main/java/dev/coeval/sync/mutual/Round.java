package dev.coeval.sync.mutual;

import dev.coeval.sync.berkeley.PaceConfig;
import dev.coeval.sync.discipline.Cause;
import dev.coeval.sync.discipline.Disciplined;
import dev.coeval.sync.discipline.SyncStatus;
import dev.coeval.sync.machine.PeerId;
import dev.coeval.sync.machine.Report;
import dev.coeval.sync.measure.Measurement;
import dev.coeval.sync.measure.OffsetBounds;
import dev.coeval.sync.measure.OffsetEstimate;
import dev.coeval.time.BoundedInstant;
import dev.coeval.time.ClockModel;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One round after another: what was read in it, what the clock does about it, what it may claim.
 */
final class Round {

  /** The model rounds its reading, and so does each peer's. */
  private static final long ROUNDING_NANOS = 2;

  private final MutualConfig config;
  private final Supplier<ClockModel> clock;
  private final Rudder rudder;
  private final PeerReading[] readings;
  private final Map<PeerId, Integer> indices = new HashMap<>();
  private final Claim claim;
  private SyncStatus.State state = SyncStatus.State.UNSYNCHRONIZED;
  private long number;
  private int withoutBound;
  private boolean open;

  Round(MutualConfig config, Supplier<ClockModel> clock) {
    this.config = config;
    this.clock = clock;
    this.rudder = new Rudder(config.pace());
    this.claim = new Claim(config.peers().size() + 1, config.liars());
    this.readings = new PeerReading[config.peers().size()];
    PaceConfig pace = config.pace();
    for (int i = 0; i < readings.length; i++) {
      PeerId peer = config.peers().get(i);
      indices.put(peer, i);
      readings[i] =
          new PeerReading(
              peer,
              config.rounds().repliesWanted(),
              config.rounds().maxPolls(),
              pace.clockDriftBoundPpb());
    }
  }

  boolean isSettled() {
    return rudder.isSettled();
  }

  boolean isOpen() {
    return open;
  }

  /** Which peer this is; -1 if it is none. */
  int indexOf(PeerId from) {
    return indices.getOrDefault(from, -1);
  }

  void begin() {
    number++;
    open = true;
    for (PeerReading reading : readings) {
      reading.clear();
    }
  }

  boolean mayPoll(int index) {
    return open && index >= 0 && index < readings.length && readings[index].mayPoll();
  }

  void polled(int index, long nonce, long sequence, long tick) {
    readings[index].polled(nonce, sequence, tick);
  }

  void left(long sequence, long tick) {
    for (PeerReading reading : readings) {
      reading.left(sequence, tick);
    }
  }

  boolean isAsked(int index, long nonce) {
    return open && readings[index].isOpen(nonce);
  }

  Optional<Measurement> answered(int index, ReadingCodec.Reading reading, long tick) {
    return readings[index].answered(reading, tick);
  }

  /** What was read, and the clock itself, is not to be relied on any more. */
  @Nullable SyncStatus disrupt() {
    open = false;
    rudder.release();
    return become(
        SyncStatus.State.DISRUPTED,
        Cause.SUSPENDED,
        "wall clock and ticks have parted: a suspended host?");
  }

  /** Ends the round: sets the clock, and gives what it will show then. */
  long complete(long tick, Consumer<@Nullable Report> out) {
    open = false;
    ClockModel model = clock.get();
    long shown = model.epochNanosAt(tick);
    if (Math.abs((double) shown) > Measurement.MAX_EPOCH_NANOS) {
      return shown; // no clock to agree with
    }
    long[] differences = differences(tick, shown - tick);
    int last = differences.length - 1 - config.liars();
    long spread = differences[last] - differences[config.liars()];
    Adjustment wanted = config.convergence().adjust(differences);
    Adjustment done = rudder.allow(wanted, spread);
    OffsetBounds known = known(tick, shown - tick);
    boolean limited = known.lowNanos() != Long.MIN_VALUE && known.highNanos() != Long.MAX_VALUE;
    boolean bounded = limited && !known.isEmpty();
    out.accept(stand(bounded, limited && !bounded));
    BoundedInstant bounds = BoundedInstant.UNBOUNDED;
    if (bounded) {
      bounds = new BoundedInstant(tick + known.lowNanos(), tick + known.highNanos());
    } else if (!limited) {
      bounds = model.boundsAt(tick); // what was known before holds still
    }
    out.accept(new Disciplined(Rudder.estimate(model, tick, done, (spread + 1) / 2, bounds)));
    out.accept(new MutualRound(number, read(), spread, wanted, rudder.isSettled(), bounded));
    return shown + done.nanos();
  }

  private int read() {
    int read = 0;
    for (PeerReading reading : readings) {
      read += reading.isRead() ? 1 : 0;
    }
    return read;
  }

  /** All clocks minus the node's own, ascending; of those that could not be read, none. */
  private long[] differences(long tick, long ownOffset) {
    long[] differences = new long[readings.length + 1];
    for (int i = 0; i < readings.length; i++) {
      Optional<OffsetEstimate> estimate = readings[i].estimateAt(tick);
      differences[i] = estimate.isEmpty() ? 0 : clamp(estimate.get().offsetNanos(), ownOffset);
    }
    Arrays.sort(differences);
    return differences;
  }

  private static long clamp(long offset, long ownOffset) {
    double difference = (double) offset - ownOffset;
    if (Math.abs(difference) >= Convergence.LARGEST_NANOS) {
      return difference < 0 ? -Convergence.LARGEST_NANOS : Convergence.LARGEST_NANOS;
    }
    return offset - ownOffset;
  }

  private OffsetBounds known(long tick, long ownOffset) {
    claim.clear();
    if (rudder.isSettled()) {
      claim.add(ownOffset - ROUNDING_NANOS, ownOffset + ROUNDING_NANOS);
    } else {
      claim.addUnknown();
    }
    for (PeerReading reading : readings) {
      OffsetBounds bounds = reading.boundsAt(tick);
      if (reading.isSettled() && !bounds.isEmpty()) {
        claim.add(bounds.lowNanos() - ROUNDING_NANOS, bounds.highNanos() + ROUNDING_NANOS);
      } else {
        claim.addUnknown();
      }
    }
    boolean bears = clock.get().driftBoundPpb() >= config.pace().clockDriftBoundPpb();
    return config.isTolerant() && bears
        ? claim.at(tick)
        : new OffsetBounds(tick, Long.MIN_VALUE, Long.MAX_VALUE);
  }

  private @Nullable SyncStatus stand(boolean bounded, boolean contradicts) {
    withoutBound = bounded ? 0 : withoutBound + 1;
    if (contradicts) {
      rudder.release();
      return become(
          SyncStatus.State.DISRUPTED,
          Cause.NO_MAJORITY,
          "clocks contradict one another: more than " + config.liars() + " are false");
    }
    if (bounded) {
      return become(SyncStatus.State.SYNCHRONIZED, Cause.NONE, "");
    }
    boolean holds = state == SyncStatus.State.SYNCHRONIZED;
    return holds && withoutBound >= config.rounds().silentRounds()
        ? become(SyncStatus.State.HOLDOVER, Cause.TOO_FEW_SOURCES, "too few clocks can be read")
        : null;
  }

  private @Nullable SyncStatus become(SyncStatus.State next, Cause cause, String reason) {
    if (state == next) {
      return null;
    }
    state = next;
    return new SyncStatus(next, cause, reason);
  }
}
