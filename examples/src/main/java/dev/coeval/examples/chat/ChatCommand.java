package dev.coeval.examples.chat;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.coeval.causal.CausalEvent;
import dev.coeval.examples.network.BadNetwork;
import dev.coeval.examples.network.Hosts;
import dev.coeval.examples.network.KeyOptions;
import dev.coeval.examples.network.NetworkFaultOptions;
import dev.coeval.examples.network.TraceFile;
import dev.coeval.examples.network.TraceOption;
import dev.coeval.examples.terminal.CommandFailedException;
import dev.coeval.examples.terminal.CtrlC;
import dev.coeval.examples.terminal.DurationOption;
import dev.coeval.examples.terminal.EventLoop;
import dev.coeval.examples.terminal.OutputOptions;
import dev.coeval.examples.terminal.Seeds;
import dev.coeval.sync.machine.PeerId;
import dev.coeval.sync.machine.Switchboard;
import dev.coeval.sync.order.broadcast.BroadcastConfig;
import dev.coeval.sync.order.broadcast.BroadcastNode;
import java.io.InputStreamReader;
import java.io.Reader;
import java.net.InetSocketAddress;
import java.nio.charset.Charset;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code coeval chat}: a conversation across hosts, in causal order. */
@Command(
    name = "chat",
    description = {
      "Talk across hosts, without a server: no reply is ever shown before what it answers.",
      "The first peer names no other; each of the rest names one or some with --peer. Every line is"
          + " shown with its vector stamp: how many lines of whom its author had seen. Ctrl-C, the"
          + " end of the input, or /quit leaves."
    },
    mixinStandardHelpOptions = true)
public final class ChatCommand implements Runnable {
  private static final int CHAT_PORT = 12_400;
  private static final int MAX_PORT = 65_535;
  private static final BadNetwork.Faults NONE = new BadNetwork.Faults(0, 0);

  private final @Nullable Reader input;

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = "Who you are, up to 16 bytes (default: your login name).")
  private String name = System.getProperty("user.name", "somebody");

  @Option(
      names = "--listen",
      paramLabel = "P",
      description = "The port of this peer; 0 for any free one (default: ${DEFAULT-VALUE}).")
  private int listen = CHAT_PORT;

  @Option(
      names = "--bind",
      paramLabel = "ADDR",
      description = "An address of this host to listen at (default: all, ${DEFAULT-VALUE}).")
  private String bind = "0.0.0.0";

  @Option(
      names = "--peer",
      paramLabel = "PEER",
      arity = "1..*",
      description = "Who is there already, HOST[:PORT]; port 12400 if none is given.")
  private List<String> peers = new ArrayList<>();

  @Option(
      names = "--demo",
      description = {
        "Show it with three peers in this process, over loopback with a slow way between"
            + " two, beside the same lines as plain datagrams. Takes --trace and --json."
      })
  private boolean demo;

  @Mixin private NetworkFaultOptions faults = new NetworkFaultOptions();
  @Mixin private KeyOptions keys = new KeyOptions();
  @Mixin private DurationOption duration = new DurationOption();
  @Mixin private TraceOption trace = new TraceOption();
  @Mixin private OutputOptions output = new OutputOptions();

  /** Made by picocli. */
  public ChatCommand() {
    this.input = null;
  }

  /** For tests. */
  ChatCommand(Reader input) {
    this.input = input;
  }

  @Override
  public void run() {
    try (CtrlC ctrlC = new CtrlC();
        TraceFile file = trace.open()) {
      Consumer<CausalEvent> history = file == null ? event -> {} : file::add;
      EventLoop loop = new EventLoop(output);
      if (demo) {
        checkAlone();
        new ChatDemo(loop, output).run(ctrlC, history);
      } else {
        talk(loop, ctrlC, history);
      }
      if (file != null) {
        file.check();
      }
    }
  }

  private void checkAlone() {
    if (!peers.isEmpty()) {
      throw CommandFailedException.usage("--demo brings its own peers: leave out --peer");
    }
  }

  private void talk(EventLoop loop, CtrlC ctrlC, Consumer<CausalEvent> history) {
    InetSocketAddress address = address();
    BroadcastNode node =
        BroadcastNode.causal(ChatPeer.OWNER, config(), keys.keyring(), Seeds.next());
    BadNetwork network = new BadNetwork(ChatPeer.OWNER, node, faults.faults(NONE), Seeds.next());
    Switchboard board = new Switchboard().add(ChatPeer.OWNER, node::claims, network);
    Duration limit = duration.get();
    ChatView view = new ChatView(output);
    ChatSession session = new ChatSession(loop, view, String.join(", ", peers));
    ChatPeer.Listeners listeners = new ChatPeer.Listeners(session::hear, history);
    try (ChatPeer peer = ChatPeer.open(node, board, address, listeners)) {
      view.opened(peer.address());
      session.run(peer, reader(), ctrlC, limit);
    }
  }

  private BroadcastConfig config() {
    int bytes = name.getBytes(UTF_8).length;
    boolean plain = name.chars().noneMatch(c -> Character.isWhitespace(c) || c == '.' || c == '/');
    if (bytes < 1 || bytes > BroadcastConfig.MAX_NAME_BYTES || !ChatView.plain(name).equals(name)) {
      throw CommandFailedException.usage(
          "--name is not 1 to 16 bytes of plain text: '" + name + "'");
    }
    if (!plain) {
      throw CommandFailedException.usage("--name has a space, a dot or a slash: '" + name + "'");
    }
    List<PeerId> contacts = Hosts.resolve(peers, CHAT_PORT, BroadcastConfig.MAX_MEMBERS);
    return BroadcastConfig.joining(name, contacts);
  }

  private InetSocketAddress address() {
    if (listen < 0 || listen > MAX_PORT) {
      throw CommandFailedException.usage("--listen is not in 0 to 65535: " + listen);
    }
    return Hosts.bind(bind, listen);
  }

  private Reader reader() {
    Reader given = input;
    if (given != null) {
      return given;
    }
    String encoding = System.getProperty("native.encoding", "UTF-8");
    Charset charset = Charset.isSupported(encoding) ? Charset.forName(encoding) : UTF_8;
    boolean complete = charset.canEncode() && charset.newEncoder().canEncode("±µ");
    return new InputStreamReader(System.in, complete ? charset : UTF_8);
  }
}
