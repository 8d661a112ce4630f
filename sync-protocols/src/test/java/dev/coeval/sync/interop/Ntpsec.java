package dev.coeval.sync.interop;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The ntpd of ntpsec on a host of its own, never steering the clock ({@code disable ntp}). */
final class Ntpsec {
  static final String PACKAGE = "ntpsec";
  static final String DAEMON = "usr/sbin/ntpd";
  private static final String QUERY = "usr/bin/ntpq";

  private final Site.Host host;
  private final ForeignProgram program;

  private Ntpsec(Site.Host host, ForeignProgram program) {
    this.host = host;
    this.program = program;
  }

  static Ntpsec start(Site.Host host, String... directives) throws IOException {
    List<String> lines = new ArrayList<>();
    lines.add("disable ntp");
    lines.add("driftfile " + host.home().resolve("drift"));
    lines.add("restrict default nomodify");
    lines.add("restrict 127.0.0.1");
    lines.add("tos minsane 1");
    lines.addAll(List.of(directives));
    String config = host.write("ntp.conf", lines).toString();
    String daemon = Unpacked.file(PACKAGE, DAEMON).toString();
    return new Ntpsec(host, host.start(List.of(daemon, "-n", "-c", config)));
  }

  String address() {
    return host.address();
  }

  /** What ntpq says of its peers, with numbers for names. */
  String peers() throws IOException, InterruptedException {
    return query("-pn");
  }

  /** What ntpq says of its associations: whether they are authenticated, among other things. */
  String associations() throws IOException, InterruptedException {
    return query("-c", "associations");
  }

  /** The variables of its first association. */
  String association() throws IOException, InterruptedException {
    return query("-c", "rv &1");
  }

  String awaitPeers(int seconds, String pattern) throws Exception {
    try {
      return Await.untilFound(seconds, this::peers, pattern);
    } catch (AssertionError e) {
      throw new AssertionError(e.getMessage() + "\n" + associations() + association() + program, e);
    }
  }

  private String query(String... what) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add("/usr/bin/python3");
    command.add(Unpacked.file(PACKAGE, QUERY).toString());
    command.addAll(List.of(what));
    command.add("127.0.0.1");
    return host.run(command);
  }

  @Override
  public String toString() {
    return program.toString();
  }
}
