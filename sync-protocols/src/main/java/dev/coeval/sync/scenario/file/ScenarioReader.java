package dev.coeval.sync.scenario.file;

import dev.coeval.sync.scenario.file.NodeSpec.Lie;
import dev.coeval.sync.scenario.file.NodeSpec.Life;
import dev.coeval.sync.scenario.file.NodeSpec.Roles;
import dev.coeval.sync.scenario.file.ScenarioSpec.Asked;
import dev.coeval.sync.scenario.file.ScenarioSpec.Source;
import dev.coeval.sync.scenario.file.ScenarioSpec.World;
import dev.coeval.sync.scenario.file.ScenarioSpec.World.Network;
import dev.coeval.sync.scenario.file.ScenarioSpec.World.Span;
import dev.coeval.sync.scenario.file.ScenarioSpec.World.Truth;
import dev.coeval.sync.scenario.file.Value.Fields;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads one variant of a scenario: what its mapping says, and the usual for all else. */
final class ScenarioReader {
  private static final int MAX_NODES = 200;
  private static final int MAX_SECONDS = 10_000_000;
  private static final String USUAL_START = "2026-01-01T00:00:00Z";

  private final String name;
  private final Section section;
  private final Source source;
  private final Roster roster = new Roster();
  private final Map<String, Value> groups = new LinkedHashMap<>();
  private final Map<String, List<String>> members = new LinkedHashMap<>();
  private final List<String> references = new ArrayList<>();

  ScenarioReader(String name, Source source) {
    this.name = name;
    this.source = source;
    this.section = source.section();
  }

  ScenarioSpec read() {
    enlist();
    List<NodeSpec> nodes = nodes();
    int seconds = section.whole("duration", 10_000, 1, MAX_SECONDS);
    long start = start();
    LinkSpec usual = LinkSpec.read(section.section("link"));
    Limits limits = Limits.read(section.section("limits"));
    ScenarioSpec spec =
        new ScenarioSpec(
            about(),
            new World(
                start, span(seconds, limits), nodes, new Network(usual, links()), truth(start)),
            new Asked(limits, Checks.read(section.section("checks")), counts()),
            source);
    section.has("variants");
    section.has("matrix");
    section.done();
    return spec;
  }

  private ScenarioSpec.About about() {
    Map<String, Double> yardsticks = new LinkedHashMap<>();
    Section all = section.section("yardsticks");
    for (String key : all.keys()) {
      yardsticks.put(key, all.number(key, 0, 0, Double.MAX_VALUE));
    }
    return new ScenarioSpec.About(
        name,
        section.text("title", name),
        section.text("note", ""),
        section.flag("core", false),
        Collections.unmodifiableMap(yardsticks));
  }

  private Truth truth(long start) {
    return new Truth(
        LeapReader.leap(section, start),
        section.has("against") ? roster.one(section, "against") : null);
  }

  /** Unless it is said, the warm-up ends with the sync window, if that is within the run. */
  private Span span(int seconds, Limits limits) {
    double most = limits.sync().most();
    int usual = most <= 0 || most >= seconds ? 0 : (int) Math.floor(most) + 1;
    int warmUp = section.whole("warm-up", usual, 0, MAX_SECONDS);
    return new Span(seconds, warmUp < seconds ? warmUp : 0);
  }

  private long start() {
    String text = section.text("start", USUAL_START);
    try {
      Instant start = Instant.parse(text);
      return Math.addExact(
          Math.multiplyExact(start.getEpochSecond(), 1_000_000_000L), start.getNano());
    } catch (DateTimeException | ArithmeticException e) {
      throw section.error(
          section.lineOf("start"),
          "'start: " + text + "' is no time of the years 1678 to 2261 like " + USUAL_START);
    }
  }

  private void enlist() {
    Section all = section.section("nodes");
    if (!section.has("nodes")) {
      groups.put("server", new Fields(Map.of(), section.line()));
      groups.put("client", new Fields(Map.of(), section.line()));
    }
    for (String group : all.keys()) {
      Value value = all.value(group);
      groups.put(group, value instanceof Fields ? value : empty(all, group, value));
    }
    for (Map.Entry<String, Value> group : groups.entrySet()) {
      Section one = section.of(group.getKey(), group.getValue());
      List<String> names = roster.add(group.getKey(), one.whole("count", 1, 1, MAX_NODES));
      members.put(group.getKey(), names);
      if (!isClient(group.getKey(), one)) {
        references.addAll(names);
      }
    }
    if (roster.size() > MAX_NODES) {
      throw section.error(section.lineOf("nodes"), "more than " + MAX_NODES + " nodes");
    }
  }

