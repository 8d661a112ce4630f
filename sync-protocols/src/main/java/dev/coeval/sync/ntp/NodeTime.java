package dev.coeval.sync.ntp;

import dev.coeval.scale.LeapSecond;
import dev.coeval.sync.ntp.packet.NtpPacket;
import dev.coeval.sync.ntp.packet.ServedTime;
import dev.coeval.sync.ntp.packet.SystemVariables;
import dev.coeval.time.ClockModel;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The time of the node's clock, with what its NTP machine says of it.
 *
 * <p>The machine says it on its own thread; servers ask on theirs. A snapshot is kept until clock
 * or words change, so asking allocates nothing meanwhile. Thread-safe, wait-free.
 */
final class NodeTime implements Supplier<ServedTime> {
  private final Supplier<ClockModel> clock;
  private volatile Words words;
  private volatile @Nullable Snapshot newest;

  NodeTime(Supplier<ClockModel> clock, SystemVariables variables) {
    this.clock = clock;
    this.words = new Words(variables, Optional.empty(), false);
  }

  /**
   * What the machine says.
   *
   * @param variables the system variables, but for the root dispersion
   * @param leap the leap second that is announced
   * @param isOrphan the time is that of a group without references, and is its own truth
   */
  record Words(SystemVariables variables, Optional<LeapSecond> leap, boolean isOrphan) {}

  void say(Words newWords) {
    words = newWords;
  }

  Words words() {
    return words;
  }

  @Override
  public ServedTime get() {
    ClockModel model = clock.get();
    Words said = words;
    Snapshot kept = newest;
    if (kept != null && kept.model == model && kept.words.equals(said)) {
      return kept;
    }
    Snapshot fresh = new Snapshot(model, said);
    newest = fresh;
    return fresh;
  }

  private static final class Snapshot implements ServedTime {
    private final ClockModel model;
    private final Words words;

    Snapshot(ClockModel model, Words words) {
      this.model = Objects.requireNonNull(model, "the node's clock");
      this.words = words;
    }

    @Override
    public long epochNanosAt(long tickNanos) {
      return model.epochNanosAt(tickNanos);
    }

    @Override
    public long maxErrorNanosAt(long tickNanos) {
      return words.isOrphan && !model.isSynchronized() ? 0 : model.maxErrorNanosAt(tickNanos);
    }

    @Override
    public long rootDispersionNanosAt(long tickNanos) {
      long error = maxErrorNanosAt(tickNanos);
      return Math.max(0, error - words.variables.rootDelayNanos() / 2);
    }

    @Override
    public int leapAt(long tickNanos) {
      boolean isKnown = words.isOrphan || model.isSynchronized();
      int leap = isKnown ? words.variables.leap() : NtpPacket.LEAP_UNSYNCHRONIZED;
      boolean isOver =
          words.leap.isPresent() && epochNanosAt(tickNanos) >= words.leap.get().epochNanos();
      return isOver && leap != NtpPacket.LEAP_UNSYNCHRONIZED ? NtpPacket.LEAP_NONE : leap;
    }

    @Override
    public SystemVariables variables() {
      return words.variables;
    }
  }
}
