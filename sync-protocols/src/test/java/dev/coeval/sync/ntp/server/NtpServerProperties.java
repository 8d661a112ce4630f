package dev.coeval.sync.ntp.server;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** What the server does with bytes from anywhere, however it is configured. */
final class NtpServerProperties {

  @Property(tries = 3000)
  void shouldAnswerOnlyRequestsAndNeverWithMoreThanItGot(
      @ForAll @Size(max = 140) byte[] bytes, @ForAll @IntRange(max = 7) int which) {
    new Siege(which, 1).send(bytes);
  }

  /** Most arbitrary bytes are no requests: these are, but for a bit or a length. */
  @Property(tries = 500)
  void shouldStayWellFormedWhenRequestsAreDamaged(
      @ForAll long seed, @ForAll @IntRange(max = 7) int which) {
    Siege siege = new Siege(which, seed);
    for (int i = 0; i < 40; i++) {
      siege.send(siege.damaged());
    }
    siege.check();
  }
}
