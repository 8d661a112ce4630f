package dev.coeval.sync.scenario.file;

import dev.coeval.scale.LeapPolicy;
import dev.coeval.scale.LeapSecond;
import dev.coeval.scale.Smear;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads when there is a leap second, and how clocks take it. */
final class LeapReader {
  private static final long NANOS = 1_000_000_000L;
  private static final double PPM = 1e-6;

  private LeapReader() {}

  /** The scenario's leap second; null if it has none. */
  static @Nullable LeapSecond leap(Section section, long startEpochNanos) {
    if (!section.has("leap")) {
      return null;
    }
    Section leap = section.section("leap");
    int at = leap.whole("at", 0, 0, Integer.MAX_VALUE);
    int seconds = leap.choice("kind", 1, Map.of("insert", 1, "delete", -1));
    leap.done();
    return new LeapSecond(Math.floorDiv(startEpochNanos, NANOS) + at, seconds);
  }

  /** How a client takes it. */
  static LeapPolicy policy(Section section) {
    return section.choice(
        "leap",
        LeapPolicy.step(),
        Map.of(
            "step", LeapPolicy.step(),
            "slew", LeapPolicy.slew(),
            "ignore", LeapPolicy.ignore()));
  }

  /** How a server takes it: it shows UTC as it is, unless it smears. */
  static LeapPolicy served(Section section) {
    if (!section.has("smear")) {
      return LeapPolicy.step();
    }
    if (!(section.value("smear") instanceof Value.Fields)) {
      return section.choice(
          "smear", LeapPolicy.step(), Map.of("noon-to-noon", LeapPolicy.smear(Smear.noonToNoon())));
    }
    Section smear = section.section("smear");
    double max = smear.number("max", 400 * PPM, PPM, 1 / 3.0);
    double pace = smear.number("pace", 0.001 * PPM, 1e-12, 1);
    LeapPolicy policy =
        section.make("smear", s -> LeapPolicy.smear(Smear.quadratic(max / PPM, pace / PPM)));
    smear.done();
    return policy;
  }
}
