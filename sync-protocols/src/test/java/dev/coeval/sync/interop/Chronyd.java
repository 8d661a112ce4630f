package dev.coeval.sync.interop;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** chronyd on a host of its own, never steering the machine's clock ({@code -x}). */
final class Chronyd {
  private final Site.Host host;
  private final ForeignProgram program;

  private Chronyd(Site.Host host, ForeignProgram program) {
    this.host = host;
    this.program = program;
  }

  static Chronyd start(Site.Host host, String... directives) throws IOException {
    List<String> lines = new ArrayList<>(List.of(directives));
    lines.add("cmdport 0");
    lines.add("bindcmdaddress " + host.home().resolve("chronyd.sock"));
    lines.add("pidfile " + host.home().resolve("chronyd.pid"));
    String config = host.write("chrony.conf", lines).toString();
    String user = System.getProperty("user.name");
    return new Chronyd(host, host.start(List.of("chronyd", "-x", "-d", "-u", user, "-f", config)));
  }

  /** One that asks a server or peer four times a second. */
  static Chronyd asking(Site.Host host, String source, String... directives) throws IOException {
    List<String> all = new ArrayList<>(List.of(directives));
    all.add(source + " minpoll -2 maxpoll -2");
    all.add("logchange 0.1");
    return start(host, all.toArray(String[]::new));
  }

  String address() {
    return host.address();
  }

  /** What chronyc says. */
  String tell(String... command) throws IOException, InterruptedException {
    List<String> all =
        new ArrayList<>(List.of("chronyc", "-h", host.home().resolve("chronyd.sock").toString()));
    all.addAll(List.of(command));
    return host.run(all);
  }

  /** What it knows of its sources, once a pattern is in it. */
  String awaitData(int seconds, String pattern) throws Exception {
    try {
      return Await.untilFound(seconds, () -> tell("ntpdata"), pattern);
    } catch (AssertionError e) {
      throw new AssertionError(e.getMessage() + "\n" + program, e);
    }
  }

  /** By how much it found the clock to be wrong when it first took a source's time, in seconds. */
  double foundWrongBy() throws Exception {
    return Await.number(
        Await.untilFound(20, program::output, "System clock wrong by"),
        "System clock wrong by ([-+.\\d]+) seconds");
  }

  @Override
  public String toString() {
    return program.toString();
  }
}
