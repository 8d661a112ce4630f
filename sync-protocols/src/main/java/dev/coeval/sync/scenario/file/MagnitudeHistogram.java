package dev.coeval.sync.scenario.file;

/**
 * How often a value of which size came, in buckets of 1 % each: a fixed 35 KB, however many there
 * are. Anything below a picosecond counts as that much, anything above a million seconds likewise.
 */
final class MagnitudeHistogram {
  private static final double LEAST = 1e-12;
  private static final double MOST = 1e6;
  private static final double STEP = Math.log(1.01);

  private final long[] counts = new long[bucket(MOST) + 1];
  private long size;

  void add(double value) {
    counts[bucket(Math.abs(value))]++;
    size++;
  }

  /** The size that this share of all values does not exceed, to 0.5 %; 0 if there are none. */
  double quantile(double share) {
    long wanted = (long) Math.ceil(share * size);
    long seen = 0;
    for (int i = 0; i < counts.length && size > 0; i++) {
      seen += counts[i];
      if (seen >= Math.max(1, wanted)) {
        return i == 0 ? 0 : LEAST * Math.exp((i - 0.5) * STEP);
      }
    }
    return 0;
  }

  private static int bucket(double value) {
    return value <= LEAST ? 0 : 1 + (int) (Math.log(Math.min(value, MOST) / LEAST) / STEP);
  }
}
