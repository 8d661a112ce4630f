package dev.coeval.sync;

import dev.coeval.sync.discipline.Cause;
import dev.coeval.sync.discipline.SyncStatus;
import dev.coeval.sync.machine.Action;
import dev.coeval.sync.machine.PeerId;
import dev.coeval.sync.machine.Report;
import dev.coeval.sync.ntp.NtpClient;
import dev.coeval.sync.ntp.ServerReachability;
import dev.coeval.sync.ntp.SourceUnfit;
import dev.coeval.time.ClockReading;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/**
 * Gives an NTP client its sources by name, on a thread of its own, as a name service may block.
 *
 * <p>Thread-safe.
 */
final class NtpRoster implements Roster {
  private final Joint joint;
  private final Map<NamedSource, SynchronizedClockBuilder.NtpName> names = new HashMap<>();
  private final List<NamedSource> sources = new ArrayList<>();
  private final NamedSources named;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread made = new Thread(task, "coeval-names");
            made.setDaemon(true);
            return made;
          });
  private volatile Map<String, String> troubles = Map.of();

  /**
   * Where sources are put.
   *
   * @param node carries out what the client wants done
   * @param client asks the sources
   * @param tap sees what the client wants done
   */
  record Joint(SyncNode node, NtpClient client, UnaryOperator<List<Action>> tap) {}

  NtpRoster(Joint joint, NameLookup lookup, List<SynchronizedClockBuilder.NtpName> ntpNames) {
    this.joint = joint;
    for (SynchronizedClockBuilder.NtpName name : ntpNames) {
      names.put(name.source(), name);
      sources.add(name.source());
    }
    this.named = new NamedSources(lookup, this::later, this::change);
  }

  void start() {
    run(
        () ->
            thread.execute(
                () -> {
                  named.onTrouble(() -> troubles = named.troubles());
                  named.start(sources);
                }));
  }

  @Override
  public void hear(Report report) {
    if (report instanceof SourceUnfit unfit) {
      run(() -> thread.execute(() -> named.reject(unfit.peer())));
    } else if (report instanceof ServerReachability answer && answer.reachable()) {
      run(() -> thread.execute(() -> named.accept(answer.peer())));
    }
  }

  @Override
  public SyncStatus explain(SyncStatus status) {
    Map<String, String> now = troubles;
    if (now.isEmpty() || status.state() == SyncStatus.State.SYNCHRONIZED) {
      return status;
    }
    String reason = String.join(", ", now.values());
    boolean isAll = now.size() == names.size();
    String said = status.reason();
    return new SyncStatus(
        status.state(),
        isAll ? Cause.NAME_UNRESOLVED : status.cause(),
        status.groups(),
        isAll || said.isEmpty() ? reason : said + "; " + reason);
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }

  private void change(NamedSource source, NamedSource.Change change) {
    SynchronizedClockBuilder.NtpName name = names.get(source);
    if (name == null) {
      return;
    }
    joint.node.runtime().submit(now -> apply(now, name, change));
  }

  private List<Action> apply(
      ClockReading now, SynchronizedClockBuilder.NtpName name, NamedSource.Change change) {
    List<Action> actions = new ArrayList<>();
    for (PeerId peer : change.removed()) {
      actions.addAll(joint.client.remove(now, peer));
    }
    for (PeerId peer : change.added()) {
      actions.addAll(joint.client.add(now, name.config(peer)));
    }
    return joint.tap.apply(actions);
  }

  private void later(Duration delay, Runnable task) {
    run(
        () -> {
          var unused = thread.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
        });
  }

  /** After the end nobody waits for names any more. */
  private static void run(Runnable task) {
    try {
      task.run();
    } catch (RejectedExecutionException e) {
      // the clock was closed meanwhile: there is nothing to be done
    }
  }
}
