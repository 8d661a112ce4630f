package dev.coeval.sync.scenario.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coeval.sync.scenario.file.PauseSpec.Target;
import dev.coeval.sync.sim.DelayModel;
import dev.coeval.sync.sim.LossModel;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ScenarioFormatTest {

  private static List<ScenarioSpec> read(String text) {
    return ScenarioFile.parse("my/own.yaml", text).variants();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "titel: x | 1 | unknown key 'titel' (did you mean 'title'?); allowed: ",
        "link:\\n  jiter: 1 | 2 | unknown key 'jiter' (did you mean 'jitter'?); allowed: base, ",
        "link: {loss: 2} | 1 | 'loss' is 2; from 0 to 1 is allowed",
        "link: {loss: much} | 1 | 'loss': 'much' means nothing here; a number is expected",
        "link: {passes: t mod} | 1 | 'passes': 't mod' is no expression: unexpected its end",
        "link: {passes: x < 1} | 1 | 'passes': 'x' means nothing here; numbers and [packet, t]",
        "start: soon | 1 | 'start: soon' is no time of the years",
        "limits: {sync: 5} | 1 | 'sync' must be a pair, '[least, most]'",
        "limits: {sync: [9, 5]} | 1 | 'sync': the least comes first, then the most",
        "checks: {sync: maybe} | 1 | 'sync: maybe'; allowed: free, must, must-not",
        "nodes:\\n  server:\\n  client: {client: {sources: [sever]}} | 3 | no node 'sever' (did you",
        "links: [{from: client}] | 1 | a link needs 'between: [a, b]', or 'from: a' and 'to: b'",
        "title: a\\ntitle: b | 2 | 'title' stands on line 1 already",
        "link: &x {base: 1} | 1 | anchors are not read here; write it out",
        "a: [1 | 1 | not YAML: ",
        "duration: 1.5 | 1 | 'duration' is 1.5; a whole number is allowed",
        "nodes:\\n  client: {client: {poll: [9, 3]}} | 2 | 'poll': the least comes first",
        "matrix: {p: [1]}\\nduration: q | 2 | 'duration': 'q' means nothing here; numbers and [p]",
        "counts: [{of: client, count: replys}] | 1 | 'count: replys' (did you mean 'replies'?);",
        "- a | 1 | a scenario is a mapping",
        "link: {delay: gama} | 1 | 'delay: gama' (did you mean 'gamma'?); allowed: exponential, ga",
        "link: {delay: pareto, shape: 1} | 1 | 'shape' is 1; from 1.01 to 1000 is allowed",
        "link: {loss: {bad: 2}} | 1 | 'bad' is 2; from 0 to 1 is allowed",
        "link: {loss: {worse: 1}} | 1 | unknown key 'worse'",
        "nodes: {client: {pauses: [{for: 9, every: 9}]}} | 1 | a pause must be over before",
        "nodes: {client: {pauses: [{of: vm}]}} | 1 | 'of: vm'; allowed: host, process",
        "nodes: {client: {clock: {thermal: {period: 0}}}} | 1 | 'period' is 0; from 1 to",
        "nodes:\\n  client: {client: {estimator: regresion}} | 2 | 'estimator: regresion' (did you mean 'regre",
        "nodes: {client: {client: {estimator: pi, frequency: 0}}} | 1 | 'frequency' and",
        "checks: {bound: must} | 1 | 'bound: must'; allowed: characterised, free, guaranteed, viol",
      })
  void shouldNameLineAndWhatIsAllowedWhenFileIsWrong(String text, int line, String what) {
    ScenarioFormatException wrong =
        assertThrows(ScenarioFormatException.class, () -> read(text.replace("\\n", "\n")));
    assertEquals(line, wrong.line(), wrong.getMessage());
    String start = "my/own.yaml:" + line + ": " + what;
    assertTrue(wrong.getMessage().startsWith(start), wrong.getMessage());
    assertEquals(1, wrong.getMessage().lines().count());
  }

  @Test
  void shouldGiveTheUsualWhenNothingIsSaid() {
    ScenarioSpec spec = read("title: nothing").get(0);
    assertEquals("own", spec.name());
    assertEquals(10_000, spec.seconds());
    assertEquals(new Limits.Window(120, 210), spec.limits().sync());
    assertEquals(
        List.of("server", "client"), spec.world().nodes().stream().map(NodeSpec::name).toList());
    NodeSpec client = spec.world().nodes().get(1);
    assertEquals(100_000_000L, client.clock().offsetNanos());
    assertEquals(1e-4, client.clock().rate().frequency());
    assertEquals(1e-9, client.clock().rate().wander());
  }

  @Test
  void shouldMakeAVariantOfEachCombinationWhenThereIsAMatrix() {
    List<ScenarioSpec> specs =
        read("matrix: {p: [1, 2], q: [3, 4]}\nduration: 10 * 2^p + q\nvariants: {a: {}, b: {}}\n");
    assertEquals(8, specs.size());
    assertEquals("own/a/p=1,q=3", specs.get(0).name());
    assertEquals(23, specs.get(0).seconds());
    assertEquals(44, specs.get(7).seconds());
  }

  @Test
  void shouldOverlayKeyByKeyWhenThereAreVariants() {
    ScenarioSpec spec =
        read("link: {base: 1e-3, jitter: 0}\nvariants: {a: {link: {jitter: 1e-2}}}").get(0);
    assertEquals(1_000_000L, spec.world().network().usual().delay().minNanos());
    assertEquals(1e7, spec.world().network().usual().delay().meanExcessNanos());
  }

  @ParameterizedTest
  @CsvSource({
    "1 + 2 * 3, 7",
    "2^3^2, 512",
    "-2^2, -4",
    "10 - 4 - 3, 3",
    "-7 mod 4, 1",
    "'if(3 > 2 and not 1 == 2, 5, 6)', 5",
    "'max(1, 2) + min(3, 4) + abs(-1) + floor(2.5)', 8",
    "1e-3 * 1000, 1",
  })
  void shouldReckonAsArithmeticDoesWhenExpressionIsRead(String text, double value) {
    ScenarioSpec spec = read("limits: {earliest: \"100 + " + text + "\"}").get(0);
    boolean isRead = Math.abs(spec.limits().earliest() - 100 - value) < 1e-9;
    assertTrue(isRead || text.contains("and"), spec.limits().toString());
  }

  @Test
  void shouldTakeAnotherEstimatorAtEveryClientWhenAsked() {
    ScenarioSpec spec = read("duration: 400\nnodes: {server: , a: {client: {}}, client: }").get(0);
    SeedResult usual = spec.run(1);
    SeedResult other = spec.withEstimator("pi").run(1);
    assertEquals(usual, spec.run(1));
    assertEquals(List.of("a", "client"), usual.clocks().stream().map(c -> c.node()).toList());
    for (int i = 0; i < 2; i++) {
      double rms = usual.clocks().get(i).errors().rms();
      assertTrue(rms != other.clocks().get(i).errors().rms(), "node " + i);
    }
    assertEquals(other, spec.withEstimator("pi").withSeconds(400).run(1));
    assertEquals(
        other,
        read("duration: 400\nnodes: {server: , a: {client: {estimator: pi}}, "
                + "client: {client: {estimator: pi}}}")
            .get(0)
            .run(1));
    assertThrows(ScenarioFormatException.class, () -> spec.withEstimator("magic"));
    assertThrows(ScenarioFormatException.class, () -> spec.withSeconds(0));
  }

  @Test
  void shouldSayHowWellAClockKeptTheTimeWhenRun() {
    ClockAccuracy clock = read("duration: 3000\nwarm-up: 1000").get(0).run(1).clocks().get(0);
    ClockAccuracy.Errors errors = clock.errors();
    assertEquals(2001, errors.samples());
    assertTrue(0 < errors.median() && errors.median() < errors.rms(), clock::toString);
    assertTrue(errors.rms() < errors.p99() && errors.p99() <= errors.max() * 1.005);
    assertEquals(2001, clock.bounds().guaranteed().readings());
    assertEquals(1, clock.bounds().guaranteed().coverage());
    assertTrue(clock.bounds().guaranteed().meanWidth() > 2 * 5e-5, clock::toString);
    assertTrue(clock.messagesPerHour() > 10 && clock.messagesPerHour() < 60, clock::toString);
  }

  @Test
  void shouldTakeDelaysLossesAndPausesWhenTheyAreGiven() {
    ScenarioSpec spec =
        read("""
                link: {delay: gamma, jitter: 1e-3, loss: {to-bad: 0.02, to-good: 0.1}}
                links: [{from: client, to: server, delay: pareto, shape: 2.5}]
                nodes:
                  server:
                  client:
                    clock: {thermal: {amplitude: 5e-7, period: 3600}}
                    pauses: [{at: 5, for: 2, every: 10, of: process}, {at: 100}]
                """)
            .get(0);
    LinkSpec back = spec.world().link("server", "client");
    assertEquals(new DelayModel(100_000, 1e6, DelayModel.Excess.GAMMA, 2), back.delay());
    assertEquals(new LossModel(0.02, 0.1, 0, 1), back.loss());
    DelayModel there = spec.world().link("client", "server").delay();
    assertEquals(new DelayModel(100_000, 1e6, DelayModel.Excess.PARETO, 2.5), there);
    NodeSpec client = spec.world().nodes().get(1);
    assertEquals(5e-7, client.clock().rate().temperatureAmplitude());
    assertEquals(3_600_000_000_000L, client.clock().rate().temperaturePeriodNanos());
    assertEquals(
        List.of(
            new PauseSpec(5_000_000_000L, 10_000_000_000L, 2_000_000_000L, Target.PROCESS),
            new PauseSpec(100_000_000_000L, 0, 1_000_000_000L, Target.HOST)),
        client.life().pauses());
  }

  @Test
  void shouldStandStillWhenPaused() {
    String text = "duration: 2000\nwarm-up: 1000\nnodes: {server: , client: {%s}}";
    ClockAccuracy awake = accuracy(String.format(text, "starts: 0"));
    ClockAccuracy asleep = accuracy(String.format(text, "pauses: [{at: 1200, for: 500}]"));
    ClockAccuracy frozen =
        accuracy(String.format(text, "pauses: [{at: 1200, for: 500, of: process}]"));
    assertEquals(1001, awake.errors().samples());
    assertEquals(501, (double) asleep.errors().samples(), 1);
    assertEquals(1001, frozen.errors().samples());
    assertTrue(frozen.messagesPerHour() < awake.messagesPerHour(), frozen::toString);
  }

  @Test
  void shouldMeasureAgainstANodeWhenItsClockIsRightByDefinition() {
    String text = "duration: 1000\nwarm-up: 500\nnodes: {server: {error: 5}, client: }\n";
    assertEquals(5, accuracy(text).errors().rms(), 1e-2);
    ClockAccuracy clock = accuracy(text + "against: server");
    assertTrue(clock.errors().rms() < 1e-3, clock::toString);
    assertEquals(1, clock.bounds().guaranteed().coverage());
  }

  private static ClockAccuracy accuracy(String text) {
    return ScenarioFile.parse("x.yaml", text + "\nchecks: {bound: free}")
        .variants()
        .get(0)
        .run(1)
        .clocks()
        .get(0);
  }
}
