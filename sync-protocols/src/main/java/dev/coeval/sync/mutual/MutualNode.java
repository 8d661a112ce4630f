package dev.coeval.sync.mutual;

import dev.coeval.sync.berkeley.PaceConfig;
import dev.coeval.sync.discipline.SuspendDetector;
import dev.coeval.sync.discipline.SyncStatus;
import dev.coeval.sync.machine.Action;
import dev.coeval.sync.machine.PeerId;
import dev.coeval.sync.machine.Report;
import dev.coeval.sync.machine.Responder;
import dev.coeval.sync.machine.SendId;
import dev.coeval.sync.machine.StateMachine;
import dev.coeval.sync.machine.TimerId;
import dev.coeval.sync.measure.Measurement;
import dev.coeval.sync.measure.Rejected;
import dev.coeval.sync.measure.Rejection;
import dev.coeval.sync.measure.RejectionCounts;
import dev.coeval.sync.mutual.ReadingCodec.Read;
import dev.coeval.sync.mutual.ReadingCodec.Reading;
import dev.coeval.sync.wire.Decoded;
import dev.coeval.sync.wire.Keyring;
import dev.coeval.sync.wire.NonceSource;
import dev.coeval.time.ClockModel;
import dev.coeval.time.ClockReading;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A node that reads its peers' clocks in rounds, lets them read its own, and keeps its clock with
 * theirs.
 *
 * <p>This package's description says how rounds go, what the bound means, and what the node's clock
 * must be made with. The machine publishes {@link dev.coeval.sync.discipline.Disciplined}, {@link
 * MutualRound}, {@link SyncStatus}, each exchange as a {@link Measurement}, and what it refuses as
 * a {@link Rejected}. As a {@link Responder} it tells anybody who asks what the node's clock shows:
 *
 * <pre>{@code
 * MutualNode node = new MutualNode("mutual", config, clock, Keyring.empty(), seed);
 * board.add(node).add("mutual", first -> first == MutualNode.FIRST_BYTE, node);
 * }</pre>
 *
 * <p><b>Attack and mitigation.</b> A reply counts only if it comes from a peer, names the 64 random
 * bits of an open request, and carries the key of this node if it has one; it closes that request.
 * What is late, duplicated, replayed or invented is counted and changes nothing. A peer that lies
 * is what f is for.
 *
 * <p>Not thread-safe, as every {@link StateMachine}; {@link #rejections()} may be read by anybody.
 */
public final class MutualNode implements StateMachine, Responder {

  /** The first byte of every datagram of this protocol: the letter E. */
  public static final int FIRST_BYTE = 'E';

  static final int ROUND = 0;
  static final int SETTING = 1;
  static final int RETRY = 2;

  private final String owner;
  private final MutualConfig config;
  private final Supplier<ClockModel> clock;
  private final Keyring keyring;
  private final ReadingCodec codec;
  private final NonceSource nonces;
  private final Round round;
  private final SuspendDetector suspends;
  private final RejectionCounts rejections = new RejectionCounts();
  private List<Action> actions = new ArrayList<>();
  private long sequence;
  private long roundTick;
  private long settingTick;

  /**
   * A node.
   *
   * @param owner the name in its timers and sends, unique within its endpoint
   * @param config whose clocks are read, when, and how this node's follows
   * @param clock the model in force of the clock that its owner steers by what it publishes; a
   *     {@link dev.coeval.time.DisciplinedClock} made with {@link PaceConfig#clockDriftBoundPpb()}
   *     and {@link PaceConfig#steeringPolicy()}
   * @param keyring the keys of the group, or none
   * @param seed for its nonces; no two nodes of a group may have the same
   */
  public MutualNode(
      String owner, MutualConfig config, Supplier<ClockModel> clock, Keyring keyring, long seed) {
    this.owner = owner;
    this.config = config;
    this.clock = clock;
    this.keyring = keyring;
    this.codec = new ReadingCodec(keyring);
    this.nonces = new NonceSource(seed);
    this.round = new Round(config, clock);
    this.suspends =
        new SuspendDetector(config.pace().driftBoundPpb(), SuspendDetector.DEFAULT_THRESHOLD_NANOS);
  }

  /**
   * What was not used, by reason: replies to this node as well as requests of others.
   *
   * @return live counters; thread-safe
   */
  public RejectionCounts rejections() {
    return rejections;
  }

  @Override
  public List<Action> start(ClockReading now) {
    suspends.observe(now);
    awaitRound(now.tickNanos(), clock.get().epochNanosAt(now.tickNanos()));
    return take();
  }

  @Override
  public List<Action> onTimer(ClockReading now, TimerId timer) {
    noticeSuspend(now);
    if (timer.owner().equals(owner)) {
      switch (timer.kind()) {
        case ROUND -> onRound(now.tickNanos());
        case SETTING -> onSetting(now.tickNanos());
        case RETRY -> onRetry(timer.index(), now.tickNanos());
        default -> {} // not one of ours: harmless
      }
    }
    return take();
  }

  @Override
  public List<Action> onDatagram(ClockReading received, PeerId from, ByteBuffer payload) {
    noticeSuspend(received);
    Decoded<Reading> decoded = codec.decodeReading(payload);
    if (decoded instanceof Decoded.Refused<Reading> refused) {
      reject(from, refused.reason());
    } else if (decoded instanceof Decoded.Value<Reading> good) {
      onReading(received.tickNanos(), from, good.value());
    }
    return take();
  }

  @Override
  public List<Action> onSent(ClockReading sent, SendId send) {
    if (send.owner().equals(owner)) {
      round.left(send.sequence(), sent.tickNanos());
    }
    return List.of();
  }

  @Override
  public boolean isRequest(Action.Send send) {
    return true;
  }

  @Override
  public boolean isReply(ByteBuffer payload) {
    return ReadingCodec.FORMAT.typeOf(payload) == ReadingCodec.READING;
  }

  @Override
  public int respond(
      ClockReading received,
      PeerId from,
      ByteBuffer request,
      ByteBuffer reply,
      LongSupplier transmitTickNanos) {
    int type = ReadingCodec.FORMAT.typeOf(request);
    if (type < 0 || type == ReadingCodec.READING) {
      return NOT_MINE; // a reading is for this node as a machine
    }
    Decoded<Read> decoded = codec.decodeRead(request);
    if (decoded instanceof Decoded.Refused<Read> refused) {
      rejections.add(refused.reason());
      return SILENT;
    }
    ClockModel model = clock.get();
    return codec.encodeReading(
        reply,
        ((Decoded.Value<Read>) decoded).value(),
        round.isSettled(),
        body ->
            body.putLong(model.epochNanosAt(received.tickNanos()))
                .putLong(model.epochNanosAt(transmitTickNanos.getAsLong())));
  }

  /** The host slept, or its wall clock was set: what spans that is void, the bound given up. */
  private void noticeSuspend(ClockReading now) {
    if (suspends.observe(now).isPresent()) {
      publish(round.disrupt());
    }
  }

  private void onRound(long tick) {
    if (tick < roundTick) {
      setTimer(ROUND, 0, roundTick); // spurious, or of a timer since replaced
      return;
    }
    settingTick = tick + config.rounds().intervalNanos() / 2;
    roundTick = settingTick + config.rounds().intervalNanos() / 2;
    setTimer(SETTING, 0, settingTick);
    round.begin();
    for (int index = 0; index < config.peers().size(); index++) {
      poll(index, tick);
    }
  }

  private void onRetry(int index, long tick) {
    if (round.mayPoll(index)) {
      poll(index, tick);
    }
  }

  private void onSetting(long tick) {
    if (tick < settingTick) {
      setTimer(SETTING, 0, settingTick); // spurious
      return;
    }
    long shown = clock.get().epochNanosAt(tick);
    awaitRound(tick, round.isOpen() ? round.complete(tick, this::publish) : shown);
  }

  private void onReading(long tick, PeerId from, Reading reading) {
    int index = round.indexOf(from);
    if (index < 0) {
      reject(from, Rejection.UNKNOWN_PEER);
    } else if (reading.read().keyId() != keyring.primaryId()) {
      reject(from, Rejection.NOT_AUTHENTICATED);
    } else if (!round.isAsked(index, reading.read().nonce())) {
      reject(from, Rejection.UNREQUESTED);
    } else {
      take(tick, index, from, reading);
    }
  }

  private void take(long tick, int index, PeerId from, Reading reading) {
    Optional<Measurement> measurement = round.answered(index, reading, tick);
    if (measurement.isEmpty()) {
      reject(from, Rejection.BAD_STAMPS);
      return;
    }
    publish(measurement.get());
    if (round.mayPoll(index)) {
      poll(index, tick);
    }
  }

  private void poll(int index, long tick) {
    long nonce = nonces.nextLong();
    sequence++;
    round.polled(index, nonce, sequence, tick);
    ByteBuffer payload = codec.encode(new Read(nonce, keyring.primaryId()));
    actions.add(new Action.Send(config.peers().get(index), payload, new SendId(owner, sequence)));
    long retry = tick + config.rounds().exchangeTimeoutNanos();
    if (retry < settingTick) {
      setTimer(RETRY, index, retry);
    }
  }

  /** The next round is when the clock, as it will be set, shows a multiple of the interval. */
  private void awaitRound(long tick, long epochNanos) {
    long interval = config.rounds().intervalNanos();
    long wait = interval - Math.floorMod(epochNanos, interval);
    roundTick = tick + (wait < interval / 4 ? wait + interval : wait);
    setTimer(ROUND, 0, roundTick);
  }

  private void setTimer(int kind, int index, long atTick) {
    actions.add(new Action.SetTimer(new TimerId(owner, kind, index), atTick));
  }

  private void publish(@Nullable Report report) {
    if (report != null) {
      actions.add(new Action.Publish(report));
    }
  }

  private void reject(PeerId from, Rejection reason) {
    rejections.add(reason);
    publish(new Rejected(from, reason));
  }

  private List<Action> take() {
    List<Action> taken = actions;
    actions = new ArrayList<>();
    return taken;
  }
}
