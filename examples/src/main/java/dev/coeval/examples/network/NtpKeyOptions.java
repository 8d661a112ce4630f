package dev.coeval.examples.network;

import dev.coeval.examples.terminal.CommandFailedException;
import dev.coeval.sync.ntp.auth.KeyFile;
import dev.coeval.sync.ntp.auth.MacAlgorithm;
import dev.coeval.sync.ntp.auth.NtpKeys;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The symmetric keys of NTP, as chrony and ntpd keep them. */
public final class NtpKeyOptions {

  @Option(
      names = "--ntp-keys",
      paramLabel = "FILE",
      description = "Symmetric keys for NTP, a line each: ID TYPE SECRET, as chrony.keys has them.")
  private @Nullable Path file;

  @Option(
      names = "--key-format",
      paramLabel = "NAME",
      description = "Whose format that file has: chrony or ntpd (default: ${DEFAULT-VALUE}).")
  private String format = "chrony";

  @Option(
      names = "--allow-weak",
      paramLabel = "TYPE",
      split = ",",
      description = "Take keys of these weak types all the same: md5, sha1.")
  private List<String> weak = new ArrayList<>();

  /** No keys, unless the option is given. */
  public NtpKeyOptions() {}

  /**
   * Whether there are keys.
   *
   * @return true if the option was given
   */
  public boolean isGiven() {
    return file != null;
  }

  /**
   * Reads the keys.
   *
   * @return the keys of the file; none if there is no file
   * @throws CommandFailedException if the file cannot be read, or a line is wrong
   */
  public NtpKeys keys() {
    Path path = file;
    KeyFile reader = reader();
    if (path == null) {
      return NtpKeys.empty();
    }
    try {
      NtpKeys keys = reader.read(path);
      if (keys.size() == 0) {
        throw CommandFailedException.usage("key file " + path + " has no key");
      }
      return keys;
    } catch (IOException e) {
      throw CommandFailedException.usage(
          "cannot read key file " + path + ": name a file of text that can be read");
    } catch (IllegalArgumentException e) {
      throw CommandFailedException.usage("key file " + e.getMessage());
    }
  }

  /**
   * Checks that a key is there.
   *
   * @param keys those of the file
   * @param id its number
   * @return the number, as the wire has it
   * @throws CommandFailedException if it is not
   */
  public int check(NtpKeys keys, long id) {
    if (!isGiven()) {
      throw CommandFailedException.usage("--key needs --ntp-keys: the file that has the key");
    }
    if (id < 1 || id > 0xFFFF_FFFFL || keys.find((int) id) == null) {
      throw CommandFailedException.usage("--key " + id + " is not in " + file);
    }
    return (int) id;
  }

  private KeyFile reader() {
    KeyFile reader =
        switch (format) {
          case "chrony" -> KeyFile.chrony();
          case "ntpd" -> KeyFile.ntpd();
          default ->
              throw CommandFailedException.usage(
                  "--key-format is chrony or ntpd, not '" + format + "'");
        };
    for (String name : weak) {
      MacAlgorithm algorithm = MacAlgorithm.named(name);
      if (algorithm == null || !algorithm.isWeak()) {
        throw CommandFailedException.usage(
            "--allow-weak is md5 or sha1, not '" + name.toLowerCase(Locale.ROOT) + "'");
      }
      reader = reader.allowing(algorithm);
    }
    return reader;
  }
}
