package dev.coeval.sync.ntp;

import dev.coeval.sync.machine.PeerId;
import dev.coeval.sync.ntp.exchange.Wire;
import dev.coeval.sync.select.SourceOptions;
import java.util.Objects;

/**
 * One source of time, and how it is used.
 *
 * @param peer who it is
 * @param mode how it is spoken to
 * @param polling how often it is asked
 * @param wire version, interleaved mode and key
 * @param gates which of its exchanges are used
 * @param options what its owner says of it
 * @param label by how much the time that it tells differs from UTC, as its owner knows
 */
public record SourceConfig(
    PeerId peer,
    Mode mode,
    NtpPolling polling,
    Wire wire,
    Gates gates,
    SourceOptions options,
    Label label) {

  /** The kinds of association that are configured (RFC 5905 section 3). */
  public enum Mode {
    /** It answers requests: modes 3 and 4. */
    CLIENT,
    /** It may take time from here as well: mode 1. */
    SYMMETRIC,
    /** It sends its time unasked: mode 5, after a volley of requests that measures the delay. */
    BROADCAST
  }

  /**
   * How the time that a source tells differs from UTC.
   *
   * @param offsetNanos it is ahead by so much, always, in nanoseconds; at most a year
   * @param isSmeared it hides leap seconds by running slower or faster around them, so it cannot be
   *     held against sources that do not. One that does so unsaid is found out at the leap second
   */
  public record Label(long offsetNanos, boolean isSmeared) {

    /** It tells UTC. */
    public static final Label UTC = new Label(0, false);

    private static final long MAX_OFFSET_NANOS = 365L * 86_400 * 1_000_000_000;

    /**
     * Checks the range.
     *
     * @param offsetNanos as above
     * @param isSmeared as above
     * @throws IllegalArgumentException if the offset is out of its range
     */
    public Label {
      if (offsetNanos < -MAX_OFFSET_NANOS || offsetNanos > MAX_OFFSET_NANOS) {
        throw new IllegalArgumentException("offsetNanos is out of range: " + offsetNanos);
      }
    }
  }

  /**
   * Checks that all parts are there.
   *
   * @param peer as above
   * @param mode as above
   * @param polling as above
   * @param wire as above
   * @param gates as above
   * @param options as above
   * @param label as above
   */
  public SourceConfig {
    Objects.requireNonNull(peer, "peer");
    Objects.requireNonNull(mode, "mode");
    Objects.requireNonNull(polling, "polling");
    Objects.requireNonNull(wire, "wire");
    Objects.requireNonNull(gates, "gates");
    Objects.requireNonNull(options, "options");
    Objects.requireNonNull(label, "label");
  }

  /**
   * A server that is asked as the usual client asks.
   *
   * @param peer the server
   * @return the configuration
   */
  public static SourceConfig of(PeerId peer) {
    return new SourceConfig(
        peer,
        Mode.CLIENT,
        NtpPolling.defaults(),
        Wire.DEFAULT,
        Gates.OPEN,
        SourceOptions.NONE,
        Label.UTC);
  }

  /**
   * In another mode.
   *
   * @param other the mode
   * @return a copy
   */
  public SourceConfig withMode(Mode other) {
    return new SourceConfig(peer, other, polling, wire, gates, options, label);
  }

  /**
   * With another polling.
   *
   * @param other how often it is asked
   * @return a copy
   */
  public SourceConfig withPolling(NtpPolling other) {
    return new SourceConfig(peer, mode, other, wire, gates, options, label);
  }

  /**
   * With another wire.
   *
   * @param other version, interleaved mode and key
   * @return a copy
   */
  public SourceConfig withWire(Wire other) {
    return new SourceConfig(peer, mode, polling, other, gates, options, label);
  }

  /**
   * With other gates.
   *
   * @param other which exchanges are used
   * @return a copy
   */
  public SourceConfig withGates(Gates other) {
    return new SourceConfig(peer, mode, polling, wire, other, options, label);
  }

  /**
   * With other options.
   *
   * @param other what is said of it
   * @return a copy
   */
  public SourceConfig withOptions(SourceOptions other) {
    return new SourceConfig(peer, mode, polling, wire, gates, other, label);
  }

  /**
   * With another label.
   *
   * @param other by how much its time differs from UTC
   * @return a copy
   */
  public SourceConfig withLabel(Label other) {
    return new SourceConfig(peer, mode, polling, wire, gates, options, other);
  }
}
