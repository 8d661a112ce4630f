package dev.coeval.sync.order.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coeval.sync.machine.Action;
import dev.coeval.sync.machine.PeerId;
import dev.coeval.sync.machine.TimerId;
import dev.coeval.sync.measure.Rejection;
import dev.coeval.sync.order.link.LinkFrame.Ack;
import dev.coeval.sync.order.link.LinkFrame.Data;
import dev.coeval.sync.order.link.LinkFrame.Hello;
import dev.coeval.sync.order.link.LinkFrame.Receipt;
import dev.coeval.sync.wire.Keyring;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/**
 * Whoever is not linked is answered with at most as much as it sent, and leaves nothing behind; and
 * nothing that was said in one life of two ends counts in another.
 */
final class StrangersAttackProperties {
  private static final TimerId TIMER = new TimerId("test", 0, 0);
  private static final PeerId OPEN = PeerId.simulated(1);
  private static final PeerId PEER = PeerId.simulated(2);
  private static final LinkConfig CONFIG = LinkConfig.of("DTST").withStrangers(true);

  private final LinkCodec codec = new LinkCodec("DTST", Keyring.empty());
  private long tick = 1_000_000_000;

  private static Links open(long seed) {
    return new Links(TIMER, CONFIG, Keyring.empty(), seed);
  }

  private List<ByteBuffer> answers(Links links, ByteBuffer datagram) {
    assertEquals(List.of(), links.onDatagram(tick, PEER, datagram));
    return sends(links);
  }

  private List<ByteBuffer> sends(Links links) {
    List<ByteBuffer> sends = new ArrayList<>();
    for (Action action : links.takeActions(tick)) {
      if (action instanceof Action.Send send) {
        sends.add(send.payload());
      }
    }
    return sends;
  }

  private LinkFrame frame(SplittableRandom random, List<Long> known) {
    long session = known.get(random.nextInt(known.size()));
    long to = known.get(random.nextInt(known.size()));
    Receipt receipt = new Receipt(random.nextInt(3), random.nextInt(4));
    return switch (random.nextInt(4)) {
      case 0 -> new Hello(session, to, 0);
      case 1 -> new Hello(session, random.nextBoolean() ? 0 : to, random.nextLong() | 1);
      case 2 -> new Ack(session, to, receipt);
      default -> new Data(session, to, receipt, 1, ByteBuffer.allocate(random.nextInt(20)));
    };
  }

  @Property(tries = 200)
  void shouldAnswerWithNoMoreAndKeepNothingWhenStrangerSaysAnything(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Links links = open(seed);
    for (int i = 0; i < 50; i++) {
      ByteBuffer datagram = codec.encode(frame(random, List.of(1L, 2L, ~seed | 1)), 0);
      long before = links.rejections().total();
      List<ByteBuffer> answers = answers(links, datagram);
      assertTrue(answers.size() <= 1, "one datagram, one answer");
      answers.forEach(each -> assertTrue(each.remaining() <= datagram.remaining()));
      assertEquals(before + 1, links.rejections().total());
      assertEquals(Set.of(), links.peers());
    }
  }

  /** Two ends talk; every datagram is kept. */
  private List<ByteBuffer> talk(Links open, Links other, int messages) {
    List<ByteBuffer> toOpen = new ArrayList<>();
    Set<Integer> heard = new HashSet<>();
    other.connect(tick, OPEN);
    for (int i = 0; i < messages; i++) {
      other.send(tick, OPEN, ByteBuffer.allocate(4).putInt(i).flip());
    }
    for (int round = 0; round < 6; round++) {
      for (ByteBuffer each : sends(other)) {
        toOpen.add(each);
        for (LinkEvent event : open.onDatagram(tick, PEER, each)) {
          if (event instanceof LinkEvent.Received received) {
            assertTrue(heard.add(received.message().getInt(0)), "twice");
          }
        }
      }
      for (ByteBuffer each : sends(open)) {
        other.onDatagram(tick, OPEN, each);
      }
      tick += 1_000_000;
    }
    assertEquals(messages, heard.size());
    return toOpen;
  }

