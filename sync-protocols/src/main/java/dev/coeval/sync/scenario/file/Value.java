package dev.coeval.sync.scenario.file;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a scenario file holds, with the line on which it stands. Immutable. */
sealed interface Value {

  /** The line, from 1 on. */
  int line();

  /** A scalar as it was written; what it means depends on where it is asked for. */
  record Text(String text, int line) implements Value {}

  /** A list. */
  record Items(List<Value> items, int line) implements Value {}

  /** A mapping in the order of the file. */
  record Fields(Map<String, Field> fields, int line) implements Value {

    /** This mapping with another laid over it: mappings merge key by key, all else is replaced. */
    Fields overlaidBy(Fields over) {
      Map<String, Field> merged = new LinkedHashMap<>(fields);
      over.fields.forEach(
          (key, field) -> {
            Field under = merged.get(key);
            boolean merges =
                under != null && under.value instanceof Fields && field.value instanceof Fields;
            if (under != null && merges) {
              merged.put(key, under.overlaidBy(field));
            } else {
              merged.put(key, field);
            }
          });
      return new Fields(merged, line);
    }

    /** This mapping without a key. */
    Fields without(String key) {
      Map<String, Field> rest = new LinkedHashMap<>(fields);
      rest.remove(key);
      return new Fields(rest, line);
    }
  }

  /** A key's line, and what it is mapped to. */
  record Field(int keyLine, Value value) {
    private Field overlaidBy(Field over) {
      return new Field(over.keyLine, ((Fields) value).overlaidBy((Fields) over.value));
    }
  }
}
