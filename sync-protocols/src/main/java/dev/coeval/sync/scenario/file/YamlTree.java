package dev.coeval.sync.scenario.file;

import dev.coeval.sync.scenario.file.Value.Field;
import dev.coeval.sync.scenario.file.Value.Fields;
import dev.coeval.sync.scenario.file.Value.Items;
import dev.coeval.sync.scenario.file.Value.Text;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * YAML 1.2 to values that know their lines. Scalars stay texts, so that no tag and no guess of a
 * type is at work; anchors and aliases are refused, so that a small file cannot grow large.
 */
final class YamlTree {

  /** More is no scenario, in characters. */
  static final int MAX_LENGTH = 1 << 20;

  private static final int MAX_DEPTH = 16;

  private final String file;

  private YamlTree(String file) {
    this.file = file;
  }

  /**
   * Reads a text.
   *
   * @throws ScenarioFormatException if it is no mapping in YAML
   */
  static Fields parse(String file, String text) {
    if (text.length() > MAX_LENGTH) {
      throw new ScenarioFormatException(file, 1, "longer than " + MAX_LENGTH + " characters");
    }
    LoadSettings settings = LoadSettings.builder().setLabel(file).build();
    try {
      Optional<Node> root = new Compose(settings).composeString(text);
      if (root.isEmpty() || !(root.get() instanceof MappingNode)) {
        throw new ScenarioFormatException(
            file, 1, "a scenario is a mapping: 'title: ...' and so on");
      }
      return (Fields) new YamlTree(file).value(root.get(), 0);
    } catch (MarkedYamlEngineException e) {
      int line = e.getProblemMark().map(Mark::getLine).orElse(0) + 1;
      throw new ScenarioFormatException(file, line, "not YAML: " + e.getProblem());
    } catch (YamlEngineException e) {
      throw new ScenarioFormatException(file, 1, "not YAML: " + e.getMessage());
    }
  }

  private Value value(Node node, int depth) {
    int line = line(node);
    if (node.getAnchor().isPresent()) {
      throw new ScenarioFormatException(file, line, "anchors are not read here; write it out");
    }
    if (depth > MAX_DEPTH) {
      throw new ScenarioFormatException(file, line, "nested deeper than " + MAX_DEPTH);
    }
    if (node instanceof ScalarNode scalar) {
      return new Text(scalar.getValue().strip(), line);
    }
    if (node instanceof SequenceNode sequence) {
      List<Value> items = new ArrayList<>();
      for (Node item : sequence.getValue()) {
        items.add(value(item, depth + 1));
      }
      return new Items(List.copyOf(items), line);
    }
    return new Fields(fields((MappingNode) node, depth), line);
  }

  private Map<String, Field> fields(MappingNode mapping, int depth) {
    Map<String, Field> fields = new LinkedHashMap<>();
    for (NodeTuple tuple : mapping.getValue()) {
      int line = line(tuple.getKeyNode());
      if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
        throw new ScenarioFormatException(file, line, "a key must be a word");
      }
      Field field = new Field(line, value(tuple.getValueNode(), depth + 1));
      Field before = fields.put(key.getValue(), field);
      if (before != null) {
        throw new ScenarioFormatException(
            file, line, "'" + key.getValue() + "' stands on line " + before.keyLine() + " already");
      }
    }
    return fields;
  }

  private static int line(Node node) {
    return node.getStartMark().map(Mark::getLine).orElse(0) + 1;
  }
}
