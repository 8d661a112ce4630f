package dev.coeval.scale;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads and writes {@code leap-seconds.list}; see {@link LeapSecondTable} for its form. Total: a
 * table or a {@link LeapFileException}, whatever the text.
 */
final class LeapFile {
  /** From 1900-01-01 to 1970-01-01, in seconds. */
  private static final long FROM_1900 = 2_208_988_800L;

  private static final long DAY = 86_400;
  private static final Pattern ENTRY =
      Pattern.compile("\\s*([0-9]{1,11})\\s+([0-9]{1,6})\\s*(?:#.*)?");
  private static final Pattern TIME = Pattern.compile("#[$@]\\s*([0-9]{1,11})\\s*");
  private static final Pattern HASH = Pattern.compile("#h((?:\\s+[0-9a-fA-F]{1,8}){5})\\s*");

  private final List<Long> seconds = new ArrayList<>();
  private final List<Integer> offsets = new ArrayList<>();
  private final StringBuilder hashed = new StringBuilder();
  private final Mark updated = new Mark("#$", "the last update");
  private final Mark expiry = new Mark("#@", "the expiry");
  private String hash = "";
  private int hashLine;
  private int line;

  private LeapFile() {}

  static LeapSecondTable parse(String text) {
    if (text.length() > LeapSecondTable.MAX_LENGTH) {
      throw new LeapFileException(
          1, "the file is longer than %d characters".formatted(LeapSecondTable.MAX_LENGTH));
    }
    LeapFile file = new LeapFile();
    text.lines().forEach(file::take);
    return file.finish();
  }

  static String format(long[] seconds, int[] offsets, long updated, long expiry) {
    StringBuilder text = new StringBuilder();
    text.append("#$\t").append(updated + FROM_1900).append('\n');
    text.append("#@\t").append(expiry + FROM_1900).append('\n');
    for (int i = 0; i < seconds.length; i++) {
      text.append(seconds[i] + FROM_1900).append('\t').append(offsets[i]).append('\n');
    }
    String hash = sha1(text.toString().replaceAll("[^0-9]", ""));
    return text.append("#h\t")
        .append(hash.replaceAll("(.{8})(?=.)", "$1 "))
        .append('\n')
        .toString();
  }

  private void take(String content) {
    line++;
    if (content.startsWith("#$")) {
      updated.set(content);
    } else if (content.startsWith("#@")) {
      expiry.set(content);
    } else if (content.startsWith("#h")) {
      takeHash(content);
    } else if (!content.startsWith("#") && !content.isBlank()) {
      takeEntry(content);
    }
  }

  private void takeEntry(String content) {
    Matcher match = ENTRY.matcher(content);
    if (!match.matches()) {
      throw refused("neither two numbers, seconds since 1900 and TAI - UTC, nor a comment");
    }
    hashed.append(match.group(1)).append(match.group(2));
    long second = inRange(match.group(1));
    int offset = Integer.parseInt(match.group(2));
    if (seconds.size() == LeapSecondTable.MAX_ENTRIES) {
      throw refused("more than %d entries".formatted(LeapSecondTable.MAX_ENTRIES));
    }
    if (!seconds.isEmpty()) {
      requireLeap(second, offset);
    }
    seconds.add(second);
    offsets.add(offset);
  }

  private void requireLeap(long second, int offset) {
    int last = seconds.size() - 1;
    if (second <= seconds.get(last)) {
      throw refused("not later than the entry before it");
    }
    if (Math.abs(offset - offsets.get(last)) != 1) {
      throw refused("TAI - UTC goes from %d to %d".formatted(offsets.get(last), offset));
    }
    boolean atMidnight = Math.floorMod(second, DAY) == 0;
    if (!atMidnight
        || Instant.ofEpochSecond(second).atOffset(ZoneOffset.UTC).getDayOfMonth() != 1) {
      throw refused(
          "a leap second is at the end of a month, not before " + Instant.ofEpochSecond(second));
    }
  }

  private void takeHash(String content) {
    Matcher match = HASH.matcher(content);
    if (!match.matches()) {
      throw refused("#h wants five words of up to eight hexadecimal digits");
    }
    if (hashLine > 0) {
      throw refused("a second #h");
    }
    hashLine = line;
    StringBuilder words = new StringBuilder();
    for (String word : match.group(1).strip().split("\\s+", -1)) {
      words.append("0".repeat(8 - word.length())).append(word);
    }
    hash = words.toString();
  }

  private LeapSecondTable finish() {
    line = Math.max(1, line);
    if (seconds.isEmpty()) {
      throw refused("the file ends without an entry");
    }
    long updatedSecond = updated.required();
    long expirySecond = expiry.required();
    if (hashLine == 0) {
      throw refused("the file ends without a hash (#h)");
    }
    if (!hash.equalsIgnoreCase(sha1(hashed.toString()))) {
      throw new LeapFileException(hashLine, "the data do not have this hash: the file is damaged");
    }
    return new LeapSecondTable(
        seconds.stream().mapToLong(Long::longValue).toArray(),
        offsets.stream().mapToInt(Integer::intValue).toArray(),
        updatedSecond,
        expirySecond);
  }

  private long inRange(String secondsSince1900) {
    long second = Long.parseLong(secondsSince1900) - FROM_1900;
    if (second > LeapSecond.MAX_EPOCH_SECOND) {
      throw refused("after the year 2261: " + secondsSince1900);
    }
    return second;
  }

  private LeapFileException refused(String problem) {
    return new LeapFileException(line, problem);
  }

  private static String sha1(String digits) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-1");
      return HexFormat.of().formatHex(digest.digest(digits.getBytes(StandardCharsets.US_ASCII)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every Java platform has it
    }
  }

  /** A time on a line of its own, which must be there once. */
  private final class Mark {
    private final String sign;
    private final String meaning;
    private boolean isSet;
    private long second;

    Mark(String sign, String meaning) {
      this.sign = sign;
      this.meaning = meaning;
    }

    void set(String content) {
      Matcher match = TIME.matcher(content);
      if (!match.matches()) {
        throw refused("%s wants a number, seconds since 1900".formatted(sign));
      }
      if (isSet) {
        throw refused("a second " + sign);
      }
      hashed.append(match.group(1));
      second = inRange(match.group(1));
      isSet = true;
    }

    long required() {
      if (!isSet) {
        throw refused("the file ends without %s (%s)".formatted(meaning, sign));
      }
      return second;
    }
  }
}
