package dev.coeval.sync.interop;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * OpenBSD's ntpd on a host of its own. It has no switch against steering the clock, and would call
 * {@code adjtime} without the right to.
 *
 * <p>It wants a user and folders that this machine need not have: it sees them in a mount namespace
 * of its own.
 */
final class OpenNtpd {
  static final String PACKAGE = "openntpd";
  static final String DAEMON = "usr/sbin/ntpd";

  private static final List<String> SETUP =
      List.of(
          "set -e",
          "mount --make-rprivate /",
          "cp /etc/passwd /etc/group .",
          "echo 'ntpd:x:64321:64321::/run/openntpd:/usr/sbin/nologin' >> passwd",
          "echo 'ntpd:x:64321:' >> group",
          "mount --bind passwd /etc/passwd",
          "mount --bind group /etc/group",
          "mount -t tmpfs none /var/lib",
          "mkdir -p /var/lib/openntpd/run /var/lib/openntpd/db",
          "mount -t tmpfs none /run",
          "mkdir -p /run/openntpd",
          "exec \"$@\"");

  private final ForeignProgram program;
  private final Site.Host host;

  private OpenNtpd(Site.Host host, ForeignProgram program) {
    this.host = host;
    this.program = program;
  }

  static OpenNtpd start(Site.Host host, String... directives) throws IOException {
    Path config = host.write("ntpd.conf", List.of(directives));
    Path setup = host.write("setup.sh", SETUP);
    List<String> command = new ArrayList<>();
    command.addAll(List.of("unshare", "--mount", "sh", "-c"));
    command.add("cd " + host.home() + " && exec sh " + setup + " \"$@\"");
    command.add("sh");
    command.add(Unpacked.file(PACKAGE, DAEMON).toString());
    command.addAll(List.of("-d", "-v", "-f", config.toString()));
    Files.createDirectories(host.home());
    return new OpenNtpd(host, host.start(command));
  }

  String address() {
    return host.address();
  }

  /** What it logs, once a pattern is in it. */
  String awaitLog(int seconds, String pattern) throws Exception {
    return Await.untilFound(seconds, program::output, pattern);
  }

  @Override
  public String toString() {
    return program.toString();
  }
}
