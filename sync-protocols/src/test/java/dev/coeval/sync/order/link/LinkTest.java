package dev.coeval.sync.order.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coeval.sync.machine.Action;
import dev.coeval.sync.machine.PeerId;
import dev.coeval.sync.machine.TimerId;
import dev.coeval.sync.measure.Rejection;
import dev.coeval.sync.order.link.LinkConfig.Timing;
import dev.coeval.sync.order.link.LinkFrame.Ack;
import dev.coeval.sync.order.link.LinkFrame.Data;
import dev.coeval.sync.order.link.LinkFrame.Hello;
import dev.coeval.sync.order.link.LinkFrame.Receipt;
import dev.coeval.sync.wire.Decoded;
import dev.coeval.sync.wire.Keyring;
import dev.coeval.sync.wire.SharedKey;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** One end, and the other played by hand: when what is sent, and what counts. */
final class LinkTest {
  private static final long MS = 1_000_000;
  private static final Timing TIMING =
      new Timing(20 * MS, 200 * MS, 1_000 * MS, 500 * MS, 2_000 * MS);
  private static final LinkConfig CONFIG = LinkConfig.of("DTST").with(TIMING);
  private static final TimerId TIMER = new TimerId("test", 0, 0);
  private static final PeerId PEER = PeerId.simulated(2);
  private static final long THEIRS = 0x7777;

  private Keyring keys = Keyring.empty();
  private LinkCodec codec = new LinkCodec("DTST", keys);
  private Links links = new Links(TIMER, CONFIG, keys, 1);
  private long tick = 5_000 * MS;
  private long timerTick = -1;
  private long ours;

  /** What this end sends now, decoded; all to the one peer. */
  private List<LinkFrame> sent() {
    List<LinkFrame> frames = new ArrayList<>();
    for (Action action : links.takeActions(tick)) {
      if (action instanceof Action.Send send) {
        assertTrue(codec.decode(send.payload()) instanceof Decoded.Value);
        Decoded.Value<LinkCodec.Keyed> good =
            (Decoded.Value<LinkCodec.Keyed>) codec.decode(send.payload());
        assertEquals(keys.primaryId(), good.value().keyId());
        frames.add(good.value().frame());
      } else if (action instanceof Action.SetTimer set) {
        timerTick = set.atTickNanos();
      }
    }
    return frames;
  }

  private <T extends LinkFrame> T first(Class<T> type) {
    return sent().stream().filter(type::isInstance).map(type::cast).findFirst().orElseThrow();
  }

  private List<LinkEvent> hear(LinkFrame frame) {
    return links.onDatagram(tick, PEER, codec.encode(frame, keys.primaryId()));
  }

  private List<LinkEvent> waitFor(long nanos) {
    tick += nanos;
    return links.onTimer(tick, TIMER);
  }

  private Admission say(int number) {
    return links.send(tick, PEER, ByteBuffer.allocate(1).put((byte) number).flip());
  }

  private Data data(long number) {
    return new Data(
        THEIRS, ours, new Receipt(0, 0), number, ByteBuffer.allocate(1).put((byte) number).flip());
  }

  private Ack ack(long upTo, long beyond) {
    return new Ack(THEIRS, ours, new Receipt(upTo, beyond));
  }

  private Hello challenge() {
    links.connect(tick, PEER);
    List<LinkFrame> asked = sent();
    assertEquals(1, asked.size());
    Hello hello = (Hello) asked.get(0);
    assertTrue(hello.challenge() != 0 && hello.echo() == 0);
    return hello;
  }

  private void connect() {
    Hello hello = challenge();
    ours = hello.session();
    assertEquals(
        List.of(new LinkEvent.Connected(PEER)), hear(new Hello(THEIRS, 0, hello.challenge())));
  }

  private void assertRejected(Rejection reason, int times) {
    assertEquals(times, links.rejections().get(reason), reason::toString);
  }

  @Test
  void shouldLetMessagesWaitWhenPeerHasNotAnswered() {
    Hello hello = challenge();
    ours = hello.session();
    assertEquals(Admission.ACCEPTED, say(1));
    assertEquals(Admission.ACCEPTED, say(2));
    assertEquals(List.of(), sent());
    assertFalse(links.isConnected(PEER));
    hear(new Hello(THEIRS, 0, hello.challenge() ^ 1));
    assertFalse(links.isConnected(PEER));
    assertRejected(Rejection.UNREQUESTED, 1);
    hear(new Hello(THEIRS, 0, hello.challenge()));
    List<LinkFrame> frames = sent();
    assertEquals(List.of(1L, 2L), frames.stream().map(each -> ((Data) each).number()).toList());
    assertTrue(links.isConnected(PEER));
    assertEquals(2, links.unacknowledged(PEER));
  }

