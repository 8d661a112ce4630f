package dev.coeval.examples.hosts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.coeval.examples.Coeval;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Hosts that are network namespaces of this one, each joined to one bridge by a veth pair. The
 * bridge has a namespace of its own, so that nothing is left behind and nothing of the machine's
 * network is touched. Needs Linux, root and {@code ip}.
 */
final class Namespaces implements AutoCloseable {
  private static final long COMMAND_SECONDS = 10;
  private static final String SUBNET = "10.231.77.";

  private final String prefix = "coeval" + ProcessHandle.current().pid() + "-";
  private final List<String> made = new ArrayList<>();

  private Namespaces() {}

  /** Skips the test where there are none, or fails it where they are required. */
  static void assumeThere() {
    String obstacle = obstacle();
    if ("required".equals(System.getenv("COEVAL_INTEROP"))) {
      assertEquals("", obstacle, "required here");
    }
    if (!obstacle.isEmpty()) {
      System.err.println("skipped: " + obstacle); // the test runner keeps it to its report
    }
    assumeTrue(obstacle.isEmpty(), obstacle);
  }

  /** Why namespaces cannot be had here, and how to get them; empty if they can. */
  private static String obstacle() {
    Namespaces trial = new Namespaces();
    try (trial) {
      trial.build(1);
      return "";
    } catch (IOException e) {
      return "no network namespaces here: "
          + e.getMessage()
          + "; run as root, with ip (Debian: apt-get install iproute2)";
    }
  }

  /** Makes hosts whose addresses are those of {@link #address}. */
  static Namespaces create(int hosts) throws IOException {
    Namespaces all = new Namespaces();
    boolean complete = false;
    try {
      all.build(hosts);
      complete = true;
      return all;
    } finally {
      if (!complete) {
        all.close();
      }
    }
  }

  String address(int host) {
    return SUBNET + (host + 1);
  }

  /** Starts the coeval command on a host, in a Java of its own. */
  HostProcess start(int host, String... args) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                "ip",
                "netns",
                "exec",
                prefix + host,
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Xmx64m",
                "-cp",
                System.getProperty("java.class.path"),
                Coeval.class.getName()));
    command.addAll(Arrays.asList(args));
    return HostProcess.start(command);
  }

  /** Removes all that was made; with its namespace goes each veth. */
  @Override
  public void close() {
    for (String name : made) {
      try {
        run("ip", "netns", "delete", name);
      } catch (IOException e) {
        System.err.println("a namespace is left behind: " + e.getMessage());
      }
    }
  }

  private void build(int hosts) throws IOException {
    String hub = add("hub");
    run("ip", "-n", hub, "link", "add", "br0", "type", "bridge");
    run("ip", "-n", hub, "link", "set", "br0", "up");
    for (int host = 0; host < hosts; host++) {
      String name = add(String.valueOf(host));
      String port = "port" + host;
      run(
          "ip", "-n", hub, "link", "add", port, "type", "veth", "peer", "name", "eth0", "netns",
          name);
      run("ip", "-n", hub, "link", "set", port, "master", "br0", "up");
      run("ip", "-n", name, "address", "add", address(host) + "/24", "dev", "eth0");
      run("ip", "-n", name, "link", "set", "lo", "up");
      run("ip", "-n", name, "link", "set", "eth0", "up");
    }
  }

  private String add(String host) throws IOException {
    String name = prefix + host;
    run("ip", "netns", "add", name);
    made.add(name);
    return name;
  }

  private static void run(String... command) throws IOException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    try {
      if (!process.waitFor(COMMAND_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
        process.destroyForcibly();
        throw new IOException(String.join(" ", command) + ": " + said);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }
}
