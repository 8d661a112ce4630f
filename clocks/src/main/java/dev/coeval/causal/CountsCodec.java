package dev.coeval.causal;

import dev.coeval.logical.ActorNames;
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

  /** The length of a name and its first byte, and a count. */
  private static final int LEAST_BYTES_EACH = 3;

  private CountsCodec() {}

  /** How long the counts are, without that of one actor. */
  static int encodedLength(VectorTimestamp counts, String without) {
    int[] length = {0};
    counts.forEach(
        (actor, count) -> {
          if (!actor.equals(without)) {
            length[0] += StampOutput.nameLength(actor) + StampOutput.varintLength(count);
          }
        });
    return StampOutput.varintLength(entries(counts, without)) + length[0];
  }

  /** Writes the counts, without that of one actor. */
  static void encode(VectorTimestamp counts, String without, ByteBuffer buffer) {
    StampOutput.varint(entries(counts, without), buffer);
    counts.forEach(
        (actor, count) -> {
          if (!actor.equals(without)) {
            StampOutput.name(actor, buffer);
            StampOutput.varint(count, buffer);
          }
        });
  }

  private static int entries(VectorTimestamp counts, String without) {
    return counts.size() - (counts.count(without) > 0 ? 1 : 0);
  }

  /** Reads counts into a map that is the caller's. */
  static Map<String, Long> decode(ByteBuffer buffer) {
    int entries = StampInput.count(VectorTimestamp.MAX_ACTORS, LEAST_BYTES_EACH, buffer);
    Map<String, Long> counts = new HashMap<>();
    String previous = "";
    for (int entry = 0; entry < entries; entry++) {
      String actor = StampInput.name(ActorNames.MAX_BYTES, buffer);
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
