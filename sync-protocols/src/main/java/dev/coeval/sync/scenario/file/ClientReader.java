package dev.coeval.sync.scenario.file;

import dev.coeval.scale.LeapPolicy;
import dev.coeval.sync.discipline.Disciplines;
import dev.coeval.sync.discipline.EnsembleConfig;
import dev.coeval.sync.discipline.PanicPolicy;
import dev.coeval.sync.discipline.RegressionConfig;
import dev.coeval.sync.discipline.RegressionDiscipline;
import dev.coeval.sync.discipline.SelectionConfig;
import dev.coeval.sync.machine.PeerId;
import dev.coeval.sync.ntp.LocalConfig;
import dev.coeval.sync.ntp.LocalConfig.Orphan;
import dev.coeval.sync.ntp.LocalConfig.Passive;
import dev.coeval.sync.ntp.NtpConfig;
import dev.coeval.sync.ntp.SourceConfig;
import dev.coeval.sync.ntp.auth.NtpKeys;
import dev.coeval.time.ClockModel;
import dev.coeval.time.SlewPolicy;
import dev.coeval.time.SteeringPolicy;
import dev.coeval.time.StepPolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads the {@code client} section of a node. */
final class ClientReader {
  private static final double PPB = 1e-9;
  private static final int NO_ORPHAN = 16;

  /** A frequency that was stored is good to a millionth, if the file does not know better. */
  private static final double STORED_ERROR = 1e-6;

  private final Roster roster;
  private final List<String> references;
  private final String self;

  /**
   * For one node.
   *
   * @param references the sources of a client that names none
   * @param self the node's name: a group that it belongs to means the others
   */
  ClientReader(Roster roster, List<String> references, String self) {
    this.roster = roster;
    this.references = references;
    this.self = self;
  }

  ClientSpec read(Section section) {
    List<SourceConfig> sources = sources(section);
    EnsembleConfig ensemble = ensemble(section, sources.stream().map(SourceConfig::peer).toList());
    LocalConfig local = local(section, ensemble.selection().maxDistanceNanos());
    SteeringPolicy steering = steering(section);
    NtpConfig config = section.make("sources", s -> new NtpConfig(sources, ensemble, local));
    NtpKeys keys = KeyReader.read(section);
    LeapPolicy leap = LeapReader.policy(section);
    section.done();
    return new ClientSpec(config, steering, ensemble.local().driftBoundPpb(), keys, leap);
  }

  private List<SourceConfig> sources(Section section) {
    List<SourceConfig> sources = new ArrayList<>();
    SourceConfig usual = new SourceReader(section).read(PeerId.simulated(0)); // names all its keys
    if (!section.has("sources")) {
      for (String name : references) {
        sources.add(with(roster.id(name), usual));
      }
    }
    for (Value item : section.items("sources")) {
      if (!(item instanceof Value.Fields fields)) {
        others(roster.named(section, "sources", item))
            .forEach(name -> sources.add(with(roster.id(name), usual)));
        continue;
      }
      Section own = section.of("sources", fields);
      Value of = own.value("of");
      if (of == null) {
        throw own.error(own.line(), "a source needs 'of: NODE'");
      }
      new SourceReader(own).read(PeerId.simulated(0));
      own.done();
      Section merged = section.overlaidBy(fields);
      for (String name : others(roster.named(own, "of", of))) {
        sources.add(new SourceReader(merged).read(roster.id(name)));
      }
    }
    return sources;
  }

  private List<String> others(List<String> names) {
    return names.size() == 1 ? names : names.stream().filter(name -> !name.equals(self)).toList();
  }

  private static SourceConfig with(PeerId peer, SourceConfig usual) {
    return new SourceConfig(
        peer,
        usual.mode(),
        usual.polling(),
        usual.wire(),
        usual.gates(),
        usual.options(),
        usual.label());
  }

  private static EnsembleConfig ensemble(Section section, List<PeerId> peers) {
    long driftBound = Math.round(section.number("drift-bound", 200e-6, 0, 0.1) / PPB);
    int samples = section.whole("samples", EnsembleConfig.DEFAULT_SAMPLES, 1, 1024);
    int misses =
        section.whole("misses", EnsembleConfig.DEFAULT_MISSES, 1, EnsembleConfig.MAX_MISSES);
    SelectionConfig selection =
        SelectionConfig.DEFAULT
            .withMinSources(section.whole("min-sources", 1, 1, EnsembleConfig.MAX_SOURCES))
            .withMaxDistanceNanos(section.nanos("max-distance", 3_000_000_000L, 1e-9))
            .withMaxJitterNanos(section.nanos("max-jitter", 1_000_000_000L, 1e-9))
            .withMissesUntilUnreachable(misses);
    int usualFaults = Math.max(0, (peers.size() - 1) / 2);
    int faults = section.whole("faults", usualFaults, 0, Math.max(0, peers.size() - 1));
    return section.make(
        "sources",
        s -> {
          EnsembleConfig usual = EnsembleConfig.defaults(peers);
          return usual
              .withFaultsTolerated(faults)
              .withLocal(new EnsembleConfig.Local(driftBound, 0, samples))
              .withSelection(selection)
              .withDisciplines(withPanic(s, disciplines(s, usual.disciplines())));
        });
  }

