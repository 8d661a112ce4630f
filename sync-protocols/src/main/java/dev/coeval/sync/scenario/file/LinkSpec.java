package dev.coeval.sync.scenario.file;

import dev.coeval.sync.sim.DelayModel;
import dev.coeval.sync.sim.DelayModel.Excess;
import dev.coeval.sync.sim.LinkModel;
import dev.coeval.sync.sim.LossModel;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One direction between two nodes: a delay of base and an excess whose mean is the jitter, that
 * multiplied by 1 - 2a toward the server and by 1 + 2a from it.
 *
 * @param delay base, jitter, and the law of the excess
 * @param asymmetry a
 * @param loss which datagrams are lost
 * @param copies each is handed over 1 to so many times
 * @param passage gate and detour
 */
record LinkSpec(DelayModel delay, double asymmetry, LossModel loss, int copies, Passage passage) {
  private static final double NANOS = 1e9;
  private static final double MAX_DELAY = 3600;
  private static final Map<String, Excess> LAWS =
      Map.of(
          "none", Excess.NONE,
          "exponential", Excess.EXPONENTIAL,
          "gamma", Excess.GAMMA,
          "weibull", Excess.WEIBULL,
          "lognormal", Excess.LOGNORMAL,
          "pareto", Excess.PARETO,
          "uniform", Excess.UNIFORM);

  /**
   * What an expression says of each datagram.
   *
   * @param passes the datagram passes only where this holds
   * @param extra what comes on top of its delay, in seconds
   * @param names what the file has values for
   */
  record Passage(
      @Nullable Expression passes, @Nullable Expression extra, Map<String, Double> names) {}

  static LinkSpec read(Section section) {
    DelayModel delay = delay(section);
    double asymmetry = section.number("asymmetry", 0, -0.5, 0.5);
    LossModel loss = loss(section);
    int copies = section.whole("copies", 1, 1, LinkModel.MAX_COPIES);
    Set<String> more = Set.of("t", "packet");
    Passage passage =
        new Passage(
            section.expression("passes", more), section.expression("extra", more), section.names());
    section.done();
    return new LinkSpec(delay, asymmetry, loss, copies, passage);
  }

  private static DelayModel delay(Section section) {
    double base = section.number("base", 1e-4, 0, MAX_DELAY);
    double jitter = section.number("jitter", 1e-4, 0, MAX_DELAY);
    Excess law = section.choice("delay", Excess.EXPONENTIAL, LAWS);
    double usual = law == Excess.GAMMA || law == Excess.PARETO ? 2 : 1;
    double shape = section.number("shape", usual, law == Excess.PARETO ? 1.01 : 0.01, 1000);
    return new DelayModel(Math.round(base * NANOS), jitter * NANOS, law, shape);
  }

  /** A probability, or a chain of two states. */
  private static LossModel loss(Section section) {
    if (!(section.value("loss") instanceof Value.Fields)) {
      return LossModel.independent(section.number("loss", 0, 0, 1));
    }
    Section chain = section.section("loss");
    LossModel loss =
        new LossModel(
            chain.number("to-bad", 0, 0, 1),
            chain.number("to-good", 1, 0, 1),
            chain.number("good", 0, 0, 1),
            chain.number("bad", 1, 0, 1));
    chain.done();
    return loss;
  }

  LinkModel model(boolean towardServer) {
    double factor = towardServer ? 1 - 2 * asymmetry : 1 + 2 * asymmetry;
    LinkModel model =
        new LinkModel(delay.scaled(factor), loss, List.of(), LinkModel.Rule.NONE, copies);
    return passage.passes == null && passage.extra == null ? model : model.withRule(this::decide);
  }

  private long decide(LinkModel.Passage datagram) {
    Map<String, Double> names = new HashMap<>(passage.names);
    names.put("t", datagram.sinceStartNanos() / NANOS);
    names.put("packet", (double) datagram.number());
    Expression.Scope scope = new Expression.Scope(names, datagram.random());
    if (passage.passes != null && !passage.passes.holds(scope)) {
      return 0;
    }
    double extra = passage.extra == null ? 0 : passage.extra.in(scope);
    return datagram.delayNanos() + Math.round(extra * NANOS);
  }
}
