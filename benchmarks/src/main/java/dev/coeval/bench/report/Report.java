package dev.coeval.bench.report;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes what JMH measured as {@code report.md} with a table and a picture for each benchmark
 * class. What a benchmark is about, and what to compare in it, its Javadoc says.
 *
 * <pre>
 * java -jar benchmarks/target/benchmarks.jar -rf json -rff results.json
 * java -cp benchmarks/target/benchmarks.jar dev.coeval.bench.report.Report results.json OUTDIR
 * </pre>
 *
 * <p>Exit codes: 0 done, 1 the results cannot be read or the report cannot be written, 2 usage. On
 * a host that cannot draw, having no fonts say, the tables come without pictures.
 */
public final class Report {
  private static final String FILE = "report.md";
  private static final int DONE = 0;
  private static final int FAILED = 1;
  private static final int USAGE = 2;

  private final Path outDir;
  private final PrintStream err;
  private boolean canDraw = true;

  private Report(Path outDir, PrintStream err) {
    this.outDir = outDir;
    this.err = err;
  }

  /**
   * The command.
   *
   * @param args the JSON file and the directory for the report, which is made if it is not there
   */
  public static void main(String[] args) {
    System.setProperty("java.awt.headless", "true");
    System.exit(run(args, System.out, System.err));
  }

  /** The command, but for the end of the process: gives its exit code. */
  static int run(String[] args, PrintStream out, PrintStream err) {
    if (args.length != 2 || args[0].startsWith("-") || args[1].startsWith("-")) {
      err.println(
          "usage: java -cp benchmarks.jar " + Report.class.getName() + " RESULTS.json OUTDIR");
      return USAGE;
    }
    try {
      Path report = write(Path.of(args[0]), Path.of(args[1]), err);
      out.println(report);
      return DONE;
    } catch (NoSuchFileException e) {
      err.println("no such file: " + e.getFile());
    } catch (InvalidPathException e) {
      err.println("no path: " + e.getMessage());
      return USAGE;
    } catch (IOException e) {
      err.println(args[0] + ": " + firstLine(e));
    }
    return FAILED;
  }

  private static Path write(Path json, Path outDir, PrintStream err) throws IOException {
    Map<String, List<Result>> classes = new LinkedHashMap<>();
    for (Result result : Results.read(json)) {
      classes.computeIfAbsent(result.qualifiedClass(), name -> new ArrayList<>()).add(result);
    }
    Files.createDirectories(outDir);
    StringBuilder text = new StringBuilder("# Benchmarks\n");
    Report report = new Report(outDir, err);
    for (List<Result> results : classes.values()) {
      text.append(report.section(byParams(results)));
    }
    return Files.writeString(outDir.resolve(FILE), text);
  }

  /** What has the same parameters stands together, in the order in which they first come. */
  private static List<Result> byParams(List<Result> results) {
    Map<Map<String, String>, List<Result>> groups = new LinkedHashMap<>();
    for (Result result : results) {
      groups.computeIfAbsent(result.params(), params -> new ArrayList<>()).add(result);
    }
    return groups.values().stream().flatMap(List::stream).toList();
  }

  private String section(List<Result> results) throws IOException {
    String name = results.get(0).className();
    boolean isSkew = results.stream().anyMatch(Result::isSkew);
    String table = isSkew ? Table.ofSkew(results) : Table.ofCost(results);
    return "\n## %s\n\n%s%s".formatted(name, table, picture(name, results));
  }

  /** A line that shows the picture; if there can be none, the error stream says why. */
  private String picture(String name, List<Result> results) throws IOException {
    Path png = outDir.resolve(name + ".png");
    if (canDraw) {
      try {
        Picture.save(name, results, png);
        return "\n![%s](%s.png)\n".formatted(name, name);
      } catch (RuntimeException e) { // one that cannot be drawn
        err.println("no picture of " + name + ": " + firstLine(e));
      } catch (Error e) { // no fonts on this host, say: that is no exception to AWT
        canDraw = false;
        err.println("no picture: " + firstLine(e));
      }
      Files.deleteIfExists(png); // begun and not finished
    }
    return "";
  }

  /** Of the first cause, which knows best. */
  private static String firstLine(Throwable e) {
    Throwable first = e;
    while (first.getCause() != null) {
      first = first.getCause();
    }
    String message = first.getMessage() == null ? "" : first.getMessage();
    return message.lines().findFirst().orElse(first.getClass().getSimpleName());
  }
}
