package dev.coeval.bench.lab;

import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the command line says.
 *
 * @param seeds those of the default estimator
 * @param others how many of them every other estimator is given
 * @param threads how many threads work
 * @param out where the report goes
 * @param sockets what {@code PeerRun} wrote; null for none
 * @param jmh what JMH wrote; null for none
 */
record Options(
    Seeds seeds, int others, int threads, Path out, @Nullable Path sockets, @Nullable Path jmh) {
  static final String USAGE =
      "usage: java -cp benchmarks.jar "
          + SkewReport.class.getName()
          + " [--seeds 1-100] [--others 50] [--out benchmarks] [--threads N]"
          + " [--sockets sockets.json] [--jmh results.json]";
  private static final int MAX_THREADS = 256;

  /**
   * Reads it.
   *
   * @throws IllegalArgumentException if it cannot be understood; the message is for people
   */
  static Options parse(String... args) {
    Map<String, String> given = new TreeMap<>();
    for (int i = 0; i < args.length; i += 2) {
      if (!isKnown(args[i])) {
        throw new IllegalArgumentException("unknown option " + args[i]);
      }
      if (i + 1 == args.length) {
        throw new IllegalArgumentException(args[i] + " needs a value");
      }
      given.put(args[i], args[i + 1]);
    }
    String sockets = given.get("--sockets");
    String jmh = given.get("--jmh");
    int processors = Runtime.getRuntime().availableProcessors();
    return new Options(
        Seeds.parse(given.getOrDefault("--seeds", "1-100")),
        number(given.getOrDefault("--others", "50"), Integer.MAX_VALUE),
        number(given.getOrDefault("--threads", "" + processors), MAX_THREADS),
        Path.of(given.getOrDefault("--out", "benchmarks")),
        sockets == null ? null : Path.of(sockets),
        jmh == null ? null : Path.of(jmh));
  }

  private static boolean isKnown(String option) {
    return switch (option) {
      case "--seeds", "--others", "--threads", "--out", "--sockets", "--jmh" -> true;
      default -> false;
    };
  }

  private static int number(String text, int most) {
    try {
      int number = Integer.parseInt(text);
      if (number < 1 || number > most) {
        throw new IllegalArgumentException("out of range: " + text);
      }
      return number;
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("not a number: " + text, e);
    }
  }
}
