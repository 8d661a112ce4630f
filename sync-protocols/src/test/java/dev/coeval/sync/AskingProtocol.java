package dev.coeval.sync;

import dev.coeval.sync.cristian.CristianClient;
import dev.coeval.sync.cristian.CristianCodec;
import dev.coeval.sync.cristian.CristianConfig;
import dev.coeval.sync.cristian.CristianSchedule;
import dev.coeval.sync.cristian.CristianServer;
import dev.coeval.sync.machine.PeerId;
import dev.coeval.sync.machine.Switchboard;
import dev.coeval.sync.ntp.NtpClient;
import dev.coeval.sync.ntp.NtpConfig;
import dev.coeval.sync.ntp.NtpPolling;
import dev.coeval.sync.ntp.server.NtpServer;
import dev.coeval.sync.ntp.server.NtpServerConfig;
import dev.coeval.sync.wire.Keyring;
import dev.coeval.time.DisciplinedClock;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;

/** The protocols in which clients ask servers, at a pace at which failures show soon. */
enum AskingProtocol {
  CRISTIAN {
    @Override
    void client(Switchboard board, List<PeerId> servers, long seed) {
      CristianConfig config =
          CristianConfig.defaults(servers, seed)
              .withSchedule(
                  CristianSchedule.DEFAULT
                      .withInterval(POLL)
                      .withInitial(POLL, 0)
                      .withAttempts(2, POLL.multipliedBy(2)));
      board.add(
          CristianClient.OWNER,
          first -> first == CristianCodec.FIRST_BYTE,
          new CristianClient(config));
    }

    @Override
    void server(Switchboard board, DisciplinedClock clock) {
      board.add(new CristianServer(clock, Keyring.empty()));
    }
  },

  NTP {
    @Override
    void client(Switchboard board, List<PeerId> servers, long seed) {
      NtpConfig config = NtpConfig.defaults(servers).withPolling(NtpPolling.every(POLL));
      board.add(NtpClient.OWNER, first -> true, new NtpClient(config, new SplittableRandom(seed)));
    }

    @Override
    void server(Switchboard board, DisciplinedClock clock) {
      board.add(new NtpServer(NtpServerConfig.defaults(), clock));
    }
  };

  private static final Duration POLL = Duration.ofMillis(30);

  /** Puts a client on a board. */
  abstract void client(Switchboard board, List<PeerId> servers, long seed);

  /** Puts a server on a board. */
  abstract void server(Switchboard board, DisciplinedClock clock);
}