  /** The other end may keep nothing until it has its echo: messages before that would be lost. */
  @Test
  void shouldEchoBeforeItSendsWhatWaitedWhenPeerAsksBack() {
    Hello hello = challenge();
    say(1);
    hear(new Hello(THEIRS, 98, hello.challenge()));
    List<LinkFrame> frames = sent();
    assertEquals(new Hello(hello.session(), 0, 98), frames.get(0));
    assertEquals(1, ((Data) frames.get(1)).number());
  }

  @Test
  void shouldAskAgainWithTheSameChallengeAndDoublingPausesWhenNobodyAnswers() {
    Hello hello = challenge();
    assertEquals(tick + 200 * MS, timerTick);
    for (long pause : new long[] {200, 400, 800, 1_000, 1_000}) {
      waitFor(pause * MS - 1);
      assertEquals(List.of(), sent());
      waitFor(1);
      assertEquals(List.of(hello), sent());
    }
  }

  @Test
  void shouldEchoAndAskBackWhenPeerThatIsNotProvenAsks() {
    Hello hello = challenge();
    assertEquals(List.of(), hear(new Hello(THEIRS, 99, 0)));
    assertEquals(List.of(new Hello(hello.session(), hello.challenge(), 99)), sent());
    hear(new Hello(THEIRS, 98, hello.challenge()));
    assertEquals(List.of(new Hello(hello.session(), 0, 98)), sent());
    hear(new Hello(THEIRS, 97, 0));
    assertEquals(List.of(new Hello(hello.session(), 0, 97)), sent());
    assertRejected(Rejection.UNREQUESTED, 0);
    hear(new Hello(THEIRS, 0, hello.challenge()));
    assertRejected(Rejection.UNREQUESTED, 1);
  }

  @Test
  void shouldSendAgainWithDoublingPausesWhenNothingIsAcknowledged() {
    connect();
    say(1);
    assertEquals(1, sent().size());
    long[] pauses = {200, 400, 800, 1_000, 1_000};
    for (long pause : pauses) {
      waitFor(pause * MS - 1);
      assertEquals(0, sent().stream().filter(Data.class::isInstance).count());
      assertEquals(tick + 1, timerTick);
      waitFor(1);
      assertEquals(1, sent().stream().filter(Data.class::isInstance).count());
    }
    hear(ack(1, 0));
    assertEquals(0, links.unacknowledged(PEER));
    waitFor(1_000 * MS);
    assertEquals(0, sent().stream().filter(Data.class::isInstance).count());
  }

  /** Karn: only what was sent once measures a round trip, from its first sending on. */
  @Test
  void shouldMeasureOnlyWhatWasSentOnceWhenAcknowledged() {
    connect();
    say(1);
    sent();
    waitFor(200 * MS);
    sent();
    hear(ack(1, 0));
    say(2);
    sent();
    assertEquals(tick + 200 * MS, timerTick, "no measurement yet");
    tick += 40 * MS;
    hear(ack(2, 0));
    say(3);
    sent();
    assertEquals(tick + (40 + 4 * 20) * MS, timerTick);
  }

  @Test
  void shouldSendAgainAtOnceWhenThreeLaterOnesHaveArrived() {
    connect();
    for (int i = 1; i <= 4; i++) {
      say(i);
    }
    sent();
    hear(ack(0, 0b11));
    assertEquals(List.of(), sent());
    hear(ack(0, 0b111));
    List<LinkFrame> again = sent();
    assertEquals(List.of(1L), again.stream().map(each -> ((Data) each).number()).toList());
    say(5);
    sent();
    hear(ack(0, 0b1111));
    assertEquals(List.of(), sent(), "once is enough, then the clock decides");
  }

  @Test
  void shouldAcknowledgeOnceAnEventAndNotBesideDataWhenMessagesArrive() {
    connect();
    List<LinkEvent> events = hear(data(1));
    hear(data(3));
    assertEquals(1, events.size());
    assertEquals(List.of(new Ack(ours, THEIRS, new Receipt(1, 1))), sent());
    assertEquals(List.of(), sent());
    hear(data(2));
    say(1);
    List<LinkFrame> frames = sent();
    assertEquals(1, frames.size());
    assertEquals(new Receipt(3, 0), ((Data) frames.get(0)).receipt());
    hear(data(2));
    assertRejected(Rejection.UNREQUESTED, 1);
    assertEquals(1, sent().size(), "the acknowledgement may have been lost");
    hear(data(3 + 65));
    assertRejected(Rejection.LIMIT_REACHED, 1);
  }

