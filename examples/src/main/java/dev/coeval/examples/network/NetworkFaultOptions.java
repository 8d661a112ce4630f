package dev.coeval.examples.network;

import dev.coeval.examples.terminal.CommandFailedException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How bad the network is made on purpose. */
public final class NetworkFaultOptions {

  /** Beyond that, what is sent again and again hardly ever arrives. */
  private static final double MAX_LOSS = 0.9;

  private static final Duration MAX_DELAY = Duration.ofSeconds(10);

  @Option(
      names = {"--loss", "--drop"},
      paramLabel = "P",
      description = "Lose so much of what arrives, 0 to 0.9.")
  private @Nullable Double loss;

  @Option(
      names = "--delay",
      paramLabel = "TIME",
      description =
          "Let what arrives come late, each by a time of its own, up to this, as in 40ms.")
  private @Nullable Duration delay;

  /** No faults but those of the real network, unless the options are given. */
  public NetworkFaultOptions() {}

  /**
   * What is wrong with the network.
   *
   * @param otherwise what is taken where an option is not given
   * @return the faults
   * @throws CommandFailedException if an option is out of its range
   */
  public BadNetwork.Faults faults(BadNetwork.Faults otherwise) {
    Double givenLoss = loss;
    double lost = givenLoss == null ? otherwise.loss() : givenLoss;
    if (!(lost >= 0 && lost <= MAX_LOSS)) {
      throw CommandFailedException.usage("--loss is not in 0 to 0.9: " + lost);
    }
    Duration given = delay;
    if (given != null && (given.isNegative() || given.compareTo(MAX_DELAY) > 0)) {
      throw CommandFailedException.usage("--delay is not in 0s to 10s");
    }
    return new BadNetwork.Faults(lost, given == null ? otherwise.maxDelayNanos() : given.toNanos());
  }
}
