package dev.coeval.sync.order.broadcast;

import dev.coeval.sync.machine.PeerId;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/**
 * Actors' names, counts by actor and addresses, as parts of messages. What is read and cannot be
 * throws IllegalArgumentException or BufferUnderflowException.
 */
final class Names {

  /** A name's own bytes. */
  static final int MAX_NAME_BYTES = 16;

  /** A name, a dot and eight digits. */
  static final int MAX_ACTOR_BYTES = MAX_NAME_BYTES + 9;

  /** A name with its length, and a number. */
  static final int MAX_COUNT_BYTES = 1 + MAX_ACTOR_BYTES + 9;

  private static final int GROUP_BITS = 7;
  private static final int MORE = 1 << GROUP_BITS;
  private static final int IPV4_BYTES = 4;
  private static final int IPV6_BYTES = 16;

  private Names() {}

  /** The name of an incarnation: its digits make it another actor than the one before it. */
  static String actor(String name, int incarnation) {
    return "%s.%08x".formatted(name, incarnation);
  }

  static String require(String actor) {
    int length = actor.getBytes(StandardCharsets.UTF_8).length;
    if (length < 1 || length > MAX_ACTOR_BYTES) {
      throw new IllegalArgumentException("an actor's name has " + length + " bytes: " + actor);
    }
    return actor;
  }

  static void put(ByteBuffer out, String actor) {
    byte[] bytes = actor.getBytes(StandardCharsets.UTF_8);
    out.put((byte) bytes.length).put(bytes);
  }

  static String get(ByteBuffer in) {
    int length = in.get();
    if (length < 1 || length > MAX_ACTOR_BYTES) {
      throw new IllegalArgumentException("an actor's name has " + length + " bytes");
    }
    ByteBuffer bytes = take(in, length);
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException("an actor's name is not UTF-8", e);
    }
  }

  static void putCounts(ByteBuffer out, Map<String, Long> counts) {
    out.put((byte) counts.size());
    counts.forEach(
        (actor, count) -> {
          put(out, actor);
          putNumber(out, count);
        });
  }

  /** Sorted by name, each name once, none negative. */
  static Map<String, Long> counts(ByteBuffer in) {
    int size = in.get() & 0xFF;
    TreeMap<String, Long> counts = new TreeMap<>();
    for (int i = 0; i < size; i++) {
      String actor = get(in);
      long count = number(in);
      if (!counts.isEmpty() && counts.lastKey().compareTo(actor) >= 0) {
        throw new IllegalArgumentException("counts out of order at " + actor);
      }
      counts.put(actor, count);
    }
    return counts;
  }

  /** Seven bits a byte, the least first; the highest bit of a byte says that more follow. */
  static void putNumber(ByteBuffer out, long number) {
    long rest = number;
    while (rest >= MORE) {
      out.put((byte) (rest | MORE));
      rest >>>= GROUP_BITS;
    }
    out.put((byte) rest);
  }

  /** A number from 0 to 2⁶³ - 1. */
  static long number(ByteBuffer in) {
    long number = 0;
    for (int shift = 0; shift < Long.SIZE - 1; shift += GROUP_BITS) {
      byte group = in.get();
      number |= (long) (group & (MORE - 1)) << shift;
      if (group >= 0) {
        return number;
      }
    }
    throw new IllegalArgumentException("a number of more than 63 bits");
  }

  static void put(ByteBuffer out, PeerId peer) {
    byte[] address = peer.address().getAddress();
    out.put((byte) address.length).put(address).putShort((short) peer.port());
  }

  static PeerId peer(ByteBuffer in) {
    int length = in.get();
    if (length != IPV4_BYTES && length != IPV6_BYTES) {
      throw new IllegalArgumentException("an address of " + length + " bytes");
    }
    byte[] bytes = new byte[length];
    take(in, length).get(bytes);
    int port = in.getShort() & 0xFFFF;
    try {
      InetAddress address = InetAddress.getByAddress(bytes);
      if (port == 0 || address.isAnyLocalAddress() || address.isMulticastAddress()) {
        throw new IllegalArgumentException("nobody is at " + address + ":" + port);
      }
      return new PeerId(address, port);
    } catch (UnknownHostException e) {
      throw new AssertionError("4 or 16 bytes are an address", e);
    }
  }

  private static ByteBuffer take(ByteBuffer in, int length) {
    if (in.remaining() < length) {
      throw new BufferUnderflowException();
    }
    ByteBuffer taken = in.slice(in.position(), length);
    in.position(in.position() + length);
    return taken;
  }
}
