package dev.coeval.sync.mutual;

/**
 * The average of all clocks (Lundelius and Lynch, "An upper and lower bound for clock
 * synchronization", Information and Control 62(2-3), 1984).
 *
 * <p><b>Problem.</b> Nobody lies and no clock drifts, but delays vary by {@code u}: how near can n
 * clocks come?
 *
 * <p><b>Idea.</b> Each node estimates all n clocks, its own included, from the middle of the delays
 * that are possible, and takes the average. Its own estimate is exact, and every other one is off
 * by {@code u / 2} at most.
 *
 * <p><b>Bound.</b> Two nodes end at most {@code u (1 - 1/n)} apart, and no algorithm can promise
 * less: with one direction of every link slow and the other quick the delays reach it.
 *
 * <p><b>Known attack.</b> One liar moves everybody as far as it likes. Where there may be any, take
 * {@link WelchLynch}.
 */
public record LundeliusLynch() implements Convergence {

  @Override
  public Adjustment adjust(long[] differencesNanos) {
    long n = differencesNanos.length;
    long sum = 0;
    long rest = 0; // apart, so that no sum overflows
    for (long difference : differencesNanos) {
      sum += difference / n;
      rest += difference % n;
    }
    return Adjustment.by(sum + Math.round((double) rest / n));
  }
}
