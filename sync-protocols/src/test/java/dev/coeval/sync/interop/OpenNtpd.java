package dev.coeval.sync.interop;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * OpenBSD's ntpd on a host of its own. It has no switch against steering the clock, and no right to
 * either.
 *
 * <p>It wants a user and folders that this machine need not have: it sees them in a mount namespace
 * of its own.
 *
 * <p><b>Serving.</b> It tells others the time only once {@code adjtime} has obeyed it twice, which
 * takes 16 replies, or five minutes. So strace answers {@code adjtime} for it, without the clock
 * being touched, and libfaketime takes its clocks forward by 36 s after each reply, so that the
 * next question is due. It stamps what it receives as a client with the kernel's clock, which is
 * not faked, but not as a server: it serves the faked time.
 */
final class OpenNtpd {
  static final String PACKAGE = "openntpd";
  static final String DAEMON = "usr/sbin/ntpd";
  static final String FAKETIME = "libfaketime";
  static final String FAKETIME_LIBRARY = "usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1";

  private static final int REPLIES_UNTIL_SYNCHRONIZED = 16;
  private static final double LONGEST_INTERVAL_SECONDS = 36;
  private static final double JUST_BEHIND_SECONDS = 0.001;
  private static final int TIMEX_BYTES = 40;

  private static final List<String> SETUP =
      List.of(
          "set -e",
          "mount --make-rprivate /",
          "cp /etc/passwd /etc/group .",
          "echo 'ntpd:x:64321:64321::/:/usr/sbin/nologin' >> passwd",
          "echo 'ntpd:x:64321:' >> group",
          "mount --bind passwd /etc/passwd",
          "mount --bind group /etc/group",
          "mount -t tmpfs none /var/lib",
          "mkdir -p /var/lib/openntpd/run /var/lib/openntpd/db",
          "mkdir -p fake",
          "chmod 755 fake",
          "mount --bind fake /mnt",
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
    return start(host, List.of(), directives);
  }

  private static OpenNtpd start(Site.Host host, List<String> before, String... directives)
      throws IOException {
    Path config = host.write("ntpd.conf", List.of(directives));
    Path setup = host.write("setup.sh", SETUP);
    List<String> command = new ArrayList<>();
    command.addAll(List.of("unshare", "--mount", "sh", "-c"));
    command.add("cd " + host.home() + " && exec sh " + setup + " \"$@\"");
    command.add("sh");
    command.addAll(before);
    command.add(Unpacked.file(PACKAGE, DAEMON).toString());
    command.addAll(List.of("-d", "-v", "-f", config.toString()));
    return new OpenNtpd(host, host.start(command));
  }

  /** One that serves a time of {@code faketime}'s, such as {@code "+0.5 x1.0001"}. */
  static OpenNtpd serving(Site site, String faketime) throws Exception {
    Chronyd upstream = Chronyd.start(site.host(), "local stratum 3", "allow all");
    Site.Host host = site.host();
    Files.createDirectory(host.home().resolve("fake"));
    fake(host, behind(REPLIES_UNTIL_SYNCHRONIZED));
    OpenNtpd ntpd = start(host, underFaketime(), "listen on *", "server " + upstream.address());
    for (int replies = 1; replies < REPLIES_UNTIL_SYNCHRONIZED; replies++) {
      ntpd.awaitReplies(replies);
      fake(host, behind(REPLIES_UNTIL_SYNCHRONIZED - replies));
    }
    ntpd.awaitReplies(REPLIES_UNTIL_SYNCHRONIZED);
    ntpd.awaitLog(5, "clock is now synced");
    fake(host, faketime);
    return ntpd;
  }

  private static List<String> underFaketime() {
    String calls = "adjtimex,clock_adjtime,settimeofday,clock_settime";
    return List.of(
        "strace",
        "-f",
        "-qqq",
        "--seccomp-bpf",
        "-o",
        "/dev/null",
        "-e",
        "trace=" + calls,
        "-e",
        "inject=adjtimex:retval=0:poke_enter=@arg1=" + "00".repeat(TIMEX_BYTES),
        "-e",
        "inject=clock_adjtime:retval=0:poke_enter=@arg2=" + "00".repeat(TIMEX_BYTES),
        "-e",
        "inject=settimeofday,clock_settime:error=EPERM",
        "env",
        "LD_PRELOAD=" + Unpacked.file(FAKETIME, FAKETIME_LIBRARY),
        "FAKETIME_TIMESTAMP_FILE=/mnt/time",
        "FAKETIME_NO_CACHE=1");
  }

  private static String behind(int repliesLeft) {
    double seconds = LONGEST_INTERVAL_SECONDS * (repliesLeft - 1) + JUST_BEHIND_SECONDS;
    return String.format(Locale.ROOT, "-%.3f", seconds);
  }

  private static void fake(Site.Host host, String time) throws IOException {
    Path next = host.write("fake/next", List.of(time));
    Files.move(next, host.home().resolve("fake/time"), StandardCopyOption.ATOMIC_MOVE);
  }

  /** It looks at its clock when something comes in, so it gets something. */
  private void awaitReplies(int count) throws Exception {
    try (DatagramSocket socket = new DatagramSocket()) {
      byte[] request = new byte[48];
      request[0] = 0x23;
      DatagramPacket packet =
          new DatagramPacket(request, request.length, InetAddress.getByName(address()), 123);
      Await.until(
          20,
          () -> {
            socket.send(packet);
            return program.output();
          },
          log -> Pattern.compile("next query").matcher(log).results().count() >= count);
    }
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
