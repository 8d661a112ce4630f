package dev.coeval.examples.chat;

import dev.coeval.causal.CausalEvent;
import dev.coeval.examples.network.BadNetwork;
import dev.coeval.examples.terminal.CommandFailedException;
import dev.coeval.examples.terminal.CtrlC;
import dev.coeval.examples.terminal.EventLoop;
import dev.coeval.examples.terminal.OutputOptions;
import dev.coeval.examples.terminal.Seeds;
import dev.coeval.sync.machine.PeerId;
import dev.coeval.sync.machine.Report;
import dev.coeval.sync.machine.Switchboard;
import dev.coeval.sync.order.broadcast.BroadcastConfig;
import dev.coeval.sync.order.broadcast.BroadcastNode;
import dev.coeval.sync.order.broadcast.GroupEvent;
import dev.coeval.sync.wire.Keyring;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Three peers in one process, with a slow way from the first to the third. The first two talk, each
 * line in answer to the one before; the third looks on. Every line goes two ways over the same
 * network: as a causal broadcast, and as a plain datagram. Called by the loop's thread, but for
 * what the peers publish.
 */
final class ChatDemo {
  private static final Duration STEP = Duration.ofMillis(20);
  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final long SLOW_NANOS = 1_000_000_000L;
  private static final BadNetwork.Faults USUAL = new BadNetwork.Faults(0, 30_000_000L);

  private static final String ASKS = "ann";
  private static final String ANSWERS = "ben";
  private static final String LOOKS_ON = "eve";

  private static final List<String> SCRIPT =
      List.of(
          "Has anybody seen the cat?",
          "Yes, it is on the roof.",
          "How do we get it down?",
          "With a ladder and some milk.");

  private final EventLoop loop;
  private final DemoView view;
  private final Map<String, Peer> peers = new LinkedHashMap<>();
  private final List<String> plain = new ArrayList<>();
  private final List<String> causal = new ArrayList<>();

  ChatDemo(EventLoop loop, OutputOptions output) {
    this.loop = loop;
    this.view = new DemoView(output);
  }

  /** A peer, its two networks, and how many it knows to be in the group. */
  private static final class Peer {
    final ChatPeer chat;
    final List<BadNetwork> networks;
    int members;

    Peer(ChatPeer chat, List<BadNetwork> networks) {
      this.chat = chat;
      this.networks = networks;
    }

    PeerId id() {
      return PeerId.of(chat.address());
    }
  }

  /** Lets them talk until the one who looks on has seen it all twice. */
  void run(CtrlC ctrlC, Consumer<CausalEvent> history) {
    try {
      open(ASKS, List.of(), history);
      open(ANSWERS, List.of(peer(ASKS).id()), history);
      open(LOOKS_ON, List.of(peer(ANSWERS).id()), history);
      view.opened(List.copyOf(peers.keySet()), SLOW_NANOS);
      loop.run(ctrlC, new EventLoop.Plan(STEP, LIMIT, this::check));
    } finally {
      peers.values().forEach(peer -> peer.chat.close());
    }
    boolean all = plain.size() == SCRIPT.size() && causal.size() == SCRIPT.size();
    view.summary(early(plain), early(causal));
    if (early(causal) > 0) {
      throw CommandFailedException.failure("a reply was shown before what it answers");
    }
    if (!all && !ctrlC.asked()) {
      throw CommandFailedException.failure("not every line has arrived in time");
    }
  }

  private void open(String name, List<PeerId> contacts, Consumer<CausalEvent> history) {
    BroadcastNode node =
        BroadcastNode.causal(
            ChatPeer.OWNER, BroadcastConfig.joining(name, contacts), Keyring.empty(), Seeds.next());
    BadNetwork one = new BadNetwork(ChatPeer.OWNER, node, USUAL, Seeds.next());
    BadNetwork other = new BadNetwork(PlainChat.OWNER, new PlainChat(), USUAL, Seeds.next());
    Switchboard board =
        new Switchboard()
            .add(ChatPeer.OWNER, node::claims, one)
            .add(PlainChat.OWNER, first -> first == PlainChat.FIRST_BYTE, other);
    Consumer<Report> heard = report -> loop.post(() -> hear(name, report));
    ChatPeer chat =
        ChatPeer.open(
            node,
            board,
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            new ChatPeer.Listeners(heard, history));
    peers.put(name, new Peer(chat, List.of(one, other)));
  }

  private Peer peer(String name) {
    Peer peer = peers.get(name);
    if (peer == null) {
      throw new IllegalArgumentException("no such peer: " + name);
    }
    return peer;
  }

  private void hear(String name, Report report) {
    if (report instanceof GroupEvent.Joined joined) {
      peer(name).members += joined.members().size();
      beginOnceComplete();
    } else if (report instanceof GroupEvent.MemberJoined) {
      peer(name).members++;
      beginOnceComplete();
    } else if (report instanceof ChatPeer.Said said) {
      shown(name, said);
    } else if (report instanceof PlainChat.Arrived arrived && name.equals(LOOKS_ON)) {
      plain.add(arrived.text());
      view.plain(loop.elapsedNanos(), author(arrived.text()), arrived.text());
      endOnceComplete();
    }
  }

  private void beginOnceComplete() {
    if (peers.values().stream().allMatch(peer -> peer.members == peers.size())) {
      PeerId slow = peer(ASKS).id();
      Peer onlooker = peer(LOOKS_ON);
      onlooker
          .chat
          .runtime()
          .submit(
              now -> {
                onlooker.networks.forEach(network -> network.slowDown(slow, SLOW_NANOS));
                loop.post(() -> say(0));
                return List.of();
              });
    }
  }

  private void shown(String name, ChatPeer.Said said) {
    if (name.equals(LOOKS_ON)) {
      causal.add(said.text());
      view.causal(loop.elapsedNanos(), said);
      endOnceComplete();
    }
    int next = SCRIPT.indexOf(said.text()) + 1;
    if (next > 0 && next < SCRIPT.size() && name.equals(author(SCRIPT.get(next)))) {
      say(next);
    }
  }

  private void say(int number) {
    String line = SCRIPT.get(number);
    Peer author = peer(author(line));
    List<PeerId> others =
        peers.values().stream().filter(peer -> peer != author).map(Peer::id).toList();
    author.chat.runtime().submit(now -> PlainChat.say(others, line));
    author.chat.say(line, answer -> {});
  }

  /** They talk in turn. */
  private static String author(String line) {
    return SCRIPT.indexOf(line) % 2 == 0 ? ASKS : ANSWERS;
  }

  /** How many lines came before the one that they answer. */
  private static int early(List<String> lines) {
    int early = 0;
    for (String line : lines) {
      int answered = SCRIPT.indexOf(line) - 1;
      if (answered >= 0 && !lines.subList(0, lines.indexOf(line)).contains(SCRIPT.get(answered))) {
        early++;
      }
    }
    return early;
  }

  private void endOnceComplete() {
    if (plain.size() == SCRIPT.size() && causal.size() == SCRIPT.size()) {
      loop.finish();
    }
  }

  private void check() {
    peers.values().forEach(peer -> peer.chat.check());
  }
}
