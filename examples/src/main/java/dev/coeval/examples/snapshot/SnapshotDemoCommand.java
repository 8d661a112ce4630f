package dev.coeval.examples.snapshot;

import dev.coeval.causal.CausalEvent;
import dev.coeval.examples.network.BadNetwork.Faults;
import dev.coeval.examples.network.NetworkFaultOptions;
import dev.coeval.examples.network.TraceFile;
import dev.coeval.examples.network.TraceOption;
import dev.coeval.examples.terminal.CommandFailedException;
import dev.coeval.examples.terminal.CtrlC;
import dev.coeval.examples.terminal.EventLoop;
import dev.coeval.examples.terminal.OutputOptions;
import dev.coeval.sync.order.snapshot.SnapshotAlgorithm;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code coeval snapshot-demo}: a bank that is photographed while its money moves. */
@Command(
    name = "snapshot-demo",
    description = {
      "Watch a bank's money being counted while it moves, over real UDP on this machine.",
      "The network loses a tenth and delays by up to 40ms, and one branch is killed and restarted;"
          + " yet in every snapshot the money in the accounts and that on the way make the same"
          + " sum. Beside it stands what one gets who just asks."
    },
    mixinStandardHelpOptions = true)
public final class SnapshotDemoCommand implements Runnable {
  private static final Duration STEP = Duration.ofMillis(20);
  private static final Faults USUAL = new Faults(0.1, Duration.ofMillis(40).toNanos());
  private static final Duration MIN_DURATION = Duration.ofSeconds(2);
  private static final Duration MAX_DURATION = Duration.ofHours(1);
  private static final long MIN_INTERVAL_MILLIS = 100;
  private static final long MAX_INTERVAL_MILLIS = 60_000;

  @Option(
      names = "--nodes",
      paramLabel = "N",
      description = "How many branches, 2 to 16 (default: ${DEFAULT-VALUE}).")
  private int nodes = 5;

  @Option(
      names = "--duration",
      paramLabel = "TIME",
      description = "How long money moves, 2s to 1h (default: 15s).")
  private Duration duration = Duration.ofSeconds(15);

  @Option(
      names = "--interval",
      paramLabel = "MS",
      description = "From snapshot to snapshot, in milliseconds (default: ${DEFAULT-VALUE}).")
  private long intervalMillis = 1000;

  @Option(
      names = "--algorithm",
      paramLabel = "NAME",
      description = "chandy-lamport or lai-yang (default: ${DEFAULT-VALUE}).")
  private String algorithm = "chandy-lamport";

  @Option(
      names = "--seed",
      paramLabel = "S",
      description = "Chooses the transfers, and who is killed (default: ${DEFAULT-VALUE}).")
  private long seed = 1;

  @Mixin private NetworkFaultOptions faults = new NetworkFaultOptions();
  @Mixin private TraceOption trace = new TraceOption();
  @Mixin private OutputOptions output = new OutputOptions();

  /** Made by picocli. */
  public SnapshotDemoCommand() {}

  @Override
  public void run() {
    check();
    SnapshotAlgorithm chosen = algorithm();
    Faults bad = faults.faults(USUAL);
    try (CtrlC ctrlC = new CtrlC();
        TraceFile file = trace.open();
        Bank bank = new Bank(nodes, chosen, bad)) {
      Consumer<CausalEvent> history = file == null ? event -> {} : file::add;
      EventLoop loop = new EventLoop(output);
      SnapshotView view = new SnapshotView(output, bank.money());
      List<BranchNode> branches = bank.branches(history);
      SnapshotDemo demo = new SnapshotDemo(plan(), loop, view, branches);
      demo.open();
      view.opened(branches.stream().map(BranchNode::name).toList(), chosen, bad);
      loop.run(ctrlC, new EventLoop.Plan(STEP, null, demo::step));
      branches.forEach(BranchNode::kill);
      loop.drain();
      SnapshotView.End end = demo.end();
      view.summary(end);
      if (file != null) {
        file.check();
      }
      judge(view, end, bank.money(), ctrlC.asked());
    }
  }

  private static void judge(SnapshotView view, SnapshotView.End end, long money, boolean asked) {
    Long rest = end.rest();
    if (view.wrong() > 0 || (rest != null && rest != money)) {
      throw CommandFailedException.failure("money was lost or made: a snapshot is wrong");
    }
    if (rest == null && !asked) {
      throw CommandFailedException.failure(
          "not all transfers have arrived in time; give it less --loss");
    }
    if (view.snapshots() == 0 && !asked) {
      throw CommandFailedException.failure(
          "no snapshot was complete in time; give it a longer --duration or less --loss");
    }
  }

  private void check() {
    if (nodes < 2 || nodes > Bank.MAX_BRANCHES) {
      throw CommandFailedException.usage("--nodes is not in 2 to 16: " + nodes);
    }
    if (duration.compareTo(MIN_DURATION) < 0 || duration.compareTo(MAX_DURATION) > 0) {
      throw CommandFailedException.usage("--duration is not in 2s to 1h");
    }
    if (intervalMillis < MIN_INTERVAL_MILLIS || intervalMillis > MAX_INTERVAL_MILLIS) {
      throw CommandFailedException.usage("--interval is not in 100 to 60000 ms: " + intervalMillis);
    }
  }

  private SnapshotDemo.Plan plan() {
    return new SnapshotDemo.Plan(
        duration.toNanos(), Duration.ofMillis(intervalMillis).toNanos(), seed);
  }

  private SnapshotAlgorithm algorithm() {
    return switch (algorithm.toLowerCase(Locale.ROOT)) {
      case "chandy-lamport" -> SnapshotAlgorithm.CHANDY_LAMPORT;
      case "lai-yang" -> SnapshotAlgorithm.LAI_YANG;
      default ->
          throw CommandFailedException.usage(
              "--algorithm is not chandy-lamport or lai-yang: '" + algorithm + "'");
    };
  }
}