  @Test
  void shouldProbeAndThenSayOnceThatPeerIsSilentWhenNothingIsHeard() {
    connect();
    assertEquals(List.of(), sent());
    assertEquals(tick + 500 * MS, timerTick);
    assertEquals(List.of(), waitFor(500 * MS - 1));
    assertEquals(List.of(), sent());
    waitFor(1);
    assertEquals(1, sent().size());
    assertEquals(List.of(), waitFor(1_500 * MS - 1));
    assertFalse(links.isSilent(PEER));
    sent();
    assertEquals(tick + 1, timerTick);
    assertEquals(List.of(new LinkEvent.Silent(PEER)), waitFor(1));
    assertTrue(links.isSilent(PEER));
    assertEquals(List.of(), waitFor(3_000 * MS));
    assertEquals(List.of(new LinkEvent.HeardAgain(PEER)), hear(data(1)).subList(0, 1));
    assertFalse(links.isSilent(PEER));
  }

  @Test
  void shouldStaySilentWhenOnlyReplaysCome() {
    connect();
    say(1);
    hear(data(1));
    hear(ack(1, 0));
    waitFor(2_000 * MS);
    assertTrue(links.isSilent(PEER));
    sent();
    assertEquals(List.of(), hear(data(1)));
    assertEquals(List.of(), hear(ack(1, 0)));
    assertEquals(List.of(), hear(new Hello(THEIRS, 5, 0)));
    assertTrue(links.isSilent(PEER));
  }

  @Test
  void shouldBeHeardWhenProbeIsAnsweredOrMessageAcknowledged() {
    connect();
    waitFor(500 * MS);
    Hello probe = (Hello) sent().get(0);
    assertEquals(List.of(), hear(new Hello(THEIRS, 0, probe.challenge())));
    assertEquals(List.of(), sent());
    assertEquals(tick + 500 * MS, timerTick);
    waitFor(400 * MS);
    say(1);
    sent();
    hear(ack(1, 0));
    sent();
    assertEquals(tick + 500 * MS, timerTick);
    waitFor(2_000 * MS);
    assertTrue(links.isSilent(PEER));
    Hello again = (Hello) sent().get(0);
    assertTrue(again.challenge() != probe.challenge(), "each question is new");
    assertEquals(
        List.of(new LinkEvent.HeardAgain(PEER)), hear(new Hello(THEIRS, 0, again.challenge())));
  }

  @Test
  void shouldRefuseAndAskWhenFrameIsOfAnotherSession() {
    connect();
    say(1);
    sent();
    waitFor(100 * MS);
    for (LinkFrame stale :
        List.of(
            new Ack(THEIRS + 1, ours, new Receipt(1, 0)),
            new Ack(THEIRS, ours + 1, new Receipt(1, 0)),
            new Data(THEIRS + 1, ours, new Receipt(1, 0), 1, ByteBuffer.allocate(1)))) {
      assertEquals(List.of(), hear(stale));
    }
    assertRejected(Rejection.STALE, 3);
    assertEquals(1, links.unacknowledged(PEER));
    assertEquals(1, sent().stream().filter(Hello.class::isInstance).count(), "once, not thrice");
    tick += 20 * MS - 1;
    hear(new Ack(THEIRS + 1, ours, new Receipt(1, 0)));
    assertEquals(List.of(), sent());
    tick++;
    hear(new Ack(THEIRS + 1, ours, new Receipt(1, 0)));
    assertEquals(1, sent().size());
  }

  @Test
  void shouldRefuseReceiptsWithWhatTheyCarryWhenTheyCannotBe() {
    connect();
    say(1);
    sent();
    Data lie = new Data(THEIRS, ours, new Receipt(2, 0), 1, ByteBuffer.allocate(1));
    assertEquals(List.of(), hear(lie));
    assertRejected(Rejection.INCONSISTENT, 1);
    assertEquals(1, links.unacknowledged(PEER));
    assertEquals(List.of(), sent());
  }

