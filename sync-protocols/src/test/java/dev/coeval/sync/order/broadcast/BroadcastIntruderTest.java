package dev.coeval.sync.order.broadcast;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coeval.causal.BroadcastStamp;
import dev.coeval.logical.vector.VectorTimestamp;
import dev.coeval.sync.machine.PeerId;
import dev.coeval.sync.measure.Rejection;
import dev.coeval.sync.order.Liars;
import dev.coeval.sync.order.link.LinkConfig;
import dev.coeval.sync.order.link.Links;
import dev.coeval.sync.wire.Decoded;
import dev.coeval.sync.wire.Keyring;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What somebody says who is not in the group, or is and lies, one attack each. */
final class BroadcastIntruderTest {
  private static final PeerId MEMBER = PeerId.simulated(1);
  private static final PeerId STRANGER = PeerId.simulated(2);
  private static final LinkConfig LINK = LinkConfig.of("DCBC");

  private BroadcastNode node;
  private Liars liars;

  /** A node that founds a group, and a member "x". */
  private void found(PeerId... peers) {
    node = BroadcastNode.causal("b", BroadcastConfig.founding("n"), Keyring.empty(), 1);
    liars = new Liars(node, LINK, List.of(peers), 1);
    liars.say(MEMBER, GroupCodec.encode(new GroupMessage.Ask("x")));
    assertTrue(members().contains("x"));
  }

  private Set<String> members() {
    return node.node().group().buffer().members();
  }

  private static ByteBuffer cast(long counter, VectorTimestamp vector, Content content) {
    BroadcastStamp stamp = new BroadcastStamp("x", vector);
    return GroupCodec.cast(stamp, counter, content).orElseThrow().bytes().duplicate();
  }

  private static ByteBuffer payload(long counter) {
    Content content = new Content.Payload(ByteBuffer.allocate(4));
    return cast(counter, VectorTimestamp.of(Map.of("x", 1L)), content);
  }

  private long delivered() {
    return liars.reports.stream().filter(GroupEvent.Delivered.class::isInstance).count();
  }

  @Test
  void shouldDeliverNothingThatStrangerSaysInMembersName() {
    found(MEMBER, STRANGER);
    liars.say(STRANGER, payload(5));
    assertEquals(0, delivered());
    liars.say(MEMBER, payload(5));
    assertEquals(1, delivered());
  }

  @Test
  void shouldLetNoMemberGoWhenStrangerSaysThatItIsGone() {
    found(MEMBER, STRANGER);
    for (String actor : List.of("x", "s")) {
      for (Map<String, Long> frozen : List.of(Map.<String, Long>of(), Map.of("x", 3L))) {
        Map<String, Long> finals = frozen.isEmpty() ? Map.of("x", 0L) : Map.of();
        Set<String> view = Set.of(node.node().group().self());
        liars.say(
            STRANGER,
            GroupCodec.encode(new GroupMessage.Stance(actor, true, view, frozen, finals)));
        liars.pass();
      }
    }
    assertTrue(members().contains("x"));
    liars.say(MEMBER, payload(5));
    assertEquals(1, delivered());
  }

  @Test
  void shouldKeepFewStancesWhenStrangerInventsActors() {
    found(MEMBER, STRANGER);
    Set<String> view = Set.of(node.node().group().self());
    for (int i = 0; i < 500; i++) {
      Map<String, Long> frozen = Map.of("x", 1L);
      liars.say(
          STRANGER,
          GroupCodec.encode(new GroupMessage.Stance("i" + i, false, view, frozen, Map.of())));
    }
    assertEquals(Group.MAX_NAMED, node.node().group().stances());
    assertEquals(500 - Group.MAX_NAMED, node.rejections().get(Rejection.LIMIT_REACHED));
  }

