package dev.coeval.sync.ntp.auth;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One key of a key file. No message repeats a word of the line: where words are missing or changed
 * places, any may be the secret.
 */
record KeyLine(int id, MacAlgorithm algorithm, String word, Format format) {

  /** What a comment and a bare secret look like. */
  enum Format {
    CHRONY("ID TYPE HEX:DIGITS", 0xFFFF_FFFFL),
    NTPD("ID TYPE SECRET", 0xFFFFL);

    private final String shape;
    private final long maxId;

    Format(String shape, long maxId) {
      this.shape = shape;
      this.maxId = maxId;
    }
  }

  private static final String HEX = "HEX:";
  private static final String ASCII = "ASCII:";
  private static final String CHRONY_COMMENTS = "#!;%";
  private static final int MAX_ID_DIGITS = 10;

  /** ntpd: a longer secret is in hexadecimal, ... */
  private static final int NTPD_BARE_CHARS = 20;

  /** ... and of one that is longer still, ntpd drops what is beyond 32 bytes. */
  private static final int NTPD_HEX_CHARS = 64;

  /** The words of a line without its comment. */
  static List<String> words(String line, Format format) {
    String text = line;
    if (format == Format.NTPD) {
      int comment = line.indexOf('#');
      text = comment < 0 ? line : line.substring(0, comment);
    }
    String bare = text.strip();
    if (bare.isEmpty()
        || (format == Format.CHRONY && CHRONY_COMMENTS.indexOf(bare.charAt(0)) >= 0)) {
      return List.of();
    }
    return List.of(bare.split("\\s+"));
  }

  static KeyLine of(List<String> words, Format format) {
    boolean typed = words.size() == 3;
    if (!typed && !(words.size() == 2 && format == Format.CHRONY)) {
      throw new IllegalArgumentException(
          "%d words where a key has three; write %s".formatted(words.size(), format.shape));
    }
    int id = id(words.get(0), format);
    MacAlgorithm algorithm = typed ? MacAlgorithm.named(words.get(1)) : MacAlgorithm.MD5;
    if (algorithm == null) {
      throw new IllegalArgumentException(
          "key %s is of a type that is not known here; write one of %s"
              .formatted(Integer.toUnsignedString(id), types()));
    }
    return new KeyLine(id, algorithm, words.get(words.size() - 1), format);
  }

  /** The key, if its secret can be read and is as long as its algorithm wants it. */
  NtpKey toKey() {
    return NtpKey.of(id, algorithm, format == Format.CHRONY ? chrony() : ntpd());
  }

  /** Without the secret. */
  @Override
  public String toString() {
    return "KeyLine[id=" + Integer.toUnsignedString(id) + ", algorithm=" + algorithm + "]";
  }

  private static int id(String digits, Format format) {
    if (digits.length() <= MAX_ID_DIGITS && digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
      long id = Long.parseLong(digits);
      if (id > 0 && id <= format.maxId) {
        return (int) id;
      }
    }
    throw new IllegalArgumentException(
        "the first word is no number of a key; write 1 to " + format.maxId);
  }

  private static String types() {
    return Stream.of(MacAlgorithm.values())
        .map(MacAlgorithm::fileName)
        .collect(Collectors.joining(", "));
  }

  private byte[] chrony() {
    if (word.startsWith(HEX)) {
      return hex(word.substring(HEX.length()));
    }
    if (word.startsWith(ASCII)) {
      return ascii(word.substring(ASCII.length()));
    }
    String upper = word.toUpperCase(Locale.ROOT);
    if (upper.startsWith(HEX) || upper.startsWith(ASCII)) { // chrony takes it as characters
      throw wrong("begins in lower case; write HEX: or ASCII:");
    }
    return ascii(word);
  }

  private byte[] ntpd() {
    if (word.length() <= NTPD_BARE_CHARS) {
      return ascii(word);
    }
    if (word.length() > NTPD_HEX_CHARS) {
      throw wrong("is longer than ntpd's 32 bytes; write at most 64 hexadecimal digits");
    }
    return hex(word);
  }

  private byte[] hex(String digits) {
    try {
      return HexFormat.of().parseHex(digits);
    } catch (IllegalArgumentException e) { // its message would repeat digits of the secret
      throw wrong("is not hexadecimal; write two digits a byte");
    }
  }

  private byte[] ascii(String characters) {
    if (!characters.chars().allMatch(c -> c > ' ' && c <= '~')) {
      throw wrong("has characters beyond ASCII; write it in hexadecimal");
    }
    return characters.getBytes(StandardCharsets.US_ASCII);
  }

  private IllegalArgumentException wrong(String how) {
    return new IllegalArgumentException(
        "the secret of key " + Integer.toUnsignedString(id) + " " + how);
  }
}
