package dev.coeval.sync.scenario.file;

import dev.coeval.sync.discipline.Cause;
import dev.coeval.sync.discipline.SyncStatus;
import dev.coeval.sync.discipline.SyncStatus.State;
import dev.coeval.sync.scenario.file.Checks.Demand;
import dev.coeval.sync.scenario.file.ClockAccuracy.Errors;
import dev.coeval.sync.scenario.file.ClockAccuracy.Rates;
import dev.coeval.sync.scenario.file.Figure.Kind;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Holds what came of a run against what was asked. */
final class Judge {

  /** Why a node that had time says that no source will do. */
  private static final Set<Cause> COMPLAINTS =
      EnumSet.of(
          Cause.NO_MAJORITY,
          Cause.TOO_FEW_SOURCES,
          Cause.NO_REPLY,
          Cause.DISTANCE_TOO_LARGE,
          Cause.JITTER_TOO_LARGE);

  private static final double HOUR_SECONDS = 3600;

  private final ScenarioSpec spec;
  private final FileRun run;
  private final List<Figure> figures = new ArrayList<>();
  private final List<ClockAccuracy> clocks = new ArrayList<>();

  Judge(ScenarioSpec spec, FileRun run) {
    this.spec = spec;
    this.run = run;
  }

  SeedResult judge(long seed) {
    RuntimeException crash = run.crash();
    for (FileRun.Actor actor : run.actors()) {
      if (actor.spec.life().isChecked()) {
        judge(actor);
      }
    }
    fact("all", "polls", new PollCheck(spec.world(), run).holds(), spec.checks().polls());
    boolean ran = crash == null;
    for (FileRun.Actor actor : run.actors()) {
      boolean began = actor.spec.life().startNanos() <= spec.seconds() * 1_000_000_000L;
      ran &= actor.node.isRunning() || !began;
    }
    fact("all", "exit", ran, spec.checks().exit());
    for (CountSpec count : spec.counts()) {
      double value = new Counter(count, run).count();
      figures.add(
          new Figure(
              count.node(), count.describe(), value, count.least(), count.most(), Kind.LIMIT));
    }
    return new SeedResult(
        spec.name(), seed, figures, clocks, crash == null ? "" : crash.toString());
  }

  private void judge(FileRun.Actor actor) {
    String node = actor.spec.name();
    ClockAccuracy clock = accuracy(actor);
    clocks.add(clock);
    Limits limits = spec.limits();
    Kind kind = spec.checks().sync() == Demand.MUST ? Kind.LIMIT : Kind.NOTE;
    Errors errors = clock.errors();
    Rates rates = clock.rates();
    List<Figure> sync =
        List.of(
            new Figure(
                node,
                "sync [s]",
                clock.syncSeconds(),
                limits.earliest(),
                limits.sync().most(),
                kind),
            new Figure(node, "max time [s]", errors.max(), 0, limits.time(), kind),
            new Figure(node, "rms time [s]", errors.rms(), 0, limits.rms().time(), kind),
            new Figure(node, "max freq", rates.max(), 0, limits.frequency(), kind),
            new Figure(node, "rms freq", rates.rms(), 0, limits.rms().frequency(), kind));
    figures.addAll(sync);
    if (spec.checks().sync() == Demand.MUST_NOT) {
      boolean holds =
          sync.stream()
              .map(f -> new Figure(node, "", f.value(), f.least(), f.most(), Kind.LIMIT))
              .allMatch(Figure::isMet);
      fact(node, "sync", holds, Demand.MUST_NOT);
    }
    fact(node, "selection", isSelected(actor), spec.checks().selection());
    judge(clock.bounds(), node, actor.clock.get().confidence());
  }

  /** What is characterised is likely, not certain: as likely as its confidence says. */
  private void judge(ClockAccuracy.Bounds bounds, String node, double confidence) {
    boolean isHeld = bounds.guaranteed().violations() == 0;
    switch (spec.checks().bound()) {
      case GUARANTEED -> fact(node, "guaranteed bound holds", isHeld, Demand.MUST);
      case CHARACTERISED ->
          fact(
              node,
              "characterised bound holds",
              isHeld && bounds.characterised().coverage() >= confidence,
              Demand.MUST);
      case VIOLATED -> fact(node, "guaranteed bound holds", isHeld, Demand.MUST_NOT);
      case FREE -> {}
    }
  }

  private ClockAccuracy accuracy(FileRun.Actor actor) {
    int warmUp = spec.warmUpSeconds();
    long sent =
        run.packets().sentBy(actor.spec.id()).stream().filter(p -> p.seconds() >= warmUp).count();
    return new ClockAccuracy(
        actor.spec.name(),
        actor.errors.syncSeconds(),
        actor.errors.errors(),
        actor.errors.rates(),
        new ClockAccuracy.Bounds(actor.guaranteed.result(), actor.characterised.result()),
        sent * HOUR_SECONDS / (spec.seconds() - warmUp));
  }

  private void fact(String node, String what, boolean holds, Demand demand) {
    if (demand != Demand.FREE) {
      double wanted = demand == Demand.MUST ? 1 : 0;
      figures.add(new Figure(node, what, holds ? 1 : 0, wanted, wanted, Kind.FACT));
    }
  }

  /** A source was selected, and nothing was ever amiss with the set of them after that. */
  private static boolean isSelected(FileRun.Actor actor) {
    boolean isSelected = false;
    for (Heard heard : actor.heard) {
      if (heard.report() instanceof SyncStatus status) {
        if (status.cause() == Cause.NO_MAJORITY
            || (isSelected
                && status.state() != State.SYNCHRONIZED
                && COMPLAINTS.contains(status.cause()))) {
          return false;
        }
        isSelected |= status.state() == State.SYNCHRONIZED;
      }
    }
    return isSelected;
  }
}
