package dev.coeval.bench.lab;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** All sections of a report: what they need to be run, and then what they say. */
final class Laboratory {
  private static final List<String> SHOWN = List.of("adaptive", "regression", "pi");

  private final Scope scope;
  private final SkewReport.Inputs inputs;
  private final Studies studies;
  private final ChronySection chrony;
  private final ScenarioSection scenarios;
  private final SimulatorSection simulator;
  private final TraceSection traces;
  private final ClaimsSection claims;
  private final SocketsSection sockets;
  private final BoundPicture bound;
  private final StabilityPicture stability;

  Laboratory(Scope scope, SkewReport.Inputs inputs, Lengths lengths) {
    this.scope = scope;
    this.inputs = inputs;
    this.studies = new Studies();
    this.chrony = new ChronySection(scope, studies);
    this.scenarios = new ScenarioSection(scope, studies);
    this.simulator = new SimulatorSection(scope, lengths);
    this.traces = new TraceSection(scope, lengths);
    this.claims = new ClaimsSection(scope);
    this.sockets = new SocketsSection(inputs.sockets());
    this.bound = new BoundPicture(scope.defaultEstimator());
    this.stability = new StabilityPicture(shown(scope), lengths.watched());
  }

  /**
   * Does all the work.
   *
   * @throws IOException if some of it failed
   */
  void run(Workers workers) throws IOException {
    scenarios.ask(); // the longest runs first
    chrony.ask();
    simulator.run(workers);
    traces.run(workers);
    stability.run(workers, scope.seeds().first());
    bound.run(scope.seeds().first());
    claims.run(workers);
    studies.run(workers);
    claims.add(simulator.claims());
    claims.add(chrony.claims());
    claims.add(sockets.claims());
    claims.add(inputs.costs().claims());
  }

  /**
   * The report.
   *
   * @throws IOException if a picture cannot be written
   */
  String write(Pictures pictures) throws IOException {
    Markdown drawn = new Markdown().heading(2, "In pictures");
    new JitterPicture(scope, chrony).draw(drawn, pictures);
    bound.draw(drawn, pictures);
    stability.draw(drawn, pictures);
    return "# How far clocks stay apart\n"
        + introduction()
        + claims.write()
        + chrony.write()
        + drawn
        + scenarios.write()
        + traces.write()
        + simulator.write()
        + sockets.write()
        + inputs.costs().write();
  }

  private Markdown introduction() {
    return new Markdown()
        .paragraph(
            """
            Written by `%1$s` with seeds %2$s (%3$d of them for estimators other
            than the default, `%4$s`). What is simulated is the same on every machine; what was measured on a machine
            says so. Nothing here is typed by hand but what others publish and what theory gives.

            ```
            java -cp benchmarks/target/benchmarks.jar dev.coeval.bench.peers.PeerRun sockets.json
            java -jar benchmarks/target/benchmarks.jar 'ClockRead|EstimatorB' -prof gc \\
                -wi 2 -w 500ms -i 4 -r 500ms -rf json -rff jmh.json
            java -cp benchmarks/target/benchmarks.jar %1$s \\
                --seeds %2$s --others %3$d --sockets sockets.json --jmh jmh.json
            ```
            """
                .formatted(
                    SkewReport.class.getName(),
                    scope.seeds(),
                    scope.others(),
                    scope.defaultEstimator()));
  }

  private static List<String> shown(Scope scope) {
    List<String> names = new ArrayList<>();
    Stream.concat(Stream.of(scope.defaultEstimator()), SHOWN.stream())
        .filter(name -> scope.estimators().contains(name) && !names.contains(name))
        .forEach(names::add);
    return names;
  }
}