  /** The ensemble's own choice, unless an estimator is named or a regression is told something. */
  private static Disciplines disciplines(Section section, Disciplines otherwise) {
    Map<String, Disciplines> named = new TreeMap<>();
    Disciplines.names().forEach(name -> named.put(name, Disciplines.named(name).orElseThrow()));
    Disciplines chosen = section.choice("estimator", otherwise, named);
    Disciplines told = regression(section);
    if (told == null) {
      return chosen;
    }
    if (section.has("estimator") && !section.text("estimator", "").equals("regression")) {
      throw section.error(
          section.lineOf("estimator"),
          "'frequency' and 'max-frequency' are what a regression is told; 'estimator: regression'");
    }
    return told;
  }

  /** A regression that is told something of the frequency; null if there is nothing to tell. */
  private static @Nullable Disciplines regression(Section section) {
    RegressionConfig usual = RegressionConfig.DEFAULT;
    double limit = ClockModel.MAX_FREQUENCY;
    double maxFrequency = section.number("max-frequency", usual.maxFrequency(), PPB, limit);
    boolean isStored = section.has("frequency");
    double stored = section.number("frequency", 0, -limit, limit);
    double error =
        section.number(
            "frequency-error",
            isStored ? STORED_ERROR : Math.max(usual.expectedFrequencyError(), maxFrequency / 5),
            PPB,
            1);
    if (!isStored && !section.has("max-frequency")) {
      return null;
    }
    RegressionConfig config =
        new RegressionConfig(usual.window(), maxFrequency, error, usual.minErrorNanos());
    return Disciplines.ofEach(() -> new RegressionDiscipline(config, stored));
  }

  private static LocalConfig local(Section section, long maxDistanceNanos) {
    int stratum = section.whole("orphan", NO_ORPHAN, 1, NO_ORPHAN);
    Orphan orphan =
        new Orphan(
            stratum,
            section.nanos("orphan-wait", stratum == NO_ORPHAN ? 0 : Orphan.DEFAULT_WAIT_NANOS, 0));
    int strangers = section.whole("strangers", 0, 0, Passive.MAX_PEERS);
    Passive passive = strangers == 0 ? Passive.NOBODY : new Passive(peer -> true, false, strangers);
    boolean observes = section.flag("observe-only", false);
    return new LocalConfig(orphan, passive, observes, maxDistanceNanos);
  }

  private static Disciplines withPanic(Section section, Disciplines disciplines) {
    Section panic = section.section("panic");
    if (!section.has("panic")) {
      return disciplines;
    }
    PanicPolicy policy =
        panic.make(
            "over",
            s ->
                new PanicPolicy(
                    s.nanos("over", 1_000_000_000_000L, 1e-9),
                    s.whole("after", 1, 0, 1000),
                    s.whole("ignore", 0, 0, 1000)));
    panic.done();
    return disciplines.withPanic(policy);
  }

  private static SteeringPolicy steering(Section section) {
    double maxSlew = section.number("max-slew", 1 / 12.0, PPB, 1 / 3.0);
    StepPolicy step = StepPolicy.never();
    Section policy = section.section("step");
    if (section.has("step")) {
      Duration over = Duration.ofNanos(policy.nanos("over", 0, 0));
      step =
          policy.choice(
              "at",
              StepPolicy.atStart(over),
              Map.of(
                  "first", StepPolicy.atStart(over),
                  "any", StepPolicy.always(over),
                  "forward", StepPolicy.forward(over)));
      policy.done();
    }
    long maxSlewPpb = (long) (maxSlew / PPB);
    long spread = section.nanos("slew-time", -1, 0);
    SlewPolicy usual = SlewPolicy.DEFAULT;
    return SteeringPolicy.with(step)
        .withSlew(
            spread >= 0
                ? SlewPolicy.over(maxSlewPpb, spread)
                : new SlewPolicy(maxSlewPpb, usual.leastNanos(), usual.mostNanos()));
  }
}
