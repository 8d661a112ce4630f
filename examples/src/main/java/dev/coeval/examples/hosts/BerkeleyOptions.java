package dev.coeval.examples.hosts;

import dev.coeval.examples.network.Hosts;
import dev.coeval.examples.network.KeyOptions;
import dev.coeval.examples.terminal.DurationOption;
import dev.coeval.examples.terminal.OutputOptions;
import java.net.InetSocketAddress;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What every node of a Berkeley group can be told. */
final class BerkeleyOptions {

  @Option(
      names = "--port",
      paramLabel = "P",
      description = "The port of this node; 0 for any free one (default: ${DEFAULT-VALUE}).")
  private int port = Hosts.COEVAL_PORT;

  @Option(
      names = "--bind",
      paramLabel = "ADDR",
      description = "An address of this host to listen at (default: all, ${DEFAULT-VALUE}).")
  private String bind = "0.0.0.0";

  @Mixin private FaultOptions faults = new FaultOptions();
  @Mixin private KeyOptions keys = new KeyOptions();
  @Mixin private DurationOption duration = new DurationOption();
  @Mixin private OutputOptions output = new OutputOptions();

  BerkeleyOptions() {}

  InetSocketAddress address() {
    return Hosts.bind(bind, port);
  }

  FaultOptions faults() {
    return faults;
  }

  KeyOptions keys() {
    return keys;
  }

  DurationOption duration() {
    return duration;
  }

  OutputOptions output() {
    return output;
  }
}
