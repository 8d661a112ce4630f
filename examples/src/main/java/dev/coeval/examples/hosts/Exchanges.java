package dev.coeval.examples.hosts;

import dev.coeval.examples.terminal.EventLoop;
import dev.coeval.sync.machine.PeerUnreachable;
import dev.coeval.sync.machine.Report;
import dev.coeval.sync.measure.Measurement;
import dev.coeval.sync.measure.Rejected;
import dev.coeval.sync.ntp.KissReceived;
import dev.coeval.time.ClockModel;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What a client's exchanges tell, on their way from the port's thread to whoever looks. */
final class Exchanges {
  private final EventLoop loop;
  private final Supplier<ClockModel> local;
  private final ExchangeLog log;
  private final PeerWatch peers;
  private int peersToGo;
  private @Nullable ExchangeRow last;

  /**
   * @param loop carries out what is posted; ended when every peer was asked as often as it should
   * @param local the local clock that offsets are measured against
   * @param log writes the exchanges down
   * @param peers tells who answers
   * @param peerCount how many peers there are
   */
  Exchanges(
      EventLoop loop, Supplier<ClockModel> local, ExchangeLog log, PeerWatch peers, int peerCount) {
    this.loop = loop;
    this.local = local;
    this.log = log;
    this.peers = peers;
    this.peersToGo = peerCount;
  }

  /** Takes a report in, on the port's thread. */
  void hear(Report report) {
    if (report instanceof ExchangeSeen seen) {
      Measurement measurement = seen.measurement();
      ExchangeRow row = measurement == null ? null : ExchangeRow.of(measurement, local.get());
      loop.post(() -> take(seen, row));
    } else if (report instanceof PeerUnreachable unreachable) {
      loop.post(() -> peers.unreachable(unreachable, loop.elapsedNanos()));
    } else if (report instanceof Rejected rejected) {
      loop.post(() -> peers.rejected(rejected, loop.elapsedNanos()));
    } else if (report instanceof KissReceived kiss) {
      loop.post(() -> peers.kissed(kiss, loop.elapsedNanos()));
    }
  }

  PeerWatch peers() {
    return peers;
  }

  /** The last exchange; null before the first. */
  @Nullable ExchangeRow last() {
    return last;
  }

  private void take(ExchangeSeen seen, @Nullable ExchangeRow row) {
    log.add(seen, row);
    if (row == null) {
      peers.lost(seen.peer(), loop.elapsedNanos());
    } else {
      last = row;
      peers.answered(seen.peer(), loop.elapsedNanos());
    }
    if (seen.last() && --peersToGo == 0) {
      loop.finish();
    }
  }
}
