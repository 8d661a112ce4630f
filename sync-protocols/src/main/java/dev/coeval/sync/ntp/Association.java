package dev.coeval.sync.ntp;

import dev.coeval.sync.discipline.Cause;
import dev.coeval.sync.filter.ClockFilter;
import dev.coeval.sync.machine.PeerId;
import dev.coeval.sync.measure.Measurement;
import dev.coeval.sync.measure.Rejection;
import dev.coeval.sync.ntp.exchange.Dialogue;
import dev.coeval.sync.ntp.packet.NtpPacket;
import dev.coeval.time.ClockEstimate;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of one source (RFC 5905 section 9): the dialogue with it, when it is asked next,
 * which of its exchanges are used, its clock filter, and how long it has been silent or of no use.
 */
final class Association {

  /** RFC 5905 figure 6, PGATE: a sample within so many times its jitter agrees with the clock. */
  private static final int GATE = 4;

  /** Ticks are read to about 2⁻²⁴ s. */
  private static final long LOCAL_PRECISION_NANOS = 60;

  /** A packet that was due so many intervals ago, the last one counted, is lost. */
  private static final double LATE = 1.5;

  private static final int MAX_EXPONENT = 17;

  private final int index;
  private final SourceConfig config;
  private final Dialogue dialogue;
  private final boolean isPassive;
  private final PollSchedule poll;
  private final SampleGates gates;
  private final MedianFilter median;
  private final int referenceId;
  private final ClockFilter filter = new ClockFilter(LOCAL_PRECISION_NANOS);
  private final Usefulness usefulness = new Usefulness();
  private long requestTick;
  private long nextPollTick;
  private long deadlineTick;
  private long goodTick;
  private int misses;
  private boolean isReachable;
  private boolean isDenied;
  private boolean isHeard;
  private @Nullable NtpPacket lastPacket;
  private @Nullable Rejection lastStray;
  private @Nullable Cause lastRefusal;
  private long lastDelayNanos;
  private long jitterNanos;
  private long fedTick;
  private boolean isFed;
  private boolean hasTurn;

  Association(
      int index,
      SourceConfig config,
      Dialogue dialogue,
      boolean isPassive,
      RandomGenerator random) {
    this.index = index;
    this.config = config;
    this.dialogue = dialogue;
    this.isPassive = isPassive;
    this.poll = new PollSchedule(config.polling(), random);
    this.gates = new SampleGates(config.gates());
    this.median = new MedianFilter(config.gates().medianOf());
    this.referenceId = ReferenceIds.of(config.peer().address());
  }

  int index() {
    return index;
  }

  PeerId peer() {
    return config.peer();
  }

  SourceConfig config() {
    return config;
  }

  Dialogue dialogue() {
    return dialogue;
  }

  PollSchedule poll() {
    return poll;
  }

  SampleGates gates() {
    return gates;
  }

  MedianFilter median() {
    return median;
  }

  Usefulness usefulness() {
    return usefulness;
  }

  /** Of its address, as those say that follow it. */
  int referenceId() {
    return referenceId;
  }

  /** Whether it came by itself, and goes when it falls silent. */
  boolean isPassive() {
    return isPassive;
  }

  boolean isSymmetric() {
    return config.mode() == SourceConfig.Mode.SYMMETRIC;
  }

  boolean isDenied() {
    return isDenied;
  }

  boolean isReachable() {
    return isReachable;
  }

  /** Whether it has answered, or has had the time to. */
  boolean hadItsChance() {
    return isHeard || misses > 0 || isDenied;
  }

  int misses() {
    return misses;
  }

  /** The last packet that answered; null before. */
  @Nullable NtpPacket lastPacket() {
    return lastPacket;
  }

  long lastDelayNanos() {
    return lastDelayNanos;
  }

  void begin(long tick) {
    goodTick = tick;
    nextPollTick = tick;
  }

  void deny() {
    isDenied = true;
    dialogue.close();
  }

  long requestTick() {
    return requestTick;
  }

  void requested(long tick) {
    requestTick = tick;
    deadlineTick = tick + poll.timeoutNanos();
  }

  long nextPollTick() {
    return nextPollTick;
  }

  void pollAt(long tick) {
    nextPollTick = tick;
  }

  /** The next poll has a place of its own among those of other sources. */
  void giveTurn() {
    hasTurn = true;
  }

  boolean takeTurn() {
    boolean had = hasTurn;
    hasTurn = false;
    return had;
  }

  long deadlineTick() {
    return deadlineTick;
  }

  /** For how long the source has given no time. */
  long silentNanos(long tick) {
    return tick - goodTick;
  }