  @Test
  void shouldStandWhenMemberTakesInMoreThanThereMayBe() {
    found(MEMBER);
    for (int i = 1; i <= 700; i++) {
      Content join = new Content.Join("a-rather-long-name.%06d".formatted(i), MEMBER);
      liars.say(MEMBER, cast(i, VectorTimestamp.of(Map.of("x", (long) i)), join));
      liars.pass();
    }
    assertTrue(members().size() > 2);
    for (int i = 0; i < 100; i++) {
      liars.pass();
    }
    liars.command(now -> node.remove(now, members()));
    for (int i = 0; i < 100; i++) {
      liars.pass();
    }
  }

  @Test
  void shouldSpeakOnWhenMemberClaimsTheGreatestCounter() {
    found(MEMBER);
    for (long counter : new long[] {Long.MAX_VALUE, Long.MAX_VALUE - 1, 1L << 62}) {
      liars.say(MEMBER, payload(counter));
    }
    assertEquals(0, delivered());
    liars.command(now -> node.broadcast(now, ByteBuffer.allocate(1), answer -> {}));
    assertEquals(1, delivered());
  }

  @Test
  void shouldNotJoinWhenContactClaimsTheGreatestCounter() {
    BroadcastConfig config = BroadcastConfig.joining("n", List.of(MEMBER));
    node = BroadcastNode.causal("b", config, Keyring.empty(), 1);
    liars = new Liars(node, LINK, List.of(MEMBER), 1);
    String actor = null;
    for (ByteBuffer each : liars.heard(MEMBER)) {
      if (GroupCodec.decode(each) instanceof Decoded.Value<GroupMessage> good
          && good.value() instanceof GroupMessage.Ask ask) {
        actor = ask.actor();
      }
    }
    GroupMessage.Entry sponsor = new GroupMessage.Entry("x", 1, Long.MAX_VALUE, false, null);
    liars.say(
        MEMBER,
        GroupCodec.encode(new GroupMessage.Welcome(actor, Long.MAX_VALUE, true, List.of(sponsor))));
    liars.command(now -> node.broadcast(now, ByteBuffer.allocate(1), answer -> {}));
    assertNull(node.node().group());
  }

  @Test
  void shouldHaveLinksForPeersItNamesAndForgetStrangersThatFallSilentWhenItJoins() {
    List<PeerId> crowd = new ArrayList<>();
    for (int i = 0; i < Links.MAX_LINKS + 10; i++) {
      crowd.add(PeerId.simulated(100 + i));
    }
    List<PeerId> all = new ArrayList<>(crowd);
    all.add(MEMBER);
    BroadcastConfig config = BroadcastConfig.joining("n", List.of(MEMBER));
    node = BroadcastNode.causal("b", config, Keyring.empty(), 1);
    liars = new Liars(node, LINK, all, 1);
    Set<PeerId> linked = node.node().links().peers();
    assertTrue(linked.size() <= Links.MAX_LINKS - Links.NAMED_LINKS + 1, linked::toString);
    crowd.forEach(liars::mute);
    for (int i = 0; i < 800; i++) {
      liars.pass();
    }
    assertEquals(Set.of(MEMBER), node.node().links().peers());
  }

  /** The newcomer's first report comes before the news of its joining. */
  @Test
  void shouldHaveAllStableWhenReportCameBeforeItsSenderWasKnown() {
    Room room = new Room(1, 3, false);
    room.seats.get(0).start(List.of());
    room.seats.get(1).start(List.of(room.seats.get(0)));
    room.simulation.runFor(Duration.ofSeconds(3));
    room.simulation.cut(room.seats.get(0).node, room.seats.get(1).node, true);
    room.seats.get(2).start(List.of(room.seats.get(0)));
    room.simulation.runFor(Duration.ofMillis(900));
    assertTrue(room.seats.get(1).machine.rejections().get(Rejection.UNKNOWN_PEER) > 0);
    room.simulation.cut(room.seats.get(0).node, room.seats.get(1).node, false);
    room.assertQuiet(Duration.ofSeconds(20));
    assertEquals(3, room.present().size());
  }
}
