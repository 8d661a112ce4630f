package dev.coeval.sync.ntp.server;

import dev.coeval.sync.ntp.packet.NtpPacket;
import dev.coeval.time.ClockReader;
import java.util.Objects;

/**
 * What a server says about itself, whom it answers, and how much it remembers.
 *
 * @param reference what it says about a clock of its own
 * @param access who may ask
 * @param memory what it keeps between requests
 * @param rateLimit how often one client is answered; needs memory for clients
 * @param authentication what it makes of the codes behind requests
 */
public record NtpServerConfig(
    LocalReference reference,
    AccessList access,
    ServerMemory memory,
    RateLimit rateLimit,
    ServerAuthentication authentication) {

  /** RFC 5905 figure 12: an uncalibrated local clock. */
  public static final int LOCAL = NtpPacket.Reference.idOf("LOCL");

  /** 2⁻²⁴ s, 60 ns: reading the ticks takes a Java program half of that. */
  public static final int DEFAULT_PRECISION = -24;

  private static final int PRECISION_READINGS = 64;
  private static final double NANO = 1e-9;

  /**
   * Checks that the parts go together.
   *
   * @param reference as above
   * @param access as above
   * @param memory as above
   * @param rateLimit as above
   * @param authentication as above
   * @throws IllegalArgumentException if there is a rate limit, but no memory for clients
   */
  public NtpServerConfig {
    Objects.requireNonNull(reference, "reference");
    Objects.requireNonNull(access, "access");
    Objects.requireNonNull(memory, "memory");
    Objects.requireNonNull(rateLimit, "rateLimit");
    Objects.requireNonNull(authentication, "authentication");
    if (rateLimit.isLimited() && memory.clients() == 0) {
      throw new IllegalArgumentException("a rate limit needs memory for clients");
    }
  }

  /**
   * A server whose own clock is the reference: stratum 1, "LOCL". It answers everybody, and keeps
   * nothing between requests.
   *
   * @return the configuration
   */
  public static NtpServerConfig defaults() {
    return new NtpServerConfig(
        new LocalReference(1, LOCAL, DEFAULT_PRECISION),
        AccessList.allowAll(),
        ServerMemory.NONE,
        RateLimit.NONE,
        ServerAuthentication.NONE);
  }

  /**
   * A server that strangers can reach: {@link #defaults} with a rate limit, statistics of clients
   * and the interleaved mode, in memory of fixed size.
   *
   * @param seed from a secure source, and told to nobody
   * @return the configuration
   */
  public static NtpServerConfig guarded(long seed) {
    return defaults().withMemory(ServerMemory.of(seed)).withRateLimit(RateLimit.DEFAULT);
  }

  /**
   * The stratum of its own clock.
   *
   * @return 1 to 15
   */
  public int stratum() {
    return reference.stratum();
  }

  /**
   * The reference of its own clock.
   *
   * @return see {@link NtpPacket.Reference}
   */
  public int referenceId() {
    return reference.referenceId();
  }

  /**
   * The precision of its own clock.
   *
   * @return log₂ of seconds
   */
  public int precision() {
    return reference.precision();
  }

  /**
   * The same with another stratum.
   *
   * @param newStratum 1 to 15
   * @return the configuration
   * @throws IllegalArgumentException if it is out of range
   */
  public NtpServerConfig withStratum(int newStratum) {
    return withReference(new LocalReference(newStratum, referenceId(), precision()));
  }

  /**
   * The same with another reference.
   *
   * @param newReferenceId see {@link NtpPacket.Reference}
   * @return the configuration
   */
  public NtpServerConfig withReferenceId(int newReferenceId) {
    return withReference(new LocalReference(stratum(), newReferenceId, precision()));
  }

  /**
   * The same with another clock of its own.
   *
   * @param newReference what it says about it
   * @return the configuration
   */
  public NtpServerConfig withReference(LocalReference newReference) {
    return new NtpServerConfig(newReference, access, memory, rateLimit, authentication);
  }

  /**
   * The same for other clients.
   *
   * @param newAccess who may ask
   * @return the configuration
   */
  public NtpServerConfig withAccess(AccessList newAccess) {
    return new NtpServerConfig(reference, newAccess, memory, rateLimit, authentication);
  }

  /**
   * The same with other memory.
   *
   * @param newMemory what it keeps between requests
   * @return the configuration
   * @throws IllegalArgumentException if there is a rate limit, but no memory for clients
   */
  public NtpServerConfig withMemory(ServerMemory newMemory) {
    return new NtpServerConfig(reference, access, newMemory, rateLimit, authentication);
  }

  /**
   * The same with another rate limit.
   *
   * @param newRateLimit how often one client is answered
   * @return the configuration
   * @throws IllegalArgumentException if there is a limit, but no memory for clients
   */
  public NtpServerConfig withRateLimit(RateLimit newRateLimit) {
    return new NtpServerConfig(reference, access, memory, newRateLimit, authentication);
  }

  /**
   * The same with other keys.
   *
   * @param newAuthentication what it makes of the codes behind requests
   * @return the configuration
   */
  public NtpServerConfig withAuthentication(ServerAuthentication newAuthentication) {
    return new NtpServerConfig(reference, access, memory, rateLimit, newAuthentication);
  }

  /**
   * The same with the precision measured: the shortest time that the ticks need to advance (RFC
   * 5905 section 7.3), rounded up to a power of two.
   *
   * @param reader the clocks of the server; their ticks must advance
   * @return the configuration
   */
  public NtpServerConfig withPrecisionOf(ClockReader reader) {
    long shortest = Long.MAX_VALUE;
    long last = reader.tickNanos();
    for (int i = 0; i < PRECISION_READINGS; i++) {
      long next = reader.tickNanos();
      if (next > last) {
        shortest = Math.min(shortest, next - last);
      }
      last = next;
    }
    if (shortest == Long.MAX_VALUE) {
      return this;
    }
    int exponent = (int) Math.ceil(Math.log(shortest * NANO) / Math.log(2));
    int measured = Math.max(LocalReference.MIN_PRECISION, Math.min(0, exponent));
    return withReference(new LocalReference(stratum(), referenceId(), measured));
  }
}
