package dev.coeval.bench.lab;

import dev.coeval.bench.report.Numbers;
import dev.coeval.sync.sim.DelayModel;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.LongStream;

/** All estimators on the same traces of exchanges. */
final class TraceSection {
  private static final double NANOS = 1e9;
  private static final double PPM = 1e6;
  private static final double[] WANDER = {1e-9, 1e-8};

  private final Scope scope;
  private final Lengths lengths;
  private final Map<String, List<String>> still = new LinkedHashMap<>();
  private final Map<String, List<String>> wandering = new LinkedHashMap<>();

  TraceSection(Scope scope, Lengths lengths) {
    this.scope = scope;
    this.lengths = lengths;
  }

  void run(Workers workers) throws IOException {
    List<String> names = scope.estimators().stream().filter(Traces::isOfSource).toList();
    List<Callable<String>> tasks = new ArrayList<>();
    for (String name : names) {
      Traces.delays().values().forEach(delay -> tasks.add(() -> stillCell(name, delay)));
      for (double wander : WANDER) {
        tasks.add(() -> wanderingCell(name, wander));
      }
    }
    List<String> cells = workers.all("traces", tasks);
    int laws = Traces.delays().size();
    int next = 0;
    for (String name : names) {
      still.put(name, cells.subList(next, next + laws));
      wandering.put(name, cells.subList(next + laws, next + laws + WANDER.length));
      next += laws + WANDER.length;
    }
  }

  String write() {
    Markdown text = new Markdown().heading(2, "Estimators on the same exchanges");
    text.paragraph(
        """
        No clock is steered here: what each estimator makes of 64 exchanges a second apart with a
        clock that is 50 ppm off, 100 µs of mean excess delay each way, five laws of it, %d traces
        each. Root mean square errors of offset and frequency at the last exchange. For exponential
        excess theory and computation give: the last exchange alone 72 µs, ordinary least squares
        17.1 µs and 0.46 ppm, least squares on the best quarter of round trips 9.1 µs and 0.25 ppm,
        weighted by the round trip 8.5 µs and 0.24 ppm, the line of maximal margin between both
        directions (which is the most likely one) 4.0 µs and 0.107 ppm.
        """
            .formatted(scope.traces()));
    List<String> heads = new ArrayList<>(List.of("estimator"));
    heads.addAll(Traces.delays().keySet());
    text.table(1, heads, lines(still));
    text.paragraph(
        """
        And on %d exchanges 64 s apart with a clock that wanders by 1 and by 10 ppb each second,
        exponential excess of 100 µs: root mean square error after each exchange, the first quarter
        left out. A Kalman filter that is told the wander: 12.8 and 28.0 µs; one that knows the law
        of the delays, too: 10.2 and 25.6 µs; a linear one: 24.5 and 43.9 µs.
        """
            .formatted(lengths.exchanges()));
    text.table(1, List.of("estimator", "1 ppb/√s", "10 ppb/√s"), lines(wandering));
    return text.toString();
  }

  private static List<List<String>> lines(Map<String, List<String>> cells) {
    List<List<String>> lines = new ArrayList<>();
    cells.forEach(
        (name, values) -> {
          List<String> line = new ArrayList<>(List.of("`" + name + "`"));
          line.addAll(values);
          lines.add(line);
        });
    return lines;
  }

  private String stillCell(String name, DelayModel delay) {
    double offsets = 0;
    double frequencies = 0;
    long first = scope.seeds().first();
    for (long seed = first; seed < first + scope.traces(); seed++) {
      Traces.Miss miss = Traces.still(name, delay, seed);
      offsets += miss.offsetNanos() * miss.offsetNanos();
      frequencies += miss.frequency() * miss.frequency();
    }
    double offset = Math.sqrt(offsets / scope.traces());
    double frequency = Math.sqrt(frequencies / scope.traces());
    return "%s, %s ppm".formatted(Numbers.time(offset), Numbers.plain(PPM * frequency));
  }

  private String wanderingCell(String name, double wander) {
    double[] rms =
        LongStream.range(0, lengths.wanders())
            .mapToDouble(
                i ->
                    Traces.wandering(name, wander, lengths.exchanges(), scope.seeds().first() + i)
                        / NANOS)
            .toArray();
    return Figures.meanAndDeviation(rms);
  }
}
