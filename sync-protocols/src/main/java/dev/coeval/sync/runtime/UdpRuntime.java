package dev.coeval.sync.runtime;

import dev.coeval.sync.machine.Action;
import dev.coeval.sync.machine.Report;
import dev.coeval.sync.machine.Switchboard;
import dev.coeval.time.ClockReader;
import dev.coeval.time.ClockReading;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.UnsupportedAddressTypeException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Runs a {@link Switchboard} on one UDP port, IPv4 and IPv6, with one thread.
 *
 * <p><b>Stamps.</b> A datagram's receive stamp is taken first thing after it was taken from the
 * socket: never before its arrival, and later by what the kernel needs to wake a thread, some tens
 * of microseconds, unless the thread is spinning ({@link UdpConfig}). The stamp for {@code onSent}
 * begins before the send and spans it: the datagram left between {@code tickNanos} and {@code
 * tickNanos + spanNanos}.
 *
 * <p><b>Order.</b> A pass takes what has arrived, then fires what is due, each up to a limit, so
 * that neither starves the other. All actions of one call are carried out before the next; the
 * listener is called on the same thread, at once, so that an estimate is in force before the next
 * event. Timers are on the ticks of the reader given, late by up to about a millisecond.
 *
 * <p><b>Ports.</b> What a machine calls a request ({@code isRequest}) leaves from a new port, which
 * only the peer asked can answer ({@link UdpConfig#freshPorts()}, RFC 9109); a reply that comes to
 * the bound port is counted and dropped ({@code isReply}). All else leaves from the bound port.
 *
 * <p><b>Unreachable peers.</b> A socket that hears everybody is told of no ICMP error, but that of
 * a request is: Linux reports closed ports and forbidden ones this way ({@code onUnreachable}), but
 * not unreachable hosts and networks beyond the first hop: those are just silent. A send that fails
 * at once is reported too.
 *
 * <p><b>Limits.</b> Datagrams longer than {@value #MAX_DATAGRAM_BYTES} bytes are counted and
 * dropped. A reply larger than its request is counted and dropped. A machine that sets more than
 * 4,096 timers, or whose sends bring about sends without end, fails the runtime.
 *
 * <p><b>Failure.</b> What a machine or the listener throws is a programmer's error: it is logged
 * once, kept ({@link #failure()}), and ends the runtime. After a machine's {@code Stop} the
 * machines are called no more, while responders go on answering ({@link #stopReason()}).
 *
 * <p><b>Several addresses.</b> A socket bound to the wildcard address replies from whichever
 * address the routing table picks, and a client that asked another one drops that reply. On a host
 * with several addresses, let there be a socket for each ({@link UdpConfig#eachAddress()}).
 * Addresses that the host gets later are served from the wildcard socket.
 *
 * <p><b>Broadcast, multicast.</b> See {@link UdpConfig#broadcast()} and {@link UdpConfig#groups()};
 * a datagram that came to a group is delivered like any other, from its sender.
 *
 * <p>Thread-safe. Use either {@link #start()} or, to step by hand, {@link #doWork()}.
 */
public final class UdpRuntime implements AutoCloseable {

  /**
   * More than any protocol here sends, or a frame of Ethernet holds: what is longer is not ours.
   */
  public static final int MAX_DATAGRAM_BYTES = 2_048;

  /** As many datagrams a socket and timers a pass: a flood of one cannot starve the other. */
  static final int MAX_PER_PASS = 64;

  private final Engine engine;
  private final UdpSockets sockets;
  private final TrafficCounts traffic = new TrafficCounts();
  private final LoopRunner runner;

  private UdpRuntime(
      UdpConfig config, Switchboard board, ClockReader clock, Consumer<Report> listener)
      throws IOException {
    this.sockets = new UdpSockets(config, clock, traffic);
    this.engine = new Engine(board, clock, listener, sockets::send);
    sockets.attach(engine);
    this.runner = new LoopRunner("coeval-udp-" + localAddress().getPort(), new UdpLoop());
  }

  /**
   * Opens and binds the socket. Nothing is received or sent yet.
   *
   * @param config where and how
   * @param board the machines and responders; from now on this runtime's alone
   * @param clock the local clocks: all stamps and timers are on its ticks
   * @param listener is told what the machines publish, on the runtime's thread; must not block
   * @return the runtime, to be started or stepped
   * @throws RuntimeStartException if the port is in use or privileged, or the address is not local
   */
  public static UdpRuntime open(
      UdpConfig config, Switchboard board, ClockReader clock, Consumer<Report> listener) {
    Objects.requireNonNull(board, "board");
    Objects.requireNonNull(clock, "clock");
    Objects.requireNonNull(listener, "listener");
    try {
      return new UdpRuntime(config, board, clock, listener);
    } catch (IOException | UnsupportedAddressTypeException e) {
      throw NetworkErrors.notBound("UDP", config.bind(), e);
    }
  }

  /**
   * Starts the thread, a daemon named after the bound address.
   *
   * @return this
   * @throws IllegalStateException if it was started, stepped or closed before
   */
  public UdpRuntime start() {
    runner.start();
    return this;
  }

  /**
   * One pass, without waiting: takes what has arrived, fires what is due. The first pass starts the
   * machines.
   *
   * @return how many datagrams, timers and other events were handled; 0 after a close
   * @throws IllegalStateException if the runtime has a thread of its own
   * @throws RuntimeException what a machine or the listener threw; the runtime is then closed
   */
  public int doWork() {
    return runner.doWork();
  }

  /**
   * Has a machine do something on its owner's behalf: the command runs on the runtime's thread, as
   * an event of its own, and the actions that it returns are carried out like those of any other
   * event. So the calls of a machine that are not events ({@code request()}, {@code send()}) can be
   * made from any thread, without a lock. Commands run in the order in which they were submitted;
   * those that come after a close or a machine's {@code Stop} are dropped.
   *
   * @param command is given the local clocks, calls the machine and returns its actions
   * @throws IllegalStateException if more than 16,384 commands are waiting
   */
  public void submit(Function<ClockReading, List<Action>> command) {
    engine.submit(Objects.requireNonNull(command, "command"));
    sockets.wakeup();
  }

  /**
   * Where the socket is bound.
   *
   * @return the address, with the port that was chosen if 0 was asked for
   */
  public InetSocketAddress localAddress() {
    return sockets.localAddress();
  }

  /**
   * What came and went.
   *
   * @return live counters
   */
  public TrafficCounts traffic() {
    return traffic;
  }

  /**
   * What ended this runtime, if it was not a close.
   *
   * @return what a machine or the listener threw, or an error of the socket
   */
  public Optional<Throwable> failure() {
    return runner.failure();
  }

  /**
   * Why the machines stopped by themselves, if they did.
   *
   * @return the reason in the machine's {@code Stop}
   */
  public Optional<String> stopReason() {
    return engine.stopReason();
  }

  /**
   * Whether it can still work: neither closed nor failed.
   *
   * @return true until then
   */
  public boolean isOpen() {
    return runner.isOpen();
  }

  /**
   * Stops the thread, waits for it, and frees the port. Does nothing the second time. Called on the
   * runtime's own thread, by a listener, say, it ends after the current event.
   */
  @Override
  public void close() {
    runner.close();
  }

  /** What the thread does. */
  private final class UdpLoop implements Loop {

    @Override
    public int pass() throws IOException {
      int work = engine.startOnce();
      work += engine.followUp(MAX_PER_PASS);
      work += engine.runCommands(MAX_PER_PASS);
      work += sockets.receive(MAX_PER_PASS);
      work += engine.followUp(MAX_PER_PASS);
      work += engine.fireDue(MAX_PER_PASS);
      return work + engine.followUp(MAX_PER_PASS);
    }

    @Override
    public void await() throws IOException {
      long millis = engine.millisUntilNext();
      if (millis > 0 && sockets.isSpinning()) {
        Thread.onSpinWait();
      } else if (millis > 0) {
        sockets.await(millis);
      }
    }

    @Override
    public void wakeup() {
      sockets.wakeup();
    }

    @Override
    public void release() {
      sockets.close();
    }
  }
}
