package dev.coeval.sync.ntp.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coeval.sync.machine.PeerId;
import java.net.InetAddress;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ClientTableTest {
  private static final long SECOND = 1_000_000_000L;
  private static final long SEED = 42;
  private static final RateLimit STRICT = new RateLimit(0, 2, RateLimit.NEVER, RateLimit.NEVER);

  private final SplittableRandom random = new SplittableRandom(SEED);
  private final ClientKey key = new ClientKey(AddressHash.ofSeed(SEED));

  private static ClientTable table(int clients, RateLimit limit) {
    return new ClientTable(new ServerMemory(clients, 0, SEED), limit);
  }

  private Verdict ask(ClientTable table, int client, long tick) {
    return table.admit(key.set(PeerId.simulated(client).address()), tick, random);
  }

  @ParameterizedTest
  @CsvSource({"1, 8", "8, 8", "9, 16", "16, 16", "17, 32", "1000, 1024", "1024, 1024"})
  void shouldHaveRoomForAtLeastWhatWasAsked(int asked, int room) {
    assertEquals(room, table(asked, STRICT).capacity());
    assertEquals(room, new InterleavedMemory(asked).capacity());
  }

  @Test
  void shouldPushOutWhoWasSilentForLongestWhenSetIsFull() throws Exception {
    ClientTable table = table(8, RateLimit.NONE);
    for (int i = 0; i < 8; i++) {
      ask(table, i, i);
    }
    ask(table, 0, 100);
    ask(table, 8, 101);
    List<InetAddress> known =
        table.snapshot().stream().map(ClientStatistics::address).sorted(this::compare).toList();
    assertEquals(
        List.of(0, 2, 3, 4, 5, 6, 7, 8),
        known.stream().map(address -> (int) address.getAddress()[3]).toList());
  }

  private int compare(InetAddress one, InetAddress other) {
    return one.getAddress()[3] - other.getAddress()[3];
  }

  @Test
  void shouldStayLimitedWhenFloodOfOthersComesBetween() {
    ClientTable table = table(64, STRICT);
    int refused = 0;
    for (int i = 0; i < 1000; i++) { // 100 a second, while 3 strangers come after each
      refused += ask(table, 1, i * SECOND / 100) == Verdict.DROP ? 1 : 0;
      for (int stranger = 0; stranger < 3; stranger++) {
        ask(table, 1000 + 3 * i + stranger, i * SECOND / 100);
      }
    }
    assertTrue(refused > 980, "refused " + refused);
  }

  @Test
  void shouldNeverRefuseClientThatKeepsItsRateWhenMillionStrangersFlood() {
    ClientTable table = table(1024, RateLimit.DEFAULT);
    for (int i = 0; i < 1_000_000; i++) {
      ask(table, 1000 + i, i * 1000L);
      if (i % 10_000 == 0) {
        long poll = i / 10_000 * 8L * SECOND;
        for (int honest = 0; honest < 5; honest++) {
          assertEquals(Verdict.ANSWER, ask(table, honest, poll));
        }
      }
    }
    assertEquals(1024, table.snapshot().size());
  }

  @Test
  void shouldTellIntervalAndLastRequestWhenClientAskedRegularly() {
    ClientTable table = table(8, RateLimit.NONE);
    for (int i = 0; i <= 20; i++) {
      ask(table, 7, i * 64L * SECOND);
    }
    ClientStatistics said = table.snapshot().get(0);
    assertEquals(64 * SECOND, said.intervalNanos());
    assertEquals(20 * 64L * SECOND, said.lastTickNanos());
    assertEquals(21, said.counts().requests());
    ask(table, 7, (20 * 64 + 72L) * SECOND);
    assertEquals(65 * SECOND, table.snapshot().get(0).intervalNanos());
  }

  @Test
  void shouldGiveNoCreditTwiceWhenRequestsComeOutOfOrder() {
    ClientTable table = table(8, STRICT);
    assertEquals(Verdict.ANSWER, ask(table, 1, 0));
    assertEquals(Verdict.ANSWER, ask(table, 1, 0));
    assertEquals(Verdict.ANSWER, ask(table, 1, SECOND));
    assertEquals(Verdict.DROP, ask(table, 1, 0));
    assertEquals(Verdict.DROP, ask(table, 1, SECOND));
    assertEquals(SECOND, table.snapshot().get(0).lastTickNanos());
    assertEquals(Verdict.ANSWER, ask(table, 1, 10 * SECOND));
    assertEquals(Verdict.ANSWER, ask(table, 1, 9 * SECOND));
  }

  @Test
  void shouldTellClientsApartWhenOnlyHalfOfTheirAddressesDiffer() throws Exception {
    ClientTable table = table(8, STRICT); // one set
    for (String address : List.of("2001:db8::1", "2001:db9::1", "2001:db8::2", "0.0.0.1")) {
      key.set(InetAddress.getByName(address));
      assertEquals(Verdict.ANSWER, table.admit(key, 0, random));
      assertEquals(Verdict.ANSWER, table.admit(key, 0, random));
      assertEquals(Verdict.DROP, table.admit(key, 0, random));
    }
    assertEquals(
        List.of(3L, 3L, 3L, 3L),
        table.snapshot().stream().map(each -> each.counts().requests()).toList());
    assertTrue(
        table.snapshot().stream()
            .anyMatch(each -> each.address().getHostAddress().equals("2001:db9:0:0:0:0:0:1")));
  }

  @Test
  void shouldRefuseSizesAndLimitsOutOfRange() {
    assertThrows(IllegalArgumentException.class, () -> new ServerMemory(-1, 0, 0));
    assertThrows(IllegalArgumentException.class, () -> new ServerMemory(0, (1 << 24) + 1, 0));
    for (int[] wrong :
        new int[][] {
          {-20, 1, 1, 1},
          {13, 1, 1, 1},
          {0, -1, 1, 1},
          {0, 256, 1, 1},
          {0, 1, 0, 1},
          {0, 1, 17, 1},
          {0, 1, 1, -2},
          {0, 1, 1, 17}
        }) {
      assertThrows(
          IllegalArgumentException.class,
          () -> new RateLimit(wrong[0], wrong[1], wrong[2], wrong[3]));
    }
    assertThrows(
        IllegalArgumentException.class,
        () -> NtpServerConfig.defaults().withRateLimit(RateLimit.DEFAULT));
  }
}
