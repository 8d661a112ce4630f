package dev.coeval.bench.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * What the logical clocks cost beside those of other libraries: measures all in one run, bytes
 * allocated included, and writes {@code results.json} and {@code report.md}. It takes about a
 * quarter of an hour.
 *
 * <pre>
 * java -cp benchmarks/target/benchmarks.jar dev.coeval.bench.report.CostTable OUTDIR [REGEX]
 * </pre>
 *
 * <p>In the tables, {@code of ours} says how many times the cost of ours another's is, in the same
 * run. With a regular expression, only what it finds is measured.
 */
public final class CostTable {
  private static final String SIDE_BY_SIDE =
      "\\.logical\\.(VectorPeers|VectorCodec|HybridPeers|IntervalTree|TreeClock)\\w*\\.";
  private static final int USAGE = 2;

  private CostTable() {}

  /**
   * The command.
   *
   * @param args the directory for the results, which is made if it is not there, and perhaps a
   *     regular expression of benchmarks
   * @throws IOException if the results cannot be written
   * @throws RunnerException if a benchmark fails
   */
  public static void main(String[] args) throws IOException, RunnerException {
    if (args.length < 1 || args.length > 2 || args[0].startsWith("-")) {
      System.err.println(
          "usage: java -cp benchmarks.jar " + CostTable.class.getName() + " OUTDIR [REGEX]");
      System.exit(USAGE);
    }
    Path outDir = Files.createDirectories(Path.of(args[0]));
    Path json = outDir.resolve("results.json");
    Options options =
        new OptionsBuilder()
            .include(args.length > 1 ? args[1] : SIDE_BY_SIDE)
            .forks(1)
            .warmupIterations(2)
            .warmupTime(TimeValue.milliseconds(700))
            .measurementIterations(4)
            .measurementTime(TimeValue.milliseconds(400))
            .addProfiler(GCProfiler.class)
            .shouldFailOnError(true)
            .resultFormat(ResultFormatType.JSON)
            .result(json.toString())
            .build();
    new Runner(options).run();
    Report.main(new String[] {json.toString(), outDir.toString()});
  }
}
