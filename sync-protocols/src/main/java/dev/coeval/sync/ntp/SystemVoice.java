package dev.coeval.sync.ntp;

import dev.coeval.scale.LeapSecond;
import dev.coeval.sync.machine.Action;
import dev.coeval.sync.machine.PeerId;
import dev.coeval.sync.measure.Measurement;
import dev.coeval.sync.ntp.packet.NtpPacket;
import dev.coeval.sync.ntp.packet.NtpShort;
import dev.coeval.sync.ntp.packet.SystemVariables;
import dev.coeval.sync.ntp.server.NtpServerConfig;
import dev.coeval.time.ClockEstimate;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * What a node says of its own time to others: stratum, reference and leap indicator follow the
 * sources in use, the root dispersion its guaranteed bound.
 */
final class SystemVoice {

  /** Reference times carry so many nanoseconds at random, by which a node knows itself again. */
  private static final int IDENTITY = 1 << 16;

  private static final int PRECISION = NtpServerConfig.DEFAULT_PRECISION;

  private final Associations associations;
  private final NtpNode node;
  private final NodeTime time;
  private final long identity;
  private SystemState published;

  SystemVoice(NtpNode node, Associations associations, RandomGenerator random) {
    this.node = node;
    this.associations = associations;
    this.identity = random.nextInt(IDENTITY);
    SystemVariables nothing = SystemVariables.unsynchronized(PRECISION);
    this.time = new NodeTime(node.clock(), nothing);
    this.published = new SystemState(nothing, List.of(), Optional.empty(), false);
  }

  NodeTime time() {
    return time;
  }

  /**
   * A time that is followed.
   *
   * @param estimate the last one
   * @param selected the sources it came from, the best one first
   * @param leap the leap second that comes
   * @param isOrphan whether it is the time of a group of orphans
   */
  record Following(
      ClockEstimate estimate, List<PeerId> selected, Optional<LeapSecond> leap, boolean isOrphan) {}

  void follow(Following following, long tick, List<Action> actions) {
    Association best =
        following.selected.isEmpty() ? null : associations.of(following.selected.get(0));
    NtpPacket packet = best == null ? null : best.lastPacket();
    if (best == null || packet == null) {
      keep(following, tick, actions);
      return;
    }
    SystemVariables variables =
        new SystemVariables(
            indicator(following.leap),
            Math.min(packet.quality().stratum() + 1, SystemVariables.UNSYNCHRONIZED_STRATUM),
            PRECISION,
            NtpShort.toNanos(packet.quality().rootDelay()) + best.lastDelayNanos(),
            0,
            best.referenceId(),
            identified(following.estimate.epochNanos()));
    say(variables, following, tick, actions);
  }

  /** The sources that were followed are gone; what was known of them holds on. */
  private void keep(Following following, long tick, List<Action> actions) {
    SystemVariables before = time.words().variables();
    if (before.isSynchronized()) {
      say(before.withLeap(indicator(following.leap)), following, tick, actions);
    }
  }

  /** This node leads a group of orphans. */
  void lead(int stratum, long tick, List<Action> actions) {
    SystemVariables before = time.words().variables();
    boolean isLeading = time.words().isOrphan() && before.referenceId() == ReferenceIds.ORPHAN;
    long epoch =
        isLeading
            ? before.referenceEpochNanos()
            : identified(node.clock().get().epochNanosAt(tick));
    SystemVariables variables =
        new SystemVariables(
            NtpPacket.LEAP_NONE, stratum, PRECISION, 0, 0, ReferenceIds.ORPHAN, epoch);
    time.say(new NodeTime.Words(variables, Optional.empty(), true));
    publish(List.of(), Optional.empty(), tick, actions);
  }

  /** This node has no time to give. */
  void fallSilent(long tick, List<Action> actions) {
    if (time.words().variables().isSynchronized()) {
      SystemVariables nothing = SystemVariables.unsynchronized(PRECISION);
      time.say(new NodeTime.Words(nothing, Optional.empty(), false));
    }
    publish(List.of(), Optional.empty(), tick, actions);
  }

  private void say(
      SystemVariables variables, Following following, long tick, List<Action> actions) {
    NodeTime.Words words = new NodeTime.Words(variables, following.leap, following.isOrphan);
    if (!words.equals(time.words())) {
      time.say(words);
    }
    publish(following.selected, following.leap, tick, actions);
  }

  private void publish(
      List<PeerId> selected, Optional<LeapSecond> leap, long tick, List<Action> actions) {
    SystemVariables now = time.get().variablesAt(tick);
    SystemState state = new SystemState(now, selected, leap, time.words().isOrphan());
    SystemVariables before = published.variables();
    boolean isNews =
        now.stratum() != before.stratum()
            || now.referenceId() != before.referenceId()
            || !selected.equals(published.selected())
            || !leap.equals(published.leap());
    if (isNews) {
      published = state;
      actions.add(new Action.Publish(state));
    }
  }

  private long identified(long epochNanos) {
    long held =
        Math.max(-Measurement.MAX_EPOCH_NANOS, Math.min(epochNanos, Measurement.MAX_EPOCH_NANOS));
    return Math.floorDiv(held, IDENTITY) * IDENTITY + identity;
  }

  private static int indicator(Optional<LeapSecond> leap) {
    return new LeapVotes(leap, false).indicator();
  }
}