  /** A group with nothing to say about it: "server:" alone. */
  private static Value empty(Section all, String group, @Nullable Value value) {
    if (value instanceof Value.Text text && (text.text().isEmpty() || text.text().equals("null"))) {
      return new Fields(Map.of(), value.line());
    }
    throw all.error(all.lineOf(group), "'" + group + "' must be a mapping, '" + group + ": {...}'");
  }

  private static boolean isClient(String group, Section section) {
    return section.has("client") || group.equals("client");
  }

  private List<NodeSpec> nodes() {
    List<NodeSpec> nodes = new ArrayList<>();
    members.forEach(
        (group, names) -> {
          Value value = groups.get(group);
          for (int i = 0; value != null && i < names.size(); i++) {
            Section one = section.of(group, value).withName("i", i + 1);
            nodes.add(node(group, names.get(i), one));
          }
        });
    return nodes;
  }

  private NodeSpec node(String group, String node, Section one) {
    boolean isClient = isClient(group, one);
    one.has("count");
    ClockSpec clock = ClockSpec.read(one.section("clock"), !isClient);
    boolean serves = one.has("serves") || !isClient;
    ServerSpec server = serves ? ServerSpec.read(one.section("serves"), isClient ? 2 : 1) : null;
    boolean isReference = one.flag("reference", !isClient);
    Expression error = !isReference ? null : one.expression("error", Set.of("t"));
    ClientSpec client =
        isClient ? new ClientReader(roster, references, node).read(client(one)) : null;
    Life life =
        new Life(one.nanos("starts", 0, 0), one.flag("checked", isClient && !serves), pauses(one));
    one.done();
    return new NodeSpec(
        node,
        roster.id(node),
        clock,
        new Roles(client, server, isReference, new Lie(error, one.names())),
        life);
  }

  private static List<PauseSpec> pauses(Section one) {
    List<PauseSpec> pauses = new ArrayList<>();
    for (Value item : one.items("pauses")) {
      pauses.add(PauseSpec.read(one.of("pauses", item)));
    }
    return List.copyOf(pauses);
  }

  private Section client(Section one) {
    Section client = one.section("client");
    String estimator = source.estimator();
    return estimator == null ? client : client.with("estimator", estimator);
  }

  private List<LinkRule> links() {
    List<LinkRule> rules = new ArrayList<>();
    for (Value item : section.items("links")) {
      Section one = section.of("links", item);
      boolean both = one.has("between");
      if (!both && !(one.has("from") && one.has("to"))) {
        throw one.error(one.line(), "a link needs 'between: [a, b]', or 'from: a' and 'to: b'");
      }
      List<Value> ends = one.items("between");
      if (both && ends.size() != 2) {
        throw one.error(one.lineOf("between"), "'between' takes two names, '[a, b]'");
      }
      Set<String> from = both ? names(one, "between", ends.subList(0, 1)) : names(one, "from");
      Set<String> to = both ? names(one, "between", ends.subList(1, 2)) : names(one, "to");
      Fields own = one.fields().without("between").without("from").without("to");
      Fields merged = section.section("link").overlaidBy(own).fields();
      rules.add(new LinkRule(from, to, both, LinkSpec.read(section.of("links", merged))));
    }
    return rules;
  }

  private Set<String> names(Section one, String key) {
    return names(one, key, one.items(key));
  }

  private Set<String> names(Section one, String key, List<Value> values) {
    Set<String> names = new LinkedHashSet<>();
    values.forEach(value -> names.addAll(roster.named(one, key, value)));
    return names;
  }

  private List<CountSpec> counts() {
    List<CountSpec> counts = new ArrayList<>();
    for (Value item : section.items("counts")) {
      counts.add(CountSpec.read(section.of("counts", item), roster));
    }
    return counts;
  }
}
