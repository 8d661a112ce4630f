package dev.coeval.causal;

import dev.coeval.logical.StampFormatException;
import dev.coeval.logical.StampFormatException.Reason;
import dev.coeval.logical.bytes.StampInput;
import dev.coeval.logical.bytes.StampOutput;
import dev.coeval.logical.vector.VectorTimestamp;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;

/** Counts by actor as a part of other forms: their number, then actor and count, sorted. */
final class CountsCodec {

  /** The most bytes of an actor's id. */
  static final int MAX_NAME_BYTES = 255;

  /** The length of a name and its first byte, and a count. */
  private static final int LEAST_BYTES_EACH = 3;

  private CountsCodec() {}

  /** How long the counts are, without that of one actor. */
  static int encodedLength(VectorTimestamp counts, String without) {
    int length = 0;
    int entries = 0;
    for (Map.Entry<String, Long> entry : counts.toMap().entrySet()) {
      if (!entry.getKey().equals(without)) {
        length +=
            StampOutput.nameLength(entry.getKey()) + StampOutput.varintLength(entry.getValue());
        entries++;
      }
    }
    return StampOutput.varintLength(entries) + length;
  }

  /** Writes the counts, without that of one actor. */
  static void encode(VectorTimestamp counts, String without, ByteBuffer buffer) {
    Map<String, Long> entries = counts.toMap();
    StampOutput.varint(entries.size() - (entries.containsKey(without) ? 1 : 0), buffer);
    entries.forEach(
        (actor, count) -> {
          if (!actor.equals(without)) {
            name(actor, buffer);
            StampOutput.varint(count, buffer);
          }
        });
  }

  /** Writes an actor. */
  static void name(String actor, ByteBuffer buffer) {
    if (StampOutput.nameLength(actor) > MAX_NAME_BYTES + 2) {
      throw new IllegalArgumentException("an id of more than 255 bytes: " + actor);
    }
    StampOutput.name(actor, buffer);
  }

  /** Reads counts into a map that is the caller's. */
  static Map<String, Long> decode(ByteBuffer buffer) {
    int entries = StampInput.count(VectorTimestamp.MAX_ACTORS, LEAST_BYTES_EACH, buffer);
    Map<String, Long> counts = new HashMap<>();
    String previous = "";
    for (int entry = 0; entry < entries; entry++) {
      String actor = StampInput.name(MAX_NAME_BYTES, buffer);
      long count = StampInput.varint(buffer);
      if (actor.compareTo(previous) <= 0) {
        throw new StampFormatException(Reason.NOT_CANONICAL, "actors out of order: " + actor);
      }
      if (count == 0) {
        throw new StampFormatException(Reason.NOT_CANONICAL, "an entry of zero");
      }
      counts.put(actor, count);
      previous = actor;
    }
    return counts;
  }
}
