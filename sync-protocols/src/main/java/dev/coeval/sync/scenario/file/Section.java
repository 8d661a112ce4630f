package dev.coeval.sync.scenario.file;

import dev.coeval.sync.scenario.file.Value.Field;
import dev.coeval.sync.scenario.file.Value.Fields;
import dev.coeval.sync.scenario.file.Value.Items;
import dev.coeval.sync.scenario.file.Value.Text;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A mapping of a scenario file being read: every key is asked for by name and type, and those that
 * nobody asked for are errors in the end ({@link #done}).
 */
final class Section {
  private static final double NANOS = 1e9;
  private static final double MAX_SECONDS = 9e9;

  private final String file;
  private final Fields fields;
  private final Map<String, Double> names;
  private final Set<String> asked = new LinkedHashSet<>();

  Section(String file, Fields fields, Map<String, Double> names) {
    this.file = file;
    this.fields = fields;
    this.names = names;
  }

  int line() {
    return fields.line();
  }

  boolean has(String key) {
    asked.add(key);
    return fields.fields().containsKey(key);
  }

  /** A part of this one; empty if it is not there. */
  Section section(String key) {
    Value value = value(key);
    if (value == null) {
      return new Section(file, new Fields(Map.of(), fields.line()), names);
    }
    return of(key, value);
  }

  /** A mapping that stands for this key or in its list. */
  Section of(String key, Value value) {
    if (value instanceof Fields inner) {
      return new Section(file, inner, names);
    }
    throw error(value.line(), "'" + key + "' must be a mapping, '" + key + ": {...}'");
  }

  /** This section with another mapping laid over it. */
  Section overlaidBy(Fields over) {
    return new Section(file, fields.overlaidBy(over), names);
  }

  /** This section with one key set, whatever it was. */
  Section with(String key, String text) {
    int line = lineOf(key);
    return overlaidBy(new Fields(Map.of(key, new Field(line, new Text(text, line))), line));
  }

  Fields fields() {
    return fields;
  }

  /** The same, knowing a name more. */
  Section withName(String name, double value) {
    Map<String, Double> more = new java.util.HashMap<>(names);
    more.put(name, value);
    return new Section(file, fields, more);
  }

  /** What a list holds; a single value is a list of one. */
  List<Value> items(String key) {
    Value value = value(key);
    if (value == null) {
      return List.of();
    }
    return value instanceof Items list ? list.items() : List.of(value);
  }

  String text(String key, String otherwise) {
    Value value = value(key);
    return value == null ? otherwise : text(key, value);
  }

  String text(String key, Value value) {
    if (value instanceof Text text) {
      return text.text();
    }
    throw error(value.line(), "'" + key + "' must be a single word or number");
  }

  /** A number in a range. */
  double number(String key, double otherwise, double least, double most) {
    Value value = value(key);
    return value == null ? otherwise : number(key, value, least, most);
  }

  double number(String key, Value value, double least, double most) {
    double result;
    try {
      Expression expression = ExpressionParser.parse(text(key, value), names.keySet());
      result = expression.in(new Expression.Scope(names, new SplittableRandom(0)));
    } catch (ScenarioFormatException e) {
      throw e;
    } catch (IllegalArgumentException e) {
      throw error(value.line(), "'" + key + "': " + e.getMessage());
    }
    if (!(result >= least && result <= most)) {
      throw error(
          value.line(),
          "'"
              + key
              + "' is "
              + show(result)
              + "; from "
              + show(least)
              + " to "
              + show(most)
              + " is allowed");
    }
    return result;
  }

  int whole(String key, int otherwise, int least, int most) {
    Value value = value(key);
    return value == null ? otherwise : whole(key, value, least, most);
  }

  int whole(String key, Value value, int least, int most) {
    double number = number(key, value, least, most);
    if (number != Math.rint(number)) {
      throw error(value.line(), "'" + key + "' is " + number + "; a whole number is allowed");
    }
    return (int) number;
  }

  /** A time in seconds, as nanoseconds. */
  long nanos(String key, long otherwiseNanos, double leastSeconds) {
    Value value = value(key);
    return value == null
        ? otherwiseNanos
        : Math.round(number(key, value, leastSeconds, MAX_SECONDS) * NANOS);
  }

  boolean flag(String key, boolean otherwise) {
    return choice(key, otherwise, Map.of("yes", true, "no", false, "true", true, "false", false));
  }

  /** One of several words. */
  <T> T choice(String key, T otherwise, Map<String, T> allowed) {
    Value value = value(key);
    return value == null ? otherwise : choice(key, value, allowed);
  }

  <T> T choice(String key, Value value, Map<String, T> allowed) {
    String word = text(key, value);
    T found = allowed.get(word);
    if (found == null) {
      throw error(
          value.line(),
          "'"
              + key
              + ": "
              + word
              + "'"
              + Words.didYouMean(word, allowed.keySet())
              + "; allowed: "
              + String.join(", ", new TreeSet<>(allowed.keySet())));
    }
    return found;
  }

  /** An expression over names beside those that the file has values for. */
  @Nullable Expression expression(String key, Set<String> more) {
    Value value = value(key);
    if (value == null) {
      return null;
    }
    Set<String> all = new HashSet<>(names.keySet());
    all.addAll(more);
    try {
      return ExpressionParser.parse(text(key, value), all);
    } catch (ScenarioFormatException e) {
      throw e;
    } catch (IllegalArgumentException e) {
      throw error(value.line(), "'" + key + "': " + e.getMessage());
    }
  }

  Map<String, Double> names() {
    return names;
  }

  /** Two numbers, the least and the most. */
  double @Nullable [] range(String key, double least, double most) {
    Value value = value(key);
    if (value == null) {
      return null;
    }
    if (!(value instanceof Items list) || list.items().size() != 2) {
      throw error(value.line(), "'" + key + "' must be a pair, '[least, most]'");
    }
    double[] range = new double[2];
    for (int i = 0; i < range.length; i++) {
      range[i] = number(key, list.items().get(i), least, most);
    }
    if (range[0] > range[1]) {
      throw error(value.line(), "'" + key + "': the least comes first, then the most");
    }
    return range;
  }

  /** What a key is mapped to; null if it is not there or left empty. */
  @Nullable Value value(String key) {
    asked.add(key);
    Field field = fields.fields().get(key);
    return field == null ? null : field.value();
  }

  Set<String> keys() {
    return fields.fields().keySet();
  }

  int lineOf(String key) {
    Field field = fields.fields().get(key);
    return field == null ? line() : field.keyLine();
  }

  /** Whatever the caller makes of it may be refused, with a reason that names the line. */
  <T> T make(String key, Function<Section, T> maker) {
    try {
      return maker.apply(this);
    } catch (ScenarioFormatException e) {
      throw e;
    } catch (IllegalArgumentException e) {
      throw error(lineOf(key), "'" + key + "': " + e.getMessage());
    }
  }

  /**
   * All keys that mean something have been asked for.
   *
   * @throws ScenarioFormatException if there is another
   */
  void done() {
    for (Map.Entry<String, Field> entry : fields.fields().entrySet()) {
      if (!asked.contains(entry.getKey())) {
        List<String> allowed = new ArrayList<>(asked);
        throw error(
            entry.getValue().keyLine(),
            "unknown key '"
                + entry.getKey()
                + "'"
                + Words.didYouMean(entry.getKey(), allowed)
                + "; allowed: "
                + String.join(", ", allowed));
      }
    }
  }

  ScenarioFormatException error(int line, String what) {
    return new ScenarioFormatException(file, line, what);
  }

  private static String show(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e9
        ? Long.toString((long) value)
        : Double.toString(value);
  }
}
