package dev.coeval.sync.scenario.file;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Something countable about one node, and how much of it is right.
 *
 * @param node whose
 * @param what what is counted
 * @param filter which of them
 * @param least the least that is right
 * @param most the most that is right
 */
record CountSpec(String node, What what, Filter filter, double least, double most) {

  /** What can be counted. */
  enum What {
    /** Datagrams that ask: client and symmetric modes, sent. */
    REQUESTS,
    /** Time in answer: server and symmetric modes, received, not a kiss. */
    REPLIES,
    /** Datagrams of broadcast mode, sent. */
    BROADCASTS,
    /** Kiss-o'-death datagrams received. */
    KISSES,
    /** Replies received whose origin is the transmit stamp of a request. */
    BASIC,
    /** Replies received whose origin is the receive stamp of a request. */
    INTERLEAVED,
    /** Exchanges that were used. */
    MEASUREMENTS,
    /** Datagrams that were not. */
    REJECTED,
    /** Times that a source fell silent. */
    UNREACHABLE,
    /** Times that the node became synchronized. */
    SELECTIONS,
    /** Published statuses. */
    STATUSES,
    /** Steps of the node's clock. */
    STEPS,
    /** Processes that ended by themselves. */
    STOPS,
    /** The least interval between two datagrams sent, in seconds. */
    LEAST_INTERVAL,
    /** Their mean interval, in seconds. */
    MEAN_INTERVAL
  }

  /** Which of them. */
  record Filter(
      Optional<String> peer,
      OptionalInt stratum,
      Optional<String> word,
      double fromSeconds,
      double toSeconds) {}

  private static final Map<String, What> WORDS = new TreeMap<>();

  static {
    for (What what : What.values()) {
      WORDS.put(what.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-'), what);
    }
  }

  static CountSpec read(Section section, Roster roster) {
    if (!section.has("of") || !section.has("count")) {
      throw section.error(section.line(), "a count needs 'of: NODE' and 'count: WHAT'");
    }
    String node = roster.one(section, "of");
    What what = section.choice("count", What.REQUESTS, WORDS);
    Optional<String> peer =
        section.has("peer") ? Optional.of(roster.one(section, "peer")) : Optional.empty();
    OptionalInt stratum =
        section.has("stratum")
            ? OptionalInt.of(section.whole("stratum", 0, 0, 255))
            : OptionalInt.empty();
    Optional<String> word =
        section.has("like") ? Optional.of(section.text("like", "")) : Optional.empty();
    double @Nullable [] during = section.range("during", 0, Double.MAX_VALUE);
    double[] time = during == null ? new double[] {0, Double.MAX_VALUE} : during;
    double[] allowed = allowed(section);
    section.done();
    Filter filter = new Filter(peer, stratum, word, time[0], time[1]);
    return new CountSpec(node, what, filter, allowed[0], allowed[1]);
  }

  private static double[] allowed(Section section) {
    double @Nullable [] within = section.range("within", 0, Double.MAX_VALUE);
    if (within != null) {
      return within;
    }
    if (section.has("exactly")) {
      double exactly = section.number("exactly", 0, 0, Double.MAX_VALUE);
      return new double[] {exactly, exactly};
    }
    return new double[] {
      section.number("at-least", 0, 0, Double.MAX_VALUE),
      section.number("at-most", Double.MAX_VALUE, 0, Double.MAX_VALUE)
    };
  }

  /** As in "server2's replies of stratum 5". */
  String describe() {
    StringBuilder text = new StringBuilder(node).append(' ');
    text.append(what.name().toLowerCase(java.util.Locale.ROOT).replace('_', ' '));
    filter.peer.ifPresent(peer -> text.append(" with ").append(peer));
    filter.stratum.ifPresent(stratum -> text.append(", stratum ").append(stratum));
    filter.word.ifPresent(word -> text.append(" like ").append(word));
    return text.toString();
  }
}
