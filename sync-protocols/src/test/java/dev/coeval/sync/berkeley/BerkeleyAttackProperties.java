package dev.coeval.sync.berkeley;

import dev.coeval.sync.berkeley.BerkeleyCodec.Received;
import dev.coeval.sync.berkeley.Message.Correction;
import dev.coeval.sync.berkeley.Message.Difference;
import dev.coeval.sync.berkeley.Message.Elect;
import dev.coeval.sync.berkeley.Message.Entry;
import dev.coeval.sync.berkeley.Message.Poll;
import dev.coeval.sync.berkeley.Message.Refusal;
import dev.coeval.sync.berkeley.Message.Reply;
import dev.coeval.sync.berkeley.Message.Stamps;
import dev.coeval.sync.berkeley.Message.Vote;
import dev.coeval.sync.machine.Ordeal;
import dev.coeval.sync.machine.PeerId;
import dev.coeval.sync.wire.Decoded;
import dev.coeval.sync.wire.Keyring;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** A group of liars, and strangers: nothing that they say, whatever its role, harms a node. */
final class BerkeleyAttackProperties {
  private static final List<PeerId> OTHERS =
      List.of(PeerId.simulated(1), PeerId.simulated(2), PeerId.simulated(3));
  private static final int STEPS = 150;
  private static final int TYPE_AT = 5;
  private static final long SECOND = 1_000_000_000L;

  private final BerkeleyCodec codec = new BerkeleyCodec(Keyring.empty());

  @Property(tries = 500)
  void shouldStandNodeWhenGroupSendsAnything(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    boolean leads = random.nextBoolean();
    BerkeleyConfig config = leads ? BerkeleyConfig.coordinator(OTHERS) : BerkeleyConfig.member();
    Set<PeerId> known = new LinkedHashSet<>(OTHERS);
    known.add(PeerId.simulated(99)); // who asks is answered
    Ordeal ordeal =
        new Ordeal(
            clock -> new BerkeleyNode("b", config, clock, Keyring.empty(), seed), known, random);
    Scribe scribe = new Scribe(ordeal);
    for (int i = 0; i < STEPS; i++) {
      PeerId from = random.nextInt(4) == 0 ? ordeal.anyPeer() : OTHERS.get(random.nextInt(3));
      byte[] frame = scribe.next(from);
      boolean namesOthers = frame[TYPE_AT] == BerkeleyCodec.POLL; // who are asked, if it is elected
      boolean bent = !namesOthers && random.nextInt(6) == 0;
      ordeal.receive(from, bent ? ordeal.bent(frame) : frame);
      if (random.nextBoolean()) {
        ordeal.disturb();
      }
    }
  }

  /** Writes what passes as many checks as it can: it answers what the node last said. */
  private final class Scribe {
    private final Ordeal ordeal;
    private final SplittableRandom random;
    private Term term = new Term(1, 50);
    private long round = 1;
    private long nonce = 1;
    private long reading;

    Scribe(Ordeal ordeal) {
      this.ordeal = ordeal;
      this.random = ordeal.random;
    }

    byte[] next(PeerId to) {
      Message heard = hear(to);
      Message message = random.nextInt(3) > 0 && heard != null ? answer(heard) : any();
      long under = random.nextInt(8) == 0 ? random.nextLong() : nonce;
      return codec.encode(message, under, 0).array();
    }

    private Message hear(PeerId to) {
      Decoded<Received> decoded = codec.decode(ordeal.latest(to));
      if (!(decoded instanceof Decoded.Value<Received> good)) {
        return null;
      }
      nonce = good.value().nonce();
      Message heard = good.value().message();
      term = random.nextInt(8) == 0 ? term : heard.term();
      if (heard instanceof Poll poll) {
        round = poll.round();
      } else if (heard instanceof Reply reply) {
        round = reply.round();
        reading = reply.stamps().sentEpochNanos();
      }
      return heard;
    }

    private Message answer(Message heard) {
      if (heard instanceof Poll) {
        return reply();
      } else if (heard instanceof Reply) {
        return correction();
      } else if (heard instanceof Elect) {
        return new Vote(heard.term(), random.nextInt(4) > 0);
      }
      return any();
    }

    private Message any() {
      return switch (random.nextInt(6)) {
        case 0 -> poll();
        case 1 -> reply();
        case 2 -> correction();
        case 3 -> new Elect(term());
        case 4 -> new Vote(term(), random.nextBoolean());
        default -> random.nextInt(4) == 0 ? new Refusal(term()) : poll();
      };
    }

    private Term term() {
      return switch (random.nextInt(10)) {
        case 0 -> new Term(Term.MAX_NUMBER - random.nextInt(2), random.nextLong());
        case 1, 2 -> new Term(random.nextLong(5), random.nextLong());
        case 3 -> new Term(Math.min(Term.MAX_NUMBER, term.number() + 1), random.nextLong());
        default -> term;
      };
    }

    private Message poll() {
      nonce = random.nextLong();
      int size = random.nextInt(5) == 0 ? random.nextInt(70) : 3;
      Entry entry =
          new Entry(size, random.nextInt(3), random.nextInt(3), OTHERS.get(random.nextInt(3)));
      long interval = random.nextInt(4) == 0 ? ordeal.extreme() : SECOND;
      return new Poll(term(), random.nextInt(6) == 0 ? ordeal.extreme() : round, interval, entry);
    }

    private Message reply() {
      long received = time();
      long sent = random.nextInt(3) > 0 ? received : time();
      long pace = random.nextInt(3) == 0 ? random.nextLong(1_100_000_000) : 700_000;
      return new Reply(
          term(),
          random.nextInt(8) == 0 ? ordeal.extreme() : round,
          random.nextInt(4),
          new Stamps(received, sent),
          random.nextInt(8) == 0 ? ordeal.extreme() : pace,
          random.nextBoolean());
    }

    private Message correction() {
      Difference difference =
          new Difference(size(), size(), size(), Math.abs(size()), random.nextLong(-1, 2_000_000));
      return new Correction(
          term(), round, random.nextInt(8) == 0 ? ordeal.extreme() : reading, difference);
    }

    private long time() {
      long now = ordeal.clock.get().epochNanosAt(ordeal.now().tickNanos());
      return random.nextBoolean() ? now + random.nextLong(-SECOND, SECOND) : ordeal.extreme();
    }

    private long size() {
      return switch (random.nextInt(5)) {
        case 0 -> BerkeleyCodec.MAX_DIFFERENCE_NANOS;
        case 1 -> -BerkeleyCodec.MAX_DIFFERENCE_NANOS;
        case 2 -> ordeal.extreme();
        default -> random.nextLong(-SECOND, SECOND);
      };
    }
  }
}
