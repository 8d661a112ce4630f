package dev.coeval.sync.discipline;

import dev.coeval.sync.machine.PeerId;
import dev.coeval.sync.measure.OffsetBounds;
import dev.coeval.sync.select.Candidate;
import dev.coeval.sync.select.Marzullo;
import dev.coeval.sync.select.Marzullo.Agreement;
import dev.coeval.sync.select.Selection;
import dev.coeval.sync.select.Selection.Choice;
import dev.coeval.time.LearnedDrift;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One vote of an ensemble's sources: who has one, who agrees, and why others do not count. */
final class Ballot {
  private final EnsembleConfig config;
  private final long tick;
  private final List<Source> sources;
  private final List<Source> fit = new ArrayList<>();
  private final Map<PeerId, Cause> excluded = new LinkedHashMap<>();
  private final List<Candidate> candidates = new ArrayList<>();
  private @Nullable Choice choice;

  /** Why there is no estimate. */
  record Refusal(Cause cause, List<List<PeerId>> groups, String reason) {}

  Ballot(List<Source> sources, long tick, EnsembleConfig config) {
    this.config = config;
    this.tick = tick;
    this.sources = sources;
    for (Source source : sources) {
      Cause cause = source.unfitAt(tick, config.selection());
      if (cause == Cause.NONE) {
        fit.add(source);
        candidates.add(source.candidateAt(tick));
      } else {
        excluded.put(source.peer(), cause);
      }
    }
  }

  /** Whether too few sources are fit; null if there are enough. */
  @Nullable Refusal lacking() {
    int faults = config.faultsTolerated();
    int needed = Math.max(faults + 1, config.selection().minSources());
    if (fit.size() >= needed) {
      return lacksTrust()
          ? new Refusal(
              Cause.TOO_FEW_SOURCES, List.of(), "none of the trusted sources is fit" + unfit())
          : null;
    }
    String why =
        needed == faults + 1
            ? "to tolerate %d false %s it takes %d"
                .formatted(faults, faults == 1 ? "one" : "ones", needed)
            : needed + " are wanted";
    String reason = fit.size() + " of " + sources.size() + " sources answer; " + why + unfit();
    return new Refusal(commonest(), List.of(), reason);
  }

  /** Were the others to vote until a trusted one answers, they could rule out what it says. */
  private boolean lacksTrust() {
    return sources.stream().anyMatch(s -> s.options().trust())
        && fit.stream().noneMatch(s -> s.options().trust());
  }

  /** If no source is fit, why most of those are not that could be; otherwise there are few. */
  private Cause commonest() {
    Map<Cause, Integer> counts = new EnumMap<>(Cause.class);
    excluded.values().forEach(cause -> counts.merge(cause, 1, Integer::sum));
    if (!fit.isEmpty()) {
      return Cause.TOO_FEW_SOURCES;
    }
    counts.remove(Cause.NO_REPLY);
    counts.remove(Cause.NOSELECT);
    return counts.entrySet().stream()
        .max(Map.Entry.comparingByValue())
        .map(Map.Entry::getKey)
        .orElse(Cause.NO_REPLY);
  }

  /** Those that answer and may not be selected. */
  private String unfit() {
    String named =
        excluded.entrySet().stream()
            .filter(entry -> entry.getValue() != Cause.NO_REPLY)
            .map(entry -> entry.getKey() + " " + entry.getValue())
            .collect(Collectors.joining(", "));
    return named.isEmpty() ? "" : "; unfit: " + named;
  }

  /** What is certain, by those who have a vote on it. */
  Agreement agreement() {
    return agreementOf(source -> source.boundsAt(tick));
  }

  /** What is likely, by the same, if the local oscillator keeps to what was learned of it. */
  Agreement agreement(LearnedDrift drift) {
    return agreementOf(source -> source.boundsAt(tick, drift));
  }

  private Agreement agreementOf(Function<Source, OffsetBounds> bounds) {
    List<Source> voters = voters();
    int faults = config.faultsTolerated();
    if (voters.size() < fit.size() || voters.get(0).options().trust()) {
      faults = Math.min(faults, (voters.size() - 1) / 2);
    }
    return Marzullo.intersect(voters.stream().map(bounds).toList(), faults);
  }

  /** How many exchanges of the voters are held. */
  int readings() {
    int readings = 0;
    for (Source source : voters()) {
      readings += source.readings();
    }
    return readings;
  }

  /** The age of the oldest of them. */
  long oldestAgeNanos() {
    long oldest = 0;
    for (Source source : voters()) {
      oldest = Math.max(oldest, source.oldestAgeNanosAt(tick));
    }
    return oldest;
  }

  private List<Source> voters() {
    List<Source> trusted = fit.stream().filter(s -> s.options().trust()).toList();
    return trusted.isEmpty() ? fit : trusted;
  }

  List<PeerId> voters(List<Integer> indices) {
    List<Source> voters = voters();
    return indices.stream().map(i -> voters.get(i).peer()).toList();
  }

  Choice choice() {
    Choice made = choice;
    if (made == null) {
      boolean isRequired = sources.stream().anyMatch(s -> s.options().require());
      made = Selection.of(candidates, config.selection().minSources(), isRequired);
      choice = made;
    }
    return made;
  }

  /** Why the choice is nobody; null if there are survivors. */
  @Nullable Refusal refusal() {
    Choice made = choice();
    return switch (made.outcome()) {
      case SELECTED -> null;
      case NO_MAJORITY -> noMajority();
      case REQUIRED_MISSING ->
          new Refusal(
              Cause.REQUIRED_MISSING,
              List.of(),
              "none of the sources that are required agrees with the others" + unfit());
      case TOO_FEW ->
          new Refusal(
              Cause.TOO_FEW_SOURCES,
              List.of(),
              "fewer sources agree than the %d that are wanted"
                  .formatted(config.selection().minSources()));
    };
  }

  Refusal noMajority() {
    List<List<PeerId>> groups = choice().groups().stream().map(this::peers).toList();
    int most = groups.isEmpty() ? 0 : groups.get(0).size();
    String sides = groups.stream().map(List::toString).collect(Collectors.joining(" against "));
    String reason =
        "no majority: at most %d of %d sources agree: %s".formatted(most, voters().size(), sides);
    return new Refusal(Cause.NO_MAJORITY, groups, reason);
  }

  /** Everybody who is not selected, and why. */
  Map<PeerId, Cause> excluded() {
    Map<PeerId, Cause> all = new LinkedHashMap<>(excluded);
    Choice made = choice;
    if (made != null) {
      made.falsetickers().forEach(i -> all.put(fit.get(i).peer(), Cause.FALSETICKER));
      made.notPreferred().forEach(i -> all.put(fit.get(i).peer(), Cause.NOT_PREFERRED));
      made.outliers().forEach(i -> all.put(fit.get(i).peer(), Cause.OUTLIER));
    }
    return all;
  }

  List<PeerId> selected() {
    return peers(choice().survivors());
  }

  List<Source> fit(List<Integer> indices) {
    return indices.stream().map(fit::get).toList();
  }

  List<Candidate> candidates(List<Integer> indices) {
    return indices.stream().map(candidates::get).toList();
  }

  private List<PeerId> peers(List<Integer> indices) {
    return indices.stream().map(i -> fit.get(i).peer()).toList();
  }
}
