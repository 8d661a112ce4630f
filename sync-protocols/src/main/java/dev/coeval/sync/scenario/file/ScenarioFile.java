package dev.coeval.sync.scenario.file;

import dev.coeval.sync.scenario.file.Value.Fields;
import dev.coeval.sync.scenario.file.Value.Text;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A scenario as it is written down, in its variants. The format is described in the package.
 *
 * @param name the name of the file without its ending
 * @param variants at least one
 */
public record ScenarioFile(String name, List<ScenarioSpec> variants) {
  private static final String ENDING = ".yaml";
  private static final String INDEX = "index.txt";
  private static final int MAX_VARIANTS = 1000;

  /**
   * Copies the list.
   *
   * @param name as above
   * @param variants as above
   */
  public ScenarioFile {
    variants = List.copyOf(variants);
  }

  /**
   * Reads a file.
   *
   * @param path where it is
   * @return the scenario
   * @throws IOException if it cannot be read
   * @throws ScenarioFormatException if it says something that cannot be
   */
  public static ScenarioFile read(Path path) throws IOException {
    String text = Files.readString(path, StandardCharsets.UTF_8);
    return parse(path.toString(), text);
  }

  /**
   * Reads a text.
   *
   * @param file the name of the file that it is from, for errors
   * @param text what the file holds
   * @return the scenario
   * @throws ScenarioFormatException if it says something that cannot be
   */
  public static ScenarioFile parse(String file, String text) {
    String last = file.substring(file.replace('\\', '/').lastIndexOf('/') + 1);
    String name = last.endsWith(ENDING) ? last.substring(0, last.length() - 5) : last;
    Fields root = YamlTree.parse(file, text);
    Fields base = root.without("variants");
    Section section = new Section(file, root, Map.of());
    List<ScenarioSpec> specs = new ArrayList<>();
    if (!section.has("variants")) {
      addCells(file, name, base, specs);
    } else {
      Section variants = section.section("variants");
      for (String variant : variants.keys()) {
        Fields over = variants.section(variant).fields();
        addCells(file, name + "/" + variant, base.overlaidBy(over), specs);
      }
    }
    if (specs.isEmpty()) {
      throw section.error(section.lineOf("variants"), "'variants' names no variant");
    }
    return new ScenarioFile(name, specs);
  }

  /** One variant of every combination of the matrix's values. */
  private static void addCells(String file, String name, Fields fields, List<ScenarioSpec> specs) {
    for (Map<String, Text> cell : cells(new Section(file, fields, Map.of()))) {
      StringBuilder full = new StringBuilder(name);
      char separator = '/';
      Map<String, Double> numbers = new HashMap<>();
      for (Map.Entry<String, Text> entry : cell.entrySet()) {
        String text = entry.getValue().text();
        full.append(separator).append(entry.getKey()).append('=').append(text);
        separator = ',';
        number(text).ifPresent(value -> numbers.put(entry.getKey(), value));
      }
      Fields filled = cell.isEmpty() ? fields : (Fields) fill(fields, cell);
      Section section = new Section(file, filled, Map.copyOf(numbers));
      specs.add(new ScenarioSpec.Source(section, null).read(full.toString()));
      if (specs.size() > MAX_VARIANTS) {
        throw section.error(section.lineOf("matrix"), "more than " + MAX_VARIANTS + " variants");
      }
    }
  }

  private static Optional<Double> number(String text) {
    try {
      return Optional.of(Double.valueOf(text));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  private static List<Map<String, Text>> cells(Section section) {
    List<Map<String, Text>> cells = List.of(Map.of());
    Section matrix = section.section("matrix");
    for (String key : matrix.keys()) {
      List<Map<String, Text>> more = new ArrayList<>();
      for (Map<String, Text> cell : cells) {
        for (Value value : matrix.items(key)) {
          Map<String, Text> longer = new LinkedHashMap<>(cell);
          longer.put(key, new Text(matrix.text(key, value), value.line()));
          more.add(longer);
        }
      }
      cells = more;
    }
    return cells;
  }

  /** The value with each <code>${key}</code> in its texts replaced. */
  private static Value fill(Value value, Map<String, Text> cell) {
    if (value instanceof Text text) {
      String filled = text.text();
      for (Map.Entry<String, Text> entry : cell.entrySet()) {
        filled = filled.replace("${" + entry.getKey() + "}", entry.getValue().text());
      }
      return new Text(filled, text.line());
    }
    if (value instanceof Value.Items list) {
      return new Value.Items(
          list.items().stream().map(item -> fill(item, cell)).toList(), list.line());
    }
    Map<String, Value.Field> fields = new LinkedHashMap<>();
    ((Fields) value)
        .fields()
        .forEach(
            (key, field) ->
                fields.put(key, new Value.Field(field.keyLine(), fill(field.value(), cell))));
    return new Fields(fields, value.line());
  }

  /**
   * The names of the scenarios that come with the library.
   *
   * @return sorted
   */
  public static List<String> shipped() {
    return resource(INDEX).lines().filter(line -> !line.isBlank()).sorted().toList();
  }

  /**
   * A scenario that comes with the library.
   *
   * @param name its name, or the beginning of it up to the first hyphen: {@code s01}
   * @return empty if there is none
   */
  public static Optional<ScenarioFile> shipped(String name) {
    return shipped().stream()
        .filter(each -> each.equals(name) || each.startsWith(name + "-"))
        .findFirst()
        .map(each -> parse(each + ENDING, resource(each + ENDING)));
  }

  private static String resource(String name) {
    try (InputStream in =
        ScenarioFile.class.getResourceAsStream("/dev/coeval/sync/scenario/" + name)) {
      if (in == null) {
        throw new IllegalStateException("the jar lacks " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
