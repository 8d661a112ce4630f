package dev.coeval.logical.vector;

import dev.coeval.logical.ActorNames;
import dev.coeval.logical.StampFormatException;
import dev.coeval.logical.StampFormatException.Reason;
import java.util.Collections;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The text of a {@link VectorTimestamp}, written and read.
 *
 * <p>Reading is generous and then strict: it takes the parts apart, makes the stamp, and refuses
 * the text unless that stamp is written so. A reader of text uses one of these; it is not shared.
 */
final class VectorText {

  private static final String PLAIN = "-_.:/@#";
  private static final char FORGOTTEN = '?';
  private static final int HEX = 16;
  private static final int ESCAPE_DIGITS = 4;

  private final String text;
  private int next;

  private VectorText(String text) {
    this.text = text;
  }

  static String print(VectorTimestamp stamp) {
    StringBuilder text = new StringBuilder("{");
    String[] counted = stamp.actors.names;
    String[] pruned = stamp.pruned.names;
    int i = 0;
    int j = 0;
    while (i < counted.length || j < pruned.length) {
      text.append(i + j > 0 ? ", " : "");
      if (j == pruned.length || (i < counted.length && counted[i].compareTo(pruned[j]) < 0)) {
        name(counted[i], text).append('=').append(stamp.counts.at(i++));
      } else {
        name(pruned[j++], text).append('=').append(FORGOTTEN);
      }
    }
    return text.append('}').toString();
  }

  private static StringBuilder name(String actor, StringBuilder text) {
    if (actor.chars().allMatch(VectorText::isPlain)) {
      return text.append(actor);
    }
    text.append('"');
    for (int i = 0; i < actor.length(); i++) {
      char unit = actor.charAt(i);
      if (Character.isISOControl(unit)) {
        text.append("\\u").append(String.format("%04x", (int) unit));
      } else {
        text.append(unit == '"' || unit == '\\' ? "\\" : "").append(unit);
      }
    }
    return text.append('"');
  }

  private static boolean isPlain(int unit) {
    return (unit >= 'a' && unit <= 'z')
        || (unit >= 'A' && unit <= 'Z')
        || (unit >= '0' && unit <= '9')
        || PLAIN.indexOf(unit) >= 0;
  }

  static VectorTimestamp parse(CharSequence text) {
    String all = text.toString();
    VectorTimestamp stamp;
    try {
      stamp = new VectorText(all).stamp();
    } catch (IllegalArgumentException malformed) {
      throw notAStamp(String.valueOf(malformed.getMessage()));
    }
    if (!print(stamp).equals(all)) {
      throw notAStamp("it would be written as " + stamp);
    }
    return stamp;
  }

  private VectorTimestamp stamp() {
    SortedMap<String, Long> counts = new TreeMap<>();
    SortedSet<String> pruned = new TreeSet<>();
    take('{');
    while (peek() != '}') {
      String actor = ActorNames.require(name());
      take('=');
      if (peek() == FORGOTTEN) {
        next++;
        pruned.add(actor);
      } else {
        counts.put(actor, Long.parseLong(plain()));
      }
      if (peek() == ',') {
        take(',');
        take(' ');
      }
    }
    if (!Collections.disjoint(counts.keySet(), pruned)) {
      throw notAStamp("an actor is named twice");
    }
    VectorTimestamp counted = VectorTimestamp.of(counts);
    return VectorTimestamp.of(
        counted.actors, counted.counts, ActorSet.of(pruned.toArray(String[]::new)));
  }

  private String name() {
    if (peek() != '"') {
      return plain();
    }
    take('"');
    StringBuilder name = new StringBuilder();
    while (peek() != '"') {
      char unit = take();
      name.append(unit == '\\' ? escaped() : unit);
    }
    take('"');
    return name.toString();
  }

  private char escaped() {
    char unit = take();
    if (unit != 'u') {
      return unit;
    }
    if (text.length() - next < ESCAPE_DIGITS) {
      throw notAStamp("it ends too soon");
    }
    next += ESCAPE_DIGITS;
    return (char) Integer.parseInt(text, next - ESCAPE_DIGITS, next, HEX);
  }

  private String plain() {
    int start = next;
    while (isPlain(peek())) {
      next++;
    }
    return text.substring(start, next);
  }

  private char peek() {
    if (next == text.length()) {
      throw notAStamp("it ends too soon");
    }
    return text.charAt(next);
  }

  private char take() {
    char unit = peek();
    next++;
    return unit;
  }

  private void take(char expected) {
    if (take() != expected) {
      throw notAStamp(expected + " expected at " + (next - 1));
    }
  }

  private static StampFormatException notAStamp(String why) {
    return new StampFormatException(Reason.NOT_A_STAMP, "no vector timestamp: " + why);
  }
}
