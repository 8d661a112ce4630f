package dev.coeval.sync.interop;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Where one pair runs: hosts for foreign programs, addresses for ours. Closes all that was started
 * on it, the last first.
 */
final class Site implements Closeable {
  private final String prefix;
  private final Path folder;
  private final AtomicInteger nextHost;
  private final AtomicInteger nextAddress;
  private final List<Closeable> started = new ArrayList<>();

  private Site(String prefix, Path folder, AtomicInteger nextHost, AtomicInteger nextAddress) {
    this.prefix = prefix;
    this.folder = folder;
    this.nextHost = nextHost;
    this.nextAddress = nextAddress;
  }

  /** The first site of a network. */
  static Site of(String prefix, Path folder) {
    return new Site(prefix, folder, new AtomicInteger(), new AtomicInteger());
  }

  /** Another one, for another pair. */
  Site another() {
    return new Site(prefix, folder, nextHost, nextAddress);
  }

  /** The folder of all. */
  Path folder() {
    return folder;
  }

  /** A host that nobody has used. */
  Host host() throws IOException {
    int number = nextHost.getAndIncrement();
    Path home = folder.resolve("host" + number);
    Files.createDirectory(
        home, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    return new Host(this, Lan.host(prefix, number), Lan.address(number), home);
  }

  /** Port 123 at an address of ours that nobody has used. */
  InetSocketAddress ours() throws IOException {
    String address = Lan.ourAddress(nextAddress.getAndIncrement());
    return new InetSocketAddress(InetAddress.getByName(address), 123);
  }

  /** Closes something with this site. */
  <T extends Closeable> T closing(T it) {
    started.add(it);
    return it;
  }

  @Override
  public void close() throws IOException {
    for (int i = started.size() - 1; i >= 0; i--) {
      started.get(i).close();
    }
  }

  /**
   * A network namespace.
   *
   * @param site to which it belongs
   * @param namespace its name
   * @param address its address
   * @param home a folder for its files
   */
  record Host(Site site, String namespace, String address, Path home) {

    /** Starts a program, to be ended with the site. */
    ForeignProgram start(List<String> command) throws IOException {
      return site.closing(ForeignProgram.startIn(namespace, home, command));
    }

    /** Runs a program to its end and gives what it printed. */
    String run(List<String> command) throws IOException, InterruptedException {
      return ForeignProgram.runIn(namespace, home, command);
    }

    Path write(String name, List<String> lines) throws IOException {
      return Files.write(home.resolve(name), lines);
    }
  }
}
