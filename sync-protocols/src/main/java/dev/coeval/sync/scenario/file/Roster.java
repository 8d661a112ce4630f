package dev.coeval.sync.scenario.file;

import dev.coeval.sync.machine.PeerId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The names of nodes and of groups of them, and their addresses. */
final class Roster {
  private final Map<String, PeerId> nodes = new LinkedHashMap<>();
  private final Map<String, List<String>> groups = new LinkedHashMap<>();

  /** Adds a group: a node of its name, or that name and a number each. */
  List<String> add(String group, int count) {
    List<String> names = new ArrayList<>();
    for (int i = 1; i <= count; i++) {
      String name = count == 1 ? group : group + i;
      nodes.put(name, PeerId.simulated(nodes.size() + 1));
      names.add(name);
    }
    groups.put(group, names);
    return names;
  }

  int size() {
    return nodes.size();
  }

  PeerId id(String node) {
    PeerId id = nodes.get(node);
    if (id == null) {
      throw new IllegalStateException("checked when it was read: " + node);
    }
    return id;
  }

  /** The nodes of a node's or a group's name. */
  List<String> named(Section section, String key, Value value) {
    String name = section.text(key, value);
    if (groups.containsKey(name)) {
      return groups.get(name);
    }
    if (nodes.containsKey(name)) {
      return List.of(name);
    }
    List<String> allowed = new ArrayList<>(groups.keySet());
    nodes.keySet().stream().filter(node -> !allowed.contains(node)).forEach(allowed::add);
    throw section.error(
        value.line(),
        "no node '"
            + name
            + "'"
            + Words.didYouMean(name, allowed)
            + "; allowed: "
            + String.join(", ", allowed));
  }

  /** A name that must be of a single node. */
  String one(Section section, String key) {
    Value value = section.value(key);
    if (value == null) {
      throw section.error(section.line(), "'" + key + "' is missing");
    }
    List<String> found = named(section, key, value);
    if (found.size() != 1) {
      throw section.error(value.line(), "'" + key + "' must name one node of " + found);
    }
    return found.get(0);
  }
}
