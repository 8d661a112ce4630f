package dev.coeval.sync.berkeley;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
import dev.coeval.sync.machine.PeerId;
import dev.coeval.sync.measure.Rejection;
import dev.coeval.sync.wire.Decoded;
import dev.coeval.sync.wire.Keyring;
import dev.coeval.sync.wire.SharedKey;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** Messages there and back, and what arbitrary bytes do: nothing. */
final class BerkeleyCodecProperties {
  private static final Keyring KEYS =
      Keyring.required(List.of(SharedKey.ofText(7, "a secret of some length")));

  @Property(tries = 500)
  void shouldComeBackTheSameWhenEncodedAndDecoded(
      @ForAll long seed, @ForAll @IntRange(min = 0, max = 5) int type, @ForAll long nonce) {
    Message message = message(new SplittableRandom(seed), type);
    Keyring keyring = seed % 2 == 0 ? KEYS : Keyring.empty();
    BerkeleyCodec codec = new BerkeleyCodec(keyring);
    ByteBuffer bytes = codec.encode(message, nonce, keyring.primaryId());
    Decoded<Received> decoded = codec.decode(bytes);
    assertEquals(Decoded.of(new Received(message, nonce, keyring.primaryId())), decoded);
    assertEquals('B', bytes.get(0));
  }

  @Property(tries = 2_000)
  void shouldGiveMessageOrReasonWhenBytesAreArbitrary(
      @ForAll @Size(max = 160) byte[] body,
      @ForAll @IntRange(min = 0, max = 7) int type,
      @ForAll @IntRange(min = 0, max = 3) int flags) {
    ByteBuffer bytes = ByteBuffer.allocate(16 + body.length);
    bytes.put(new byte[] {'B', 'E', 'R', 'K', 1, (byte) type, 0, (byte) flags});
    bytes.putLong(42).put(body).flip();
    BerkeleyCodec codec = new BerkeleyCodec(Keyring.empty());
    for (int length = 0; length <= bytes.limit(); length++) {
      Decoded<Received> decoded = codec.decode(bytes.duplicate().limit(length));
      if (decoded instanceof Decoded.Value<Received> good) {
        Received received = good.value();
        assertEquals(bytes.duplicate().limit(length), codec.encode(received.message(), 42, 0));
      }
    }
  }

  @Property(tries = 300)
  void shouldBeRefusedWhenABitOfAnAuthenticFrameIsFlipped(
      @ForAll long seed, @ForAll @IntRange(min = 0, max = 5) int type) {
    SplittableRandom random = new SplittableRandom(seed);
    BerkeleyCodec codec = new BerkeleyCodec(KEYS);
    ByteBuffer bytes = codec.encode(message(random, type), 1, 7);
    int bit = random.nextInt(bytes.limit() * 8);
    bytes.put(bit / 8, (byte) (bytes.get(bit / 8) ^ (1 << (bit % 8))));
    assertInstanceOf(Decoded.Refused.class, codec.decode(bytes));
  }

  @Test
  void shouldNotBeLongerThanTheirRequestsWhenRepliesAreMade() {
    assertTrue(length(BerkeleyCodec.REPLY) <= length(BerkeleyCodec.POLL));
    assertTrue(length(BerkeleyCodec.REFUSAL) <= length(BerkeleyCodec.POLL));
    assertTrue(length(BerkeleyCodec.VOTE) <= length(BerkeleyCodec.ELECT));
  }

  @Test
  void shouldBeMalformedWhenAFieldIsOutOfItsRange() throws UnknownHostException {
    Term term = new Term(3, 5);
    PeerId any = new PeerId(InetAddress.getByName("0.0.0.0"), 9);
    PeerId good = PeerId.simulated(4);
    Difference empty = new Difference(0, -5, 4, 1, 1);
    Difference far = new Difference(Long.MIN_VALUE, 1, 1, 1, 1);
    List<Message> bad =
        List.of(
            new Poll(term, 0, 1_000_000, new Entry(2, 0, 1, good)),
            new Poll(term, 1, 999_999, new Entry(2, 0, 1, good)),
            new Poll(term, 1, 1_000_000, new Entry(65, 0, 1, good)),
            new Poll(term, 1, 1_000_000, new Entry(2, 2, 1, good)),
            new Poll(term, 1, 1_000_000, new Entry(2, 0, 2, good)),
            new Poll(term, 1, 1_000_000, new Entry(2, 0, 1, any)),
            new Poll(Term.NONE, 1, 1_000_000, new Entry(2, 0, 1, good)),
            new Reply(term, 1, 1, new Stamps(Long.MAX_VALUE, 0), 1, true),
            new Reply(term, 1, 1, new Stamps(0, Long.MIN_VALUE), 1, true),
            new Reply(term, 1, 1, new Stamps(0, 0), -1, true),
            new Reply(term, 1, 1, new Stamps(0, 0), 999_800_000, true), // rates sum up to 1
            new Correction(term, 1, 0, empty),
            new Correction(term, 1, 0, far),
            new Elect(Term.NONE));
    BerkeleyCodec codec = new BerkeleyCodec(Keyring.empty());
    for (Message message : bad) {
      assertEquals(
          Decoded.refused(Rejection.MALFORMED),
          codec.decode(codec.encode(message, 0, 0)),
          message::toString);
    }
  }

  private static int length(int type) {
    return BerkeleyCodec.FORMAT.lengthOf(type, false);
  }

  private static Message message(SplittableRandom random, int type) {
    Term term = new Term(1 + random.nextLong(Term.MAX_NUMBER), random.nextLong());
    long round = 1 + random.nextLong(Long.MAX_VALUE);
    long time = random.nextLong(-BerkeleyCodec.MAX_EPOCH_NANOS, BerkeleyCodec.MAX_EPOCH_NANOS) / 2;
    return switch (type) {
      case 0 -> new Poll(term, round, 1_000_000 + random.nextLong(1_000_000_000), entry(random));
      case 1 ->
          new Reply(
              term,
              round,
              random.nextLong(),
              new Stamps(time, time + random.nextLong(1_000_000)),
              random.nextLong(BerkeleyCodec.MAX_PACE_PPB),
              random.nextBoolean());
      case 2 -> new Refusal(term);
      case 3 -> new Correction(term, round, time, difference(random));
      case 4 -> new Elect(term);
      default -> new Vote(term, random.nextBoolean());
    };
  }

  private static Entry entry(SplittableRandom random) {
    int size = 1 + random.nextInt(64);
    byte[] address = new byte[random.nextBoolean() ? 4 : 16];
    random.nextBytes(address);
    address[0] = 0x20; // neither multicast nor mapped
    try {
      PeerId peer = new PeerId(InetAddress.getByAddress(address), 1 + random.nextInt(65_535));
      return new Entry(size, random.nextInt(size), random.nextInt(size), peer);
    } catch (UnknownHostException e) {
      throw new AssertionError(e);
    }
  }

  private static Difference difference(SplittableRandom random) {
    long nanos = random.nextLong(-BerkeleyCodec.MAX_DIFFERENCE_NANOS / 2, 1L << 60);
    long below = random.nextLong(-1_000, 1L << 40);
    long above = random.nextLong(1_000, 1L << 40);
    long pace = random.nextBoolean() ? random.nextLong(BerkeleyCodec.MAX_PACE_PPB) : 0;
    Difference difference = new Difference(nanos, below, above, random.nextLong(1L << 40), pace);
    return pace == 0 ? difference.unbounded() : difference;
  }
}
