package dev.coeval.sync.ntp.server;

import dev.coeval.sync.ntp.packet.ServedTime;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** What the servers of several threads share. Thread-safe. */
final class ServerState {
  private final NtpServerConfig config;
  private final Supplier<ServedTime> clock;
  private final AddressHash hash;
  private final @Nullable ClientTable clients;
  private final @Nullable InterleavedMemory pairs;
  private final ServerCounts counts = new ServerCounts();
  private final AtomicLong threads = new AtomicLong();

  ServerState(NtpServerConfig config, Supplier<ServedTime> clock) {
    ServerMemory memory = config.memory();
    this.config = config;
    this.clock = clock;
    this.hash = AddressHash.ofSeed(memory.seed());
    this.clients = memory.clients() == 0 ? null : new ClientTable(memory, config.rateLimit());
    this.pairs =
        memory.interleavedPairs() == 0 ? null : new InterleavedMemory(memory.interleavedPairs());
  }

  NtpServerConfig config() {
    return config;
  }

  Supplier<ServedTime> clock() {
    return clock;
  }

  AddressHash hash() {
    return hash;
  }

  @Nullable ClientTable clients() {
    return clients;
  }

  @Nullable InterleavedMemory pairs() {
    return pairs;
  }

  ServerCounts counts() {
    return counts;
  }

  /** Whether anything is kept between requests. */
  boolean remembers() {
    return clients != null || pairs != null;
  }

  /** Random bits for one more thread: no other's, and none that tell the key of the hash. */
  RandomGenerator newRandom() {
    return new SplittableRandom(hash.of(threads.incrementAndGet(), -1));
  }
}
