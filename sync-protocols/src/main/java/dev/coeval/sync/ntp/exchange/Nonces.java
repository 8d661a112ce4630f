package dev.coeval.sync.ntp.exchange;

import dev.coeval.sync.ntp.packet.NtpTimestamp;
import java.util.random.RandomGenerator;

/** Random numbers, none twice in a row, and whether one was spent lately. */
final class Nonces {

  /** As many spent ones are known again, so that a late reply is told from a forged one. */
  private static final int REMEMBERED = 16;

  private final RandomGenerator random;
  private final long[] spent = new long[REMEMBERED];
  private int spentCount;
  private long newest;

  Nonces(RandomGenerator random) {
    this.random = random;
  }

  /** A new one; never {@link NtpTimestamp#NONE}, nor the one before, nor one spent lately. */
  long next() {
    long before = newest;
    newest = random.nextLong();
    while (newest == NtpTimestamp.NONE || newest == before || isSpent(newest)) {
      newest++;
    }
    return newest;
  }

  void spend(long nonce) {
    if (nonce != NtpTimestamp.NONE) {
      spent[spentCount] = nonce;
      spentCount = (spentCount + 1) % REMEMBERED;
    }
  }

  boolean isSpent(long nonce) {
    for (long known : spent) {
      if (known == nonce && known != NtpTimestamp.NONE) {
        return true;
      }
    }
    return false;
  }
}
