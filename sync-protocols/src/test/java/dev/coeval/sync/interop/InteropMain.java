package dev.coeval.sync.interop;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * Runs all pairs at once, on our host of a {@link Lan}, and leaves a file for each: {@code N.seen}
 * or {@code N.failed}.
 */
final class InteropMain {
  private static final long MOST_SECONDS = 140;

  /** Daemons that all start at once only get into one another's way. */
  private static final long BETWEEN_STARTS_NANOS = 150_000_000L;

  private InteropMain() {}

  static List<Pair> pairs() {
    List<Pair> all = new ArrayList<>();
    all.addAll(ChronydPairs.all());
    all.addAll(ChronydServesPairs.all());
    all.addAll(SymmetricPairs.all());
    all.addAll(BroadcastPairs.all());
    all.addAll(NtpsecPairs.all());
    all.addAll(NtpsecServesPairs.all());
    all.addAll(NtpdigPairs.all());
    all.addAll(OpenNtpdPairs.all());
    all.addAll(MixedPairs.all());
    all.addAll(WirePairs.all()); // the last, since they read what the others sent
    return all;
  }

  /**
   * The entry point.
   *
   * @param args the prefix of the namespaces' names, the folder for what is seen, and a regular
   *     expression: which pairs to run
   * @throws Exception if nothing can be run at all
   */
  public static void main(String[] args) throws Exception {
    Path folder = Path.of(args[1]);
    Pattern which = Pattern.compile(args[2]);
    Site ground = Site.of(args[0], folder);
    List<Pair> pairs = pairs();
    ExecutorService threads = Executors.newCachedThreadPool();
    WireCapture capture = WireCapture.start(folder);
    for (int i = 0; i < pairs.size() - WirePairs.COUNT; i++) {
      int number = i;
      if (which.matcher(pairs.get(i).title()).find()) {
        threads.execute(() -> run(pairs.get(number), ground.another(), folder, number));
        Await.HOST.pause(BETWEEN_STARTS_NANOS);
      }
    }
    threads.shutdown();
    threads.awaitTermination(MOST_SECONDS, TimeUnit.SECONDS);
    threads.shutdownNow();
    threads.awaitTermination(5, TimeUnit.SECONDS);
    capture.close();
    for (int i = 0; i < WirePairs.COUNT; i++) {
      int number = pairs.size() - WirePairs.COUNT + i;
      run(pairs.get(number), ground.another(), folder, number);
    }
    System.exit(0); // whatever a pair has left running
  }

  private static void run(Pair pair, Site site, Path folder, int number) {
    try (site) {
      write(folder.resolve(number + ".seen"), pair.script().run(site));
    } catch (Exception | AssertionError e) {
      StringWriter said = new StringWriter();
      e.printStackTrace(new PrintWriter(said));
      write(folder.resolve(number + ".failed"), said.toString());
    }
  }

  private static void write(Path file, String text) {
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      System.err.println(file + " is not written: " + e);
    }
  }
}
