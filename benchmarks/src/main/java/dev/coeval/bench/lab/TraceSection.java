package dev.coeval.bench.lab;

import dev.coeval.bench.report.Numbers;
import dev.coeval.sync.sim.DelayModel;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/** All estimators on the same traces of exchanges. */
final class TraceSection {
  private static final double MICRO = 1e3;
  private static final double PPM = 1e6;

  private final Scope scope;
  private final Lengths lengths;
  private final Map<String, List<String>> still = new LinkedHashMap<>();
  private final List<List<String>> paper = new ArrayList<>();
  private final List<String> names;
  private final List<PaperClock> clocks;

  TraceSection(Scope scope, Lengths lengths) {
    this.scope = scope;
    this.lengths = lengths;
    this.names = scope.estimators().stream().filter(Traces::isOfSource).toList();
    this.clocks = PaperClock.all(lengths.exchanges());
  }

  void run(Workers workers) throws IOException {
    List<Callable<String>> tasks = new ArrayList<>();
    for (String name : names) {
      Traces.delays().values().forEach(delay -> tasks.add(() -> stillCell(name, delay)));
    }
    for (PaperClock clock : clocks) {
      names.forEach(name -> tasks.add(() -> paperCell(name, clock)));
    }
    List<String> cells = workers.all("traces", tasks);
    int laws = Traces.delays().size();
    int next = 0;
    for (String name : names) {
      still.put(name, cells.subList(next, next + laws));
      next += laws;
    }
    for (PaperClock clock : clocks) {
      paper.add(line(clock, cells.subList(next, next + names.size())));
      next += names.size();
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
        And on long traces, %d exchanges each (fewer where polls are rare), %d seeds: the root mean
        square error at four moments between any two, the first quarter left out.
        Beside them stand computed figures of filters that are told the wander: `linear` is a
        Kalman filter to which all exchanges are alike, `best` one that weighs each by its round
        trip, `floor` one that knows the law of the delays.
        """
            .formatted(lengths.exchanges(), lengths.wanders()));
    List<String> columns = new ArrayList<>(List.of("conditions", "linear", "best", "floor"));
    names.forEach(name -> columns.add("`" + name + "`"));
    text.table(1, columns, paper);
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

  private static List<String> line(PaperClock clock, List<String> cells) {
    PaperClock.Known known = clock.known();
    List<String> line = new ArrayList<>(List.of(clock.name()));
    for (double micros : new double[] {known.linear(), known.best(), known.floor()}) {
      line.add(Numbers.time(MICRO * micros));
    }
    line.addAll(cells);
    return line;
  }

  private String paperCell(String name, PaperClock clock) {
    double squares = 0;
    long first = scope.seeds().first();
    for (long seed = first; seed < first + lengths.wanders(); seed++) {
      squares += Math.pow(Traces.onPaper(name, clock, seed), 2);
    }
    return Numbers.time(Math.sqrt(squares / lengths.wanders()));
  }
}
