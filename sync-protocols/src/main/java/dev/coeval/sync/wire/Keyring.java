package dev.coeval.sync.wire;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The keys that one end knows, and whether it listens to anybody who has none.
 *
 * <p>Immutable and thread-safe.
 */
public final class Keyring {

  /** More keys than this are a mistake: a key is shared by a group, not held for each peer. */
  public static final int MAX_KEYS = 256;

  private static final Keyring EMPTY = new Keyring(Map.of(), false);

  private final Map<Integer, SharedKey> keys;
  private final boolean required;

  private Keyring(Map<Integer, SharedKey> keys, boolean required) {
    this.keys = keys;
    this.required = required;
  }

  /**
   * No keys: frames are neither authenticated nor checked.
   *
   * @return an empty keyring
   */
  public static Keyring empty() {
    return EMPTY;
  }

  /**
   * Keys, without which no frame is taken.
   *
   * @param keys at least one; the first is what this end authenticates its requests with
   * @return a keyring that requires authentication
   * @throws IllegalArgumentException if there is none, there are more than {@link #MAX_KEYS}, or
   *     two have one number
   */
  public static Keyring required(List<SharedKey> keys) {
    if (keys.isEmpty()) {
      throw new IllegalArgumentException("authentication without any key would refuse everybody");
    }
    return new Keyring(byId(keys), true);
  }

  /**
   * Keys, and frames without authentication are taken as well: for a server of a mixed group.
   *
   * @param keys any number; the first is what this end authenticates its requests with
   * @return a keyring that does not require authentication
   * @throws IllegalArgumentException if there are more than {@link #MAX_KEYS}, or two have one
   *     number
   */
  public static Keyring optional(List<SharedKey> keys) {
    return new Keyring(byId(keys), false);
  }

  /**
   * The keys of a key file: one a line as {@link SharedKey#parse} reads it; empty lines and lines
   * that begin with {@code #} do not count.
   *
   * @param lines the lines of the file
   * @return the keys, in their order
   * @throws IllegalArgumentException if a line is not a key; the message has the line's number and
   *     no secret
   */
  public static List<SharedKey> parse(List<String> lines) {
    return IntStream.range(0, lines.size())
        .filter(i -> !lines.get(i).isBlank() && !lines.get(i).strip().startsWith("#"))
        .mapToObj(i -> parse(i + 1, lines.get(i)))
        .toList();
  }

  /**
   * Whether frames without authentication are refused.
   *
   * @return true if so
   */
  public boolean isRequired() {
    return required;
  }

  /**
   * The key that this end authenticates its requests with.
   *
   * @return the first key, if there is one
   */
  public Optional<SharedKey> primary() {
    return keys.values().stream().findFirst();
  }

  /**
   * The number of the key that this end authenticates its requests with.
   *
   * @return the first key's number, or {@link FrameHeader#NO_KEY}
   */
  public int primaryId() {
    return primary().map(SharedKey::id).orElse(FrameHeader.NO_KEY);
  }

  /**
   * A key by its number.
   *
   * @param id the number, any
   * @return the key, if it is known here
   */
  public Optional<SharedKey> find(int id) {
    return Optional.ofNullable(keys.get(id));
  }

  /**
   * The keys' numbers; the secrets are left out.
   *
   * @return a text for people
   */
  @Override
  public String toString() {
    return "Keyring[ids=" + keys.keySet() + ", required=" + required + "]";
  }

  private static SharedKey parse(int number, String line) {
    try {
      return SharedKey.parse(line);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("line " + number + ": " + e.getMessage(), e);
    }
  }

  private static Map<Integer, SharedKey> byId(List<SharedKey> keys) {
    if (keys.size() > MAX_KEYS) {
      throw new IllegalArgumentException("more than " + MAX_KEYS + " keys: " + keys.size());
    }
    Map<Integer, SharedKey> byId = new LinkedHashMap<>();
    for (SharedKey key : keys) {
      if (byId.putIfAbsent(key.id(), key) != null) {
        throw new IllegalArgumentException("two keys have the number " + key.id());
      }
    }
    return byId;
  }
}