  @Test
  void shouldBeginAnewAndGiveBackWhatWaitsWhenPeerWasRestarted() {
    connect();
    hear(data(1));
    hear(data(3));
    say(1);
    say(2);
    say(3);
    sent();
    hear(ack(0, 0b1));
    waitFor(2_000 * MS);
    Hello probe = first(Hello.class);
    LinkEvent.Restarted event =
        (LinkEvent.Restarted) hear(new Hello(THEIRS + 1, 0, probe.challenge())).get(0);
    assertEquals(
        List.of((byte) 1, (byte) 3),
        event.unacknowledged().stream().map(each -> each.get(0)).toList());
    assertEquals(List.of(), sent());
    assertEquals(tick + 500 * MS, timerTick);
    assertFalse(links.isSilent(PEER));
    assertEquals(0, links.unacknowledged(PEER) + links.waiting(PEER));
    hear(data(2));
    assertRejected(Rejection.STALE, 1);
    say(4);
    Data first = first(Data.class);
    assertEquals(1, first.number());
    assertEquals(THEIRS + 1, first.to());
    assertEquals(new Receipt(0, 0), first.receipt());
  }

  @Test
  void shouldOweNoAcknowledgementToTheNextLifeWhenRestartIsNoticedInTheSameEvent() {
    connect();
    sent();
    waitFor(500 * MS);
    Hello probe = (Hello) sent().get(0);
    hear(data(1));
    hear(new Hello(THEIRS + 1, 0, probe.challenge()));
    assertEquals(List.of(), sent());
  }

  @Test
  void shouldSayWhyNotWhenMessageIsNotTaken() {
    assertEquals(Admission.NOT_LINKED, say(1));
    connect();
    assertEquals(
        Admission.TOO_LONG,
        links.send(tick, PEER, ByteBuffer.allocate(Links.MAX_MESSAGE_BYTES + 1)));
    assertEquals(
        Admission.ACCEPTED, links.send(tick, PEER, ByteBuffer.allocate(Links.MAX_MESSAGE_BYTES)));
    for (int i = 2; i <= LinkConfig.MAX_WINDOW_MESSAGES; i++) {
      assertEquals(Admission.ACCEPTED, say(i));
    }
    assertEquals(Admission.WINDOW_FULL, say(65));
    assertEquals(64, links.unacknowledged(PEER));
    links.forget(PEER);
    assertEquals(Admission.NOT_LINKED, say(1));
    assertEquals(0, links.unacknowledged(PEER) + links.waiting(PEER));
  }

  @Test
  void shouldMakeNoMoreLinksThanAllowedWhenMoreAreAsked() {
    for (int i = 0; i < Links.MAX_LINKS; i++) {
      assertTrue(links.connect(tick, PeerId.simulated(100 + i)));
    }
    assertFalse(links.connect(tick, PEER));
    assertTrue(links.connect(tick, PeerId.simulated(100)), "it is there already");
    assertEquals(Links.MAX_LINKS, links.peers().size());
  }

  @Test
  void shouldKeepCopyWhenSenderUsesItsBufferAgain() {
    connect();
    ByteBuffer shared = ByteBuffer.allocate(1).put((byte) 1).flip();
    links.send(tick, PEER, shared);
    assertEquals(0, shared.position());
    shared.put(0, (byte) 9);
    sent();
    waitFor(200 * MS);
    Data again = (Data) sent().get(0);
    assertEquals(1, again.message().get(again.message().position()));
  }

  @Test
  void shouldDoNothingWhenTimerIsAnothers() {
    challenge();
    tick += 10_000 * MS;
    assertEquals(List.of(), links.onTimer(tick, new TimerId("test", 1, 0)));
    assertEquals(List.of(), sent());
  }

  @Test
  void shouldAnswerUnderTheKeyOfTheQuestionWhenThereAreMany() {
    keys =
        Keyring.required(
            List.of(
                SharedKey.ofText(1, "the first of two keys"),
                SharedKey.ofText(2, "the other of two keys")));
    codec = new LinkCodec("DTST", keys);
    links = new Links(TIMER, CONFIG, keys, 1);
    connect();
    links.onDatagram(tick, PEER, codec.encode(new Hello(THEIRS, 5, 0), 2));
    List<Integer> keyIds = new ArrayList<>();
    for (Action action : links.takeActions(tick)) {
      if (action instanceof Action.Send send) {
        assertTrue(codec.decode(send.payload()) instanceof Decoded.Value);
        keyIds.add(((Decoded.Value<LinkCodec.Keyed>) codec.decode(send.payload())).value().keyId());
      }
    }
    assertEquals(List.of(2), keyIds);
    links.onDatagram(tick, PEER, new LinkCodec("DTST", Keyring.empty()).encode(ack(0, 0), 0));
    assertRejected(Rejection.NOT_AUTHENTICATED, 1);
  }
}
