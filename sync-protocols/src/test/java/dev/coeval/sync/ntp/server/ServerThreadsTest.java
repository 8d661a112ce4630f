package dev.coeval.sync.ntp.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coeval.sync.machine.PeerId;
import dev.coeval.sync.measure.Rejection;
import dev.coeval.sync.ntp.packet.NtpCodec;
import dev.coeval.time.ClockReading;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Siblings on several threads, all at one instant: what is shared is neither lost nor doubled. */
final class ServerThreadsTest {
  private static final int THREADS = 4;
  private static final int CLIENTS = 3;
  private static final int ROUNDS = 50_000;
  private static final int BURST = 255;

  private final Desk desk =
      new Desk(
          NtpServerConfig.defaults()
              .withMemory(new ServerMemory(1024, 1024, 3))
              .withRateLimit(new RateLimit(12, BURST, RateLimit.NEVER, 1)));
  private final AtomicLong ticks = new AtomicLong();
  private final CyclicBarrier start = new CyclicBarrier(THREADS);

  private record Outcome(long replies, long kisses) {}

  private Outcome run(NtpServer server, int salt) throws Exception {
    start.await();
    ByteBuffer request = desk.request();
    ByteBuffer reply = ByteBuffer.allocate(NtpCodec.HEADER_LENGTH);
    long[] count = new long[2];
    for (int i = 0; i < ROUNDS; i++) {
      PeerId client = PeerId.simulated((i * 7 + salt) % CLIENTS);
      request.putLong(NtpCodec.ORIGIN, 1).putLong(NtpCodec.TRANSMIT, i);
      ClockReading now = new ClockReading(ticks.get(), 0, 0);
      int length = server.respond(now, client, request, reply.clear(), ticks::get);
      if (length > 0) {
        reply.flip();
        boolean isKiss = reply.get(NtpCodec.STRATUM) == 0;
        count[isKiss ? 1 : 0]++;
        if (!isKiss) {
          server.onSent(client, reply, now);
        }
      }
    }
    return new Outcome(count[0], count[1]);
  }

  @Test
  void shouldGiveEachClientItsBurstAndNoMoreWhenAllThreadsAnswer() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(THREADS + 1);
    AtomicBoolean isDone = new AtomicBoolean();
    try {
      Future<Long> reader =
          threads.submit(
              () -> {
                long seen = 0;
                for (int i = 0; i < 100 && !isDone.get(); i++) {
                  seen += desk.server.clients().stream().filter(this::isConsistent).count();
                }
                return seen;
              });
      List<Future<Outcome>> futures = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        NtpServer sibling = desk.server.sibling();
        int salt = i;
        futures.add(threads.submit(() -> run(sibling, salt)));
      }
      check(futures);
      isDone.set(true);
      assertTrue(reader.get() >= 0);
    } finally {
      isDone.set(true);
      threads.shutdownNow();
    }
  }

  private boolean isConsistent(ClientStatistics client) {
    ClientStatistics.Counts counts = client.counts();
    long answered = counts.requests() - counts.refused() - counts.kissed();
    assertTrue(answered >= 0 && answered <= BURST, client.toString());
    return true;
  }

  private void check(List<Future<Outcome>> futures) throws Exception {
    long replies = 0;
    long kisses = 0;
    for (Future<Outcome> future : futures) {
      Outcome outcome = future.get();
      replies += outcome.replies();
      kisses += outcome.kisses();
    }
    NtpServer server = desk.server;
    assertEquals(CLIENTS * BURST, replies);
    assertEquals(replies, server.count(ServerEvent.REPLIED));
    assertEquals(kisses, server.count(ServerEvent.KISSED_RATE));
    long all = THREADS * ROUNDS;
    assertEquals(all - replies - kisses, server.rejections().get(Rejection.RATE_LIMITED));
    long seen = server.clients().stream().mapToLong(each -> each.counts().requests()).sum();
    assertEquals(all, seen);
    assertEquals(CLIENTS, server.clients().size());
  }
}
