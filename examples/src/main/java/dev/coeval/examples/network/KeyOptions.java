package dev.coeval.examples.network;

import dev.coeval.examples.terminal.CommandFailedException;
import dev.coeval.sync.wire.Keyring;
import dev.coeval.sync.wire.SharedKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The keys that frames are authenticated with. */
public final class KeyOptions {

  /** A key file of 256 keys of 1024 bytes in hexadecimal is not longer. */
  private static final long MAX_FILE_BYTES = 1 << 20;

  @Option(
      names = "--keys",
      paramLabel = "FILE",
      description = {
        "Authenticate all frames but NTP's with HMAC-SHA256, and refuse those without.",
        "A key a line: its number, then text:SECRET or hex:DIGITS, at least 16 bytes; "
            + "the first is used for requests."
      })
  private @Nullable Path file;

  /** No keys, unless the option is given. */
  public KeyOptions() {}

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
   * @throws CommandFailedException if the file cannot be read or holds no key
   */
  public Keyring keyring() {
    Path path = file;
    if (path == null) {
      return Keyring.empty();
    }
    try {
      if (Files.size(path) > MAX_FILE_BYTES) {
        throw CommandFailedException.usage("key file " + path + " is larger than 1 MiB");
      }
      List<SharedKey> keys = Keyring.parse(Files.readAllLines(path));
      if (keys.isEmpty()) {
        throw CommandFailedException.usage("key file " + path + " has no key: " + FORM);
      }
      return Keyring.required(keys);
    } catch (IOException e) {
      throw CommandFailedException.usage(
          "cannot read key file " + path + ": name a file of text that can be read");
    } catch (IllegalArgumentException e) {
      throw CommandFailedException.usage("key file " + path + ": " + e.getMessage());
    }
  }

  private static final String FORM = "write one a line, as in 1 text:sixteen letters at least";
}
