package dev.coeval.sync.ntp.auth;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * How a key file is read: chrony's format or ntpd's, and which weak algorithms are allowed in it.
 *
 * <p>Immutable and thread-safe.
 */
public final class KeyFile {

  private final boolean ntpd;
  private final Set<MacAlgorithm> weakAllowed;

  private KeyFile(boolean ntpd, Set<MacAlgorithm> weakAllowed) {
    this.ntpd = ntpd;
    this.weakAllowed = weakAllowed;
  }

  /**
   * Files as chrony has them ({@code chrony.keys}).
   *
   * @return a reader that allows no weak algorithm
   */
  public static KeyFile chrony() {
    return new KeyFile(false, EnumSet.noneOf(MacAlgorithm.class));
  }

  /**
   * Files as ntpd has them ({@code ntp.keys}).
   *
   * @return a reader that allows no weak algorithm
   */
  public static KeyFile ntpd() {
    return new KeyFile(true, EnumSet.noneOf(MacAlgorithm.class));
  }

  /**
   * The same, and a weak algorithm is allowed as well.
   *
   * @param weak {@link MacAlgorithm#SHA1} or {@link MacAlgorithm#MD5}
   * @return a reader
   */
  public KeyFile allowing(MacAlgorithm weak) {
    Set<MacAlgorithm> more = EnumSet.copyOf(weakAllowed);
    more.add(weak);
    return new KeyFile(ntpd, more);
  }

  /**
   * Reads a file.
   *
   * @param file the file
   * @return its keys
   * @throws IOException if it cannot be read
   * @throws IllegalArgumentException as {@link #parse}
   */
  public NtpKeys read(Path file) throws IOException {
    return parse(file.toString(), Files.readAllLines(file, StandardCharsets.UTF_8));
  }

  /**
   * Reads the lines of a file.
   *
   * @param name the file's name, for messages
   * @param lines its lines
   * @return its keys
   * @throws IllegalArgumentException if a line is wrong: one line of text that begins with {@code
   *     name:line:}, says what to do, and has no secret
   */
  public NtpKeys parse(String name, List<String> lines) {
    if (lines.isEmpty()) {
      return NtpKeys.empty();
    }
    throw new IllegalArgumentException(name + ":1: not read yet; ntpd: " + ntpd);
  }
}
