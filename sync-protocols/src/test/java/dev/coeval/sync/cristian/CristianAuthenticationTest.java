package dev.coeval.sync.cristian;

import static dev.coeval.sync.cristian.Desk.MILLI;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.coeval.sync.machine.PeerId;
import dev.coeval.sync.measure.Measurement;
import dev.coeval.sync.measure.Rejection;
import dev.coeval.sync.wire.Keyring;
import dev.coeval.sync.wire.SharedKey;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a client that has keys makes of replies that are not authenticated as they should be. */
final class CristianAuthenticationTest {
  private static final PeerId SERVER = PeerId.simulated(1);
  private static final SharedKey KEY = SharedKey.ofText(5, "sixteen letters.");
  private static final SharedKey SECOND = SharedKey.ofText(6, "sixteen more letters.");
  private static final SharedKey WRONG = SharedKey.ofText(5, "other letters, many");
  private static final CristianConfig CONFIG = CristianConfig.defaults(List.of(SERVER), 1);

  @Test
  void shouldBelieveWhenReplyCarriesTheKeyOfItsRequest() {
    for (Keyring keyring :
        List.of(Keyring.required(List.of(KEY, SECOND)), Keyring.optional(List.of(KEY, SECOND)))) {
      Desk desk = new Desk(CONFIG.withKeyring(keyring));
      assertEquals(5, desk.request(SERVER).keyId());
      desk.exchange(SERVER, MILLI, MILLI, 0);
      assertEquals(1, desk.reports(Measurement.class).size());
    }
  }

  @Test
  void shouldRejectWhenKeyIsWrongUnknownOrMissing() {
    Desk desk = new Desk(CONFIG.withKeyring(Keyring.required(List.of(KEY))));
    receive(desk, WRONG, 5);
    desk.assertRejected(SERVER, Rejection.BAD_AUTHENTICATION);
    receive(desk, SECOND, 6);
    desk.assertRejected(SERVER, Rejection.UNKNOWN_KEY);
    receive(desk, KEY, 0);
    desk.assertRejected(SERVER, Rejection.NOT_AUTHENTICATED);
    assertEquals(0, desk.reports(Measurement.class).size());
    desk.exchange(SERVER, MILLI, MILLI, 0);
    assertEquals(1, desk.reports(Measurement.class).size(), "the request stayed open");
  }

  @Test
  void shouldRejectWhenReplyLacksTheKeyThatItsRequestHad() {
    Desk desk = new Desk(CONFIG.withKeyring(Keyring.optional(List.of(KEY, SECOND))));
    receive(desk, KEY, 0);
    desk.assertRejected(SERVER, Rejection.NOT_AUTHENTICATED);
    receive(desk, SECOND, 6);
    desk.assertRejected(SERVER, Rejection.NOT_AUTHENTICATED);
    assertEquals(0, desk.reports(Measurement.class).size());
  }

  @Test
  void shouldRejectWhenAnAuthenticReplyWasChanged() {
    Keyring keyring = Keyring.required(List.of(KEY));
    Desk desk = new Desk(CONFIG.withKeyring(keyring));
    desk.tick += MILLI;
    ByteBuffer reply = Desk.bytes(Desk.codec(keyring), desk.reply(SERVER, 0, 0));
    reply.putLong(24, reply.getLong(24) + MILLI);
    desk.receive(SERVER, reply);
    desk.assertRejected(SERVER, Rejection.BAD_AUTHENTICATION);
    assertEquals(0, desk.reports(Measurement.class).size());
  }

  private static void receive(Desk desk, SharedKey key, int keyId) {
    CristianReply good = desk.reply(SERVER, 0, 0);
    CristianReply reply =
        new CristianReply(
            new CristianRequest(good.request().nonce(), keyId),
            good.receivedEpochNanos(),
            good.sentEpochNanos(),
            0,
            true);
    desk.receive(SERVER, Desk.bytes(Desk.codec(Keyring.optional(List.of(key))), reply));
  }
}
