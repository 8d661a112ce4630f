package dev.coeval.sync.ntp;

import dev.coeval.sync.filter.ClockFilter;
import dev.coeval.sync.machine.PeerId;
import dev.coeval.sync.measure.Measurement;
import dev.coeval.sync.ntp.exchange.Dialogue;
import dev.coeval.time.ClockEstimate;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a client keeps of one server (RFC 5905 section 9): the open exchange, the poll interval, the
 * clock filter and how long the server has been silent.
 */
final class Association {

  /** RFC 5905 figure 6, PGATE: a sample within so many times its jitter agrees with the clock. */
  private static final int GATE = 4;

  /** Ticks are read to about 2⁻²⁴ s. */
  private static final long LOCAL_PRECISION_NANOS = 60;

  private final int index;
  private final Dialogue dialogue;
  private final PollInterval poll;
  private final ClockFilter filter = new ClockFilter(LOCAL_PRECISION_NANOS);
  private long nextPollTick;
  private long deadlineTick;
  private long goodTick;
  private int misses;
  private boolean isReachable;
  private boolean isDenied;

  Association(int index, Dialogue dialogue, NtpPolling polling) {
    this.index = index;
    this.dialogue = dialogue;
    this.poll = new PollInterval(polling);
  }

  int index() {
    return index;
  }

  PeerId peer() {
    return dialogue.peer();
  }

  Dialogue dialogue() {
    return dialogue;
  }

  PollInterval poll() {
    return poll;
  }

  boolean isDenied() {
    return isDenied;
  }

  boolean isReachable() {
    return isReachable;
  }

  int misses() {
    return misses;
  }

  void begin(long tick) {
    goodTick = tick;
    nextPollTick = tick;
  }

  void deny() {
    isDenied = true;
    dialogue.close();
  }

  long nextPollTick() {
    return nextPollTick;
  }

  void pollAt(long tick) {
    nextPollTick = tick;
  }

  long deadlineTick() {
    return deadlineTick;
  }

  void expireAt(long tick) {
    deadlineTick = tick;
  }

  /** For how long the server has given no time. */
  long silentNanos(long tick) {
    return tick - goodTick;
  }

  /** Takes in an exchange; true if the server was not reachable before. */
  boolean answered(long tick) {
    boolean isNews = !isReachable;
    isReachable = true;
    misses = 0;
    goodTick = tick;
    return isNews;
  }

  /** Counts an exchange without time; true if by this one the server is not reachable any more. */
  boolean missed(long tick, int allowed) {
    if (misses < Integer.MAX_VALUE) {
      misses++;
    }
    filter.missed(tick);
    poll.missed(misses, allowed);
    boolean isNews = misses == allowed;
    isReachable = isReachable && misses < allowed;
    return isNews;
  }

  void forget() {
    dialogue.forget();
    filter.clear();
  }

  /**
   * Runs an exchange through the filter, and lets the poll interval follow.
   *
   * @param standing what was believed before it
   */
  Optional<ClockFilter.Filtered> filter(Measurement measurement, @Nullable ClockEstimate standing) {
    double frequency = standing == null ? 0 : standing.frequency();
    Optional<ClockFilter.Filtered> filtered = filter.add(measurement, frequency);
    filtered.ifPresent(sample -> poll.sample(standing != null && agrees(sample, standing)));
    return filtered;
  }

  private static boolean agrees(ClockFilter.Filtered sample, ClockEstimate standing) {
    long tick = sample.estimate().tickNanos();
    long age = tick - standing.tickNanos();
    double expected =
        (double) (standing.epochNanos() - standing.tickNanos()) + age * standing.frequency();
    double difference = Math.abs(sample.estimate().offsetNanos() - expected);
    return difference <= (double) GATE * sample.jitterNanos();
  }
}
