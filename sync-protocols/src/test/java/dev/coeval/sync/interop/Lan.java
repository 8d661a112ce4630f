package dev.coeval.sync.interop;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A local network of network namespaces: hosts on one bridge, which has a namespace of its own, so
 * that nothing of the machine's network is touched and nothing is left behind. Needs Linux, root
 * and {@code ip}.
 */
final class Lan implements AutoCloseable {
  static final String SUBNET = "10.231.78.";

  /** Whom broadcasts go to. */
  static final String EVERYBODY = SUBNET + 255;

  /** Our host has these addresses, from 1 on; the others come behind them. */
  static final int OUR_ADDRESSES = 99;

  private static final long COMMAND_SECONDS = 20;

  private final String prefix = "coeval" + ProcessHandle.current().pid() + "x";
  private final Path folder;
  private final List<String> made = new ArrayList<>();

  private Lan(Path folder) {
    this.folder = folder;
  }

  /** Makes our host and so many others; leaves nothing behind where that fails. */
  static Lan create(Path folder, int hosts) throws IOException {
    Lan lan = new Lan(folder);
    boolean complete = false;
    try {
      lan.build(hosts);
      complete = true;
      return lan;
    } finally {
      if (!complete) {
        lan.close();
      }
    }
  }

  /** What the names of its hosts begin with. */
  String prefix() {
    return prefix;
  }

  static String ours(String prefix) {
    return prefix + "ours";
  }

  static String host(String prefix, int number) {
    return prefix + number;
  }

  static String address(int host) {
    return SUBNET + (OUR_ADDRESSES + 1 + host);
  }

  static String ourAddress(int number) {
    return SUBNET + (1 + number);
  }

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
    batch(hub, List.of("link add br0 type bridge", "link set br0 up"));
    List<String> ours = new ArrayList<>();
    for (int i = 0; i < OUR_ADDRESSES; i++) {
      ours.add(ourAddress(i));
    }
    plug(hub, add("ours"), "ours", ours);
    for (int host = 0; host < hosts; host++) {
      plug(hub, add(String.valueOf(host)), "port" + host, List.of(address(host)));
    }
  }

  private void plug(String hub, String name, String port, List<String> addresses)
      throws IOException {
    batch(
        hub,
        List.of(
            "link add " + port + " type veth peer name eth0 netns " + name,
            "link set " + port + " master br0 up"));
    List<String> lines = new ArrayList<>();
    for (String address : addresses) {
      lines.add("address add " + address + "/24 brd + dev eth0");
    }
    lines.add("link set lo up");
    lines.add("link set eth0 up");
    batch(name, lines);
  }

  private String add(String host) throws IOException {
    String name = prefix + host;
    run("ip", "netns", "add", name);
    made.add(name);
    return name;
  }

  private void batch(String namespace, List<String> lines) throws IOException {
    Path file = Files.writeString(folder.resolve("ip.batch"), String.join("\n", lines) + "\n");
    run("ip", "-n", namespace, "-batch", file.toString());
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
