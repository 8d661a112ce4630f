package dev.coeval.sync.ntp.auth;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How a key file is read: in chrony's format or in ntpd's, which differ in what a bare secret
 * means, and which weak algorithms are allowed in it.
 *
 * <table>
 *   <caption>One key a line, words between blanks; empty lines do not count</caption>
 *   <tr><th></th><th>{@link #chrony()}</th><th>{@link #ntpd()}</th></tr>
 *   <tr><td>line</td><td>{@code ID TYPE SECRET}, or {@code ID SECRET} for MD5</td>
 *       <td>{@code ID TYPE SECRET}</td></tr>
 *   <tr><td>comment</td><td>a line that begins with one of {@code # ! ; %}</td>
 *       <td>from {@code #} to the end of a line, wherever it stands</td></tr>
 *   <tr><td>ID</td><td>1 to 4294967295</td><td>1 to 65535</td></tr>
 *   <tr><td>TYPE</td><td colspan="2">AES128 (ntpd: AES, AES128CMAC), AES256, SHA256, SHA384, SHA512;
 *       SHA1 and MD5 where allowed; upper or lower case</td></tr>
 *   <tr><td>SECRET</td><td>{@code HEX:} and digits; {@code ASCII:} and characters; or characters
 *       alone</td>
 *       <td>up to 20 characters as they are; 21 to 64 are hexadecimal digits</td></tr>
 * </table>
 *
 * <p>What these programs pass over, cut or fill up with a warning in a log is an error here: a
 * secret of another length than its algorithm's, a number that occurs twice, an algorithm that is
 * not known. Immutable and thread-safe.
 */
public final class KeyFile {

  /** A longer file is none with keys: {@link NtpKeys#MAX_KEYS} lines of 128 characters. */
  public static final int MAX_FILE_BYTES = 8 * 1024 * 1024;

  /** chrony's limit on a line. */
  public static final int MAX_LINE_CHARS = 2047;

  private final KeyLine.Format format;
  private final Set<MacAlgorithm> weakAllowed;

  private KeyFile(KeyLine.Format format, Set<MacAlgorithm> weakAllowed) {
    this.format = format;
    this.weakAllowed = weakAllowed;
  }

  /**
   * Files as chrony has them ({@code chrony.keys}).
   *
   * @return a reader that allows no weak algorithm
   */
  public static KeyFile chrony() {
    return new KeyFile(KeyLine.Format.CHRONY, EnumSet.noneOf(MacAlgorithm.class));
  }

  /**
   * Files as ntpd has them ({@code ntp.keys}).
   *
   * @return a reader that allows no weak algorithm
   */
  public static KeyFile ntpd() {
    return new KeyFile(KeyLine.Format.NTPD, EnumSet.noneOf(MacAlgorithm.class));
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
    return new KeyFile(format, more);
  }

  /**
   * Reads a file.
   *
   * @param file the file
   * @return its keys
   * @throws IOException if it cannot be read
   * @throws IllegalArgumentException as {@link #parse}, or if it is longer than {@link
   *     #MAX_FILE_BYTES}
   */
  public NtpKeys read(Path file) throws IOException {
    byte[] bytes;
    try (InputStream in = Files.newInputStream(file)) {
      bytes = in.readNBytes(MAX_FILE_BYTES + 1);
    }
    if (bytes.length > MAX_FILE_BYTES) {
      throw new IllegalArgumentException(
          "%s: longer than %d bytes; name a file of keys".formatted(file, MAX_FILE_BYTES));
    }
    String text = new String(bytes, StandardCharsets.ISO_8859_1); // comments may hold anything
    return parse(file.toString(), text.lines().toList());
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
    List<NtpKey> keys = new ArrayList<>();
    Map<Integer, Integer> lineOf = new HashMap<>();
    for (int i = 0; i < lines.size(); i++) {
      List<String> words = KeyLine.words(lines.get(i), format);
      if (words.isEmpty()) {
        continue;
      }
      try {
        NtpKey key = keyOf(lines.get(i), words);
        checkRoom(key, lineOf.putIfAbsent(key.id(), i + 1), keys.size());
        keys.add(key);
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(name + ":" + (i + 1) + ": " + e.getMessage(), e);
      }
    }
    return NtpKeys.of(keys);
  }

  private NtpKey keyOf(String line, List<String> words) {
    if (line.length() > MAX_LINE_CHARS) {
      throw new IllegalArgumentException(
          "longer than " + MAX_LINE_CHARS + " characters; shorten the line");
    }
    KeyLine key = KeyLine.of(words, format);
    MacAlgorithm algorithm = key.algorithm();
    if (algorithm.isWeak() && !weakAllowed.contains(algorithm)) {
      throw new IllegalArgumentException(
          "key %s is of type %s, which is weak; use AES128, or allow %s by name"
              .formatted(
                  Integer.toUnsignedString(key.id()), algorithm.fileName(), algorithm.fileName()));
    }
    return key.toKey();
  }

  private static void checkRoom(NtpKey key, @Nullable Integer firstLine, int keys) {
    if (firstLine != null) {
      throw new IllegalArgumentException(
          "key %s is on line %d already; give it another number"
              .formatted(Integer.toUnsignedString(key.id()), firstLine));
    }
    if (keys == NtpKeys.MAX_KEYS) {
      throw new IllegalArgumentException(
          "more than " + NtpKeys.MAX_KEYS + " keys; remove those that nobody uses");
    }
  }
}