  /** Takes in an answer; true if the source was not reachable before. */
  boolean answered(long tick, NtpPacket packet) {
    boolean isNews = !isReachable;
    if (isNews && isHeard) {
      poll.restart();
    }
    isReachable = true;
    isHeard = true;
    misses = 0;
    goodTick = tick;
    lastPacket = packet;
    lastStray = null;
    lastRefusal = null;
    return isNews;
  }

  /**
   * Whether the last poll has failed, now that the next one is due. A peer that sends by its own
   * clock is given the time for that.
   */
  boolean isOverdue(long tick) {
    if (config.mode() == SourceConfig.Mode.CLIENT || dialogue.isAsking(tick)) {
      return dialogue.isOpen() && (!isSymmetric() || isLate(tick));
    }
    return isLate(tick);
  }

  private boolean isLate(long tick) {
    NtpPacket packet = lastPacket;
    int exponent = packet == null ? 0 : Math.min(MAX_EXPONENT, packet.quality().poll());
    double interval = Math.max((double) poll.currentNanos(), Math.scalb(1e9, exponent));
    return tick - goodTick > LATE * interval;
  }

  /** Whether an exchange is another one than the last that was used (RFC 9769: seen twice). */
  boolean isFresh(Measurement measurement) {
    boolean isFresh = !isFed || measurement.receivedTickNanos() - fedTick > 0;
    if (isFresh) {
      isFed = true;
      fedTick = measurement.receivedTickNanos();
    }
    return isFresh;
  }

  /**
   * A peer answers when it likes, perhaps a minute later, while our ticks run too fast or too slow
   * by what is known of them. T1 and T4 are moved apart or together by that, so that the delay is
   * the network's and the offset is as it was, at the middle. The peer's error grows by as much, so
   * the bounds lose nothing.
   */
  Measurement rated(Measurement measurement, @Nullable ClockEstimate standing) {
    if (!isSymmetric() || standing == null) {
      return measurement;
    }
    long half = Math.round(measurement.roundTripNanos() * standing.frequency() / 2);
    Measurement.Root root = measurement.root();
    long dispersion = root.dispersionNanos() + Math.abs(half);
    return new Measurement(
        measurement.peer(),
        measurement.sentTickNanos() - half,
        measurement.peerReceivedEpochNanos(),
        measurement.peerSentEpochNanos(),
        measurement.receivedTickNanos() + half,
        new Measurement.Root(root.delayNanos(), dispersion, root.precisionNanos()));
  }

  /** Counts a poll without time; true if by this one the source is not reachable any more. */
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

  /** Something came from its address that answers nothing. */
  void strayed(Rejection reason) {
    lastStray = reason;
  }

  /** It answered, and gave no time. */
  void refused(Cause cause) {
    lastRefusal = cause;
  }

  /** Why it gives no time, as far as can be told from what came instead. */
  Cause silence() {
    if (isDenied) {
      return Cause.KISS_DENY;
    }
    Cause refusal = lastRefusal;
    if (refusal != null) {
      return refusal;
    }
    boolean isUnproven =
        lastStray == Rejection.NOT_AUTHENTICATED
            || lastStray == Rejection.UNKNOWN_KEY
            || lastStray == Rejection.OTHER_KEY
            || lastStray == Rejection.BAD_AUTHENTICATION
            || lastStray == Rejection.CRYPTO_NAK;
    return isUnproven ? Cause.AUTHENTICATION_FAILED : Cause.NO_REPLY;
  }

  void forget() {
    isFed = false;
    dialogue.forget();
    gates.clear();
    median.clear();
    filter.clear();
    poll.restart();
  }

  /** What was known is void: a source has stepped. Samples of before say nothing of those after. */
  void startOver() {
    forgetSamples();
    poll.shortest();
  }

  /** After a leap second: what the filters hold is a second off. */
  void forgetSamples() {
    gates.clear();
    median.clear();
    filter.clear();
    jitterNanos = 0;
  }

  /**
   * Runs an exchange through the filter, and lets the poll interval follow.
   *
   * @param standing what was believed before it
   */
  Optional<ClockFilter.Filtered> filter(Measurement measurement, @Nullable ClockEstimate standing) {
    lastDelayNanos = Math.max(0, measurement.delayNanos());
    double frequency = standing == null ? 0 : standing.frequency();
    Optional<ClockFilter.Filtered> filtered = filter.add(measurement, frequency);
    filtered.ifPresent(sample -> jitterNanos = sample.jitterNanos());
    poll.sample(standing != null && agrees(measurement, standing));
    return filtered;
  }

  private boolean agrees(Measurement measurement, ClockEstimate standing) {
    long age = measurement.receivedTickNanos() - standing.tickNanos();
    double expected =
        (double) (standing.epochNanos() - standing.tickNanos()) + age * standing.frequency();
    double difference = Math.abs(measurement.offsetNanos() - expected);
    return difference <= (double) GATE * Math.max(jitterNanos, standing.statisticalErrorNanos());
  }
}
