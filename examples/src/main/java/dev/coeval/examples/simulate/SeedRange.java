package dev.coeval.examples.simulate;

import dev.coeval.examples.terminal.CommandFailedException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The seeds of a run.
 *
 * @param first the first
 * @param last the last, not before it
 */
record SeedRange(long first, long last) {
  private static final Pattern RANGE = Pattern.compile("(\\d{1,18})(?:-(\\d{1,18}))?");
  private static final long MAX_SEEDS = 100_000;

  /** What the options say: one seed, or a range, or neither. */
  static SeedRange of(@Nullable Long seed, @Nullable String seeds, SeedRange otherwise) {
    if (seed != null && seeds != null) {
      throw CommandFailedException.usage("--seed replays one seed, --seeds runs several: not both");
    }
    if (seeds != null) {
      return parse(seeds);
    }
    return seed == null ? otherwise : new SeedRange(seed, seed);
  }

  private static SeedRange parse(String text) {
    Matcher matcher = RANGE.matcher(text);
    if (!matcher.matches()) {
      throw CommandFailedException.usage("'--seeds " + text + "' is no range like 1-20");
    }
    long first = Long.parseLong(matcher.group(1));
    long last = matcher.group(2) == null ? first : Long.parseLong(matcher.group(2));
    if (last < first || last - first >= MAX_SEEDS) {
      throw CommandFailedException.usage("'--seeds " + text + "' is no range of up to 100000");
    }
    return new SeedRange(first, last);
  }

  boolean isOne() {
    return first == last;
  }

  @Override
  public String toString() {
    return isOne() ? "seed " + first : "seeds " + first + " to " + last;
  }
}
