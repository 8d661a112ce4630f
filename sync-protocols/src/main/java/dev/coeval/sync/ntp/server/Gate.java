package dev.coeval.sync.ntp.server;

import dev.coeval.sync.machine.PeerId;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Whom the server answers: the access list first, then the rate limit. Of one thread. */
final class Gate {
  private final AccessList access;
  private final @Nullable ClientTable clients;
  private final RandomGenerator random;

  Gate(AccessList access, @Nullable ClientTable clients, RandomGenerator random) {
    this.access = access;
    this.clients = clients;
    this.random = random;
  }

  Verdict admit(long receivedTick, PeerId from, @Nullable ClientKey client) {
    Access decision = access.decide(from.address());
    if (decision == Access.DENY) {
      return Verdict.DENY;
    }
    Verdict verdict =
        clients == null || client == null
            ? Verdict.ANSWER
            : clients.admit(client, receivedTick, random);
    if (decision == Access.ALLOW) {
      return verdict;
    }
    return verdict == Verdict.ANSWER || verdict == Verdict.LEAK ? Verdict.KISS_DENY : Verdict.DROP;
  }
}