  @Property(tries = 100)
  void shouldHandOnNothingWhenDatagramsOfThisSessionAreReplayed(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Links open = open(seed);
    Links other = new Links(TIMER, LinkConfig.of("DTST"), Keyring.empty(), ~seed);
    List<ByteBuffer> old = talk(open, other, 20);
    for (int i = 0; i < 100; i++) {
      ByteBuffer replayed = old.get(random.nextInt(old.size()));
      assertEquals(List.of(), open.onDatagram(tick, PEER, replayed));
      sends(open).forEach(each -> assertTrue(each.remaining() <= replayed.remaining()));
      tick += random.nextLong(10_000_000);
    }
    assertTrue(open.isConnected(PEER));
    assertEquals(0, open.waiting(PEER));
  }

  @Property(tries = 100)
  void shouldTakeNothingFromFormerLivesWhenTheirDatagramsAreReplayed(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Links open = open(seed);
    List<ByteBuffer> old = talk(open, new Links(TIMER, CONFIG, Keyring.empty(), ~seed), 10);
    boolean isOpenRestarted = random.nextBoolean();
    if (isOpenRestarted) {
      open = open(seed + 1); // forgets all, the stranger's session too
    } else {
      open.forget(PEER);
    }
    for (int i = 0; i < 50; i++) {
      assertEquals(List.of(), open.onDatagram(tick, PEER, old.get(random.nextInt(old.size()))));
      sends(open);
      tick += random.nextLong(10_000_000);
    }
    assertEquals(Set.of(), open.peers(), "a replay makes no link");
    Links next = new Links(TIMER, LinkConfig.of("DTST"), Keyring.empty(), seed ^ 77);
    List<ByteBuffer> fresh = talk(open, next, 10);
    List<ByteBuffer> both = new ArrayList<>(old);
    both.addAll(fresh);
    for (int i = 0; i < 100; i++) {
      assertEquals(List.of(), open.onDatagram(tick, PEER, both.get(random.nextInt(both.size()))));
      sends(open);
      tick += random.nextLong(10_000_000);
    }
    assertTrue(open.isConnected(PEER));
  }

  @Example
  void shouldAdmitOnlyAsManyAsAllowedWhenManyProveThemselves() {
    Links open = open(3);
    for (int i = 0; i <= Links.MAX_LINKS - Links.NAMED_LINKS; i++) {
      PeerId from = PeerId.simulated(1_000 + i);
      open.onDatagram(tick, from, codec.encode(new Hello(5, 6, 0), 0));
      ByteBuffer answer =
          sends(open).stream().filter(each -> each.remaining() == 32).toList().get(0);
      long session = answer.getLong(16);
      long challenge = answer.getLong(8);
      assertEquals(6, answer.getLong(24), "the echo");
      List<LinkEvent> events =
          open.onDatagram(tick, from, codec.encode(new Hello(5, 8, challenge), 0));
      List<ByteBuffer> sent = sends(open);
      if (i < Links.MAX_LINKS - Links.NAMED_LINKS) {
        assertEquals(List.of(new LinkEvent.Connected(from)), events);
        assertEquals(List.of(codec.encode(new Hello(session, 0, 8), 0)), sent);
      } else {
        assertEquals(List.of(), events);
        assertEquals(1, open.rejections().get(Rejection.LIMIT_REACHED));
      }
    }
    assertEquals(Links.MAX_LINKS - Links.NAMED_LINKS, open.peers().size());
  }

  @Example
  void shouldAnswerNobodyWhenStrangersAreNotWanted() {
    Links links = new Links(TIMER, LinkConfig.of("DTST"), Keyring.empty(), 1);
    assertEquals(List.of(), answers(links, codec.encode(new Hello(5, 6, 0), 0)));
    assertEquals(1, links.rejections().get(Rejection.UNKNOWN_PEER));
  }
}
