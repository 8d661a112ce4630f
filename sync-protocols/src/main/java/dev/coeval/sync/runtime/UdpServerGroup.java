package dev.coeval.sync.runtime;

import dev.coeval.sync.machine.Responder;
import dev.coeval.sync.machine.Switchboard;
import dev.coeval.time.ClockReader;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Several threads that answer at one port, each with a socket of its own: the kernel gives the
 * datagrams of one peer always to the same of them ({@code SO_REUSEPORT}, by a hash of addresses
 * and ports).
 *
 * <p>Each thread gets a responder of its own, since a {@link Responder} is of one thread; what they
 * share (an access list, a table of clients) must be thread-safe. A node's machines do not belong
 * here, as their datagrams would come to any of the threads: run them on a {@link UdpRuntime} at
 * another port. One thread is enough until it is busy: see the measurements in {@code benchmarks}.
 *
 * <p>Needs Linux 3.9 or another system that knows {@code SO_REUSEPORT}. Thread-safe.
 */
public final class UdpServerGroup implements AutoCloseable {

  /** More threads than this would only get into one another's way. */
  public static final int MAX_THREADS = 64;

  private final List<UdpRuntime> runtimes;

  private UdpServerGroup(List<UdpRuntime> runtimes) {
    this.runtimes = List.copyOf(runtimes);
  }

  /**
   * Opens the port and starts the threads.
   *
   * @param config where and how; {@code reusePort} is set
   * @param threads how many; 1 to {@link #MAX_THREADS}
   * @param responders gives each thread its own
   * @param clock the local clocks
   * @return the running group
   * @throws RuntimeStartException if the port cannot be had; nothing is left open
   * @throws IllegalArgumentException if the number of threads is out of its range
   */
  public static UdpServerGroup start(
      UdpConfig config, int threads, Supplier<? extends Responder> responders, ClockReader clock) {
    Objects.requireNonNull(responders, "responders");
    if (threads < 1 || threads > MAX_THREADS) {
      throw new IllegalArgumentException("threads is out of range: " + threads);
    }
    List<UdpRuntime> runtimes = new ArrayList<>();
    boolean complete = false;
    try {
      UdpConfig place = config.withReusePort(true);
      for (int i = 0; i < threads; i++) {
        Switchboard board = new Switchboard().add(responders.get());
        UdpRuntime runtime = UdpRuntime.open(place, board, clock, report -> {});
        runtimes.add(runtime);
        place = place.withBind(runtime.localAddress());
      }
      runtimes.forEach(UdpRuntime::start);
      complete = true;
      return new UdpServerGroup(runtimes);
    } finally {
      if (!complete) {
        runtimes.forEach(UdpRuntime::close);
      }
    }
  }

  /**
   * Where the sockets are bound.
   *
   * @return the address, with the port that was chosen if 0 was asked for
   */
  public InetSocketAddress localAddress() {
    return runtimes.get(0).localAddress();
  }

  /**
   * How often something occurred, in all threads together.
   *
   * @param kind which
   * @return at least 0
   */
  public long traffic(Traffic kind) {
    return runtimes.stream().mapToLong(each -> each.traffic().get(kind)).sum();
  }

  /**
   * What ended a thread, if it was not a close. The kernel goes on giving its peers' datagrams to
   * the others from then on.
   *
   * @return what a responder threw, or an error of a socket
   */
  public Optional<Throwable> failure() {
    return runtimes.stream().flatMap(each -> each.failure().stream()).findFirst();
  }

  /**
   * The threads, each with its socket.
   *
   * @return the runtimes, to look at their counts
   */
  public List<UdpRuntime> runtimes() {
    return runtimes;
  }

  /** Stops the threads and frees the port. */
  @Override
  public void close() {
    runtimes.forEach(UdpRuntime::close);
  }
}
