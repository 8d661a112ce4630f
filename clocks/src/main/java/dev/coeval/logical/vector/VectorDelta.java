package dev.coeval.logical.vector;

import dev.coeval.logical.ActorNames;
import dev.coeval.logical.StampFormatException;
import dev.coeval.logical.StampFormatException.Reason;
import dev.coeval.logical.bytes.StampInput;
import dev.coeval.logical.bytes.StampOutput;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * What has to be done to one stamp to have another: some counts raised, and some actors more.
 *
 * <p>As bytes: the number of raised counts, then for each how many places it is after the one
 * before (the first: after the beginning) and by how much it is raised; then the number of new
 * actors, and each with its count, in order. All numbers are varints.
 */
final class VectorDelta {

  /** The fewest bytes of a raised count: how far, and by how much. */
  private static final int LEAST_RAISED = 2;

  /** The fewest bytes of a new actor: a length, a character and a count. */
  private static final int LEAST_ADDED = 3;

  /** Places in the old stamp, ascending; may be longer than the number of raised counts. */
  private final int[] places;

  private final long[] raises;
  private final int raised;

  /** Actors that the old stamp lacks, with nothing pruned. */
  private final VectorTimestamp added;

  private VectorDelta(int[] places, long[] raises, int raised, VectorTimestamp added) {
    this.places = places;
    this.raises = raises;
    this.raised = raised;
    this.added = added;
  }

  /** The difference of two stamps; null if the later lacks something that the earlier has. */
  static @Nullable VectorDelta between(VectorTimestamp earlier, VectorTimestamp later) {
    if (!earlier.pruned.sameAs(later.pruned) || earlier.size() > later.size()) {
      return null;
    }
    int[] places = new int[earlier.size()];
    long[] raises = new long[earlier.size()];
    String[] names = new String[later.size() - earlier.size()];
    long[] counts = new long[names.length];
    int place = 0;
    int raised = 0;
    for (int i = 0; i < later.size(); i++) {
      long count = later.counts.at(i);
      if (place < earlier.size() && later.actors.names[i].equals(earlier.actors.names[place])) {
        long raise = count - earlier.counts.at(place);
        if (raise < 0) {
          return null;
        }
        places[raised] = place++;
        raises[raised] = raise;
        raised += raise > 0 ? 1 : 0;
      } else if (i - place < names.length) {
        names[i - place] = later.actors.names[i];
        counts[i - place] = count;
      } else {
        return null;
      }
    }
    return new VectorDelta(places, raises, raised, stamp(names, counts));
  }

  private static VectorTimestamp stamp(String[] names, long[] counts) {
    return VectorTimestamp.of(ActorSet.of(names), Counts.of(counts), ActorSet.EMPTY);
  }

  /** The later stamp, given the earlier; throws if they do not go together. */
  VectorTimestamp appliedTo(VectorTimestamp earlier) {
    long[] counts = earlier.counts.values().clone();
    for (int i = 0; i < raised; i++) {
      int place = places[i];
      if (place >= counts.length || counts[place] > Long.MAX_VALUE - raises[i]) {
        throw new StampFormatException(
            Reason.OUT_OF_RANGE, "entry " + place + " cannot be raised by " + raises[i]);
      }
      counts[place] += raises[i];
    }
    VectorTimestamp known =
        raised == 0
            ? earlier
            : VectorTimestamp.of(earlier.actors, Counts.of(counts), earlier.pruned);
    return added.isEmpty() ? known : withAdded(known);
  }

  private VectorTimestamp withAdded(VectorTimestamp known) {
    for (String actor : added.actors.names) {
      if (known.actors.contains(actor) || known.pruned.contains(actor)) {
        throw new StampFormatException(Reason.NOT_CANONICAL, "not new: " + actor);
      }
    }
    if (known.size() + known.pruned.size() + added.size() > VectorTimestamp.MAX_ACTORS) {
      throw new StampFormatException(Reason.TOO_LARGE, "too many actors with the new ones");
    }
    return known.merge(VectorTimestamp.of(added.actors, added.counts, known.pruned));
  }

  int encodedLength() {
    int length = StampOutput.varintLength(raised) + StampOutput.varintLength(added.size());
    for (int i = 0; i < raised; i++) {
      length += StampOutput.varintLength(step(i)) + StampOutput.varintLength(raises[i]);
    }
    for (int i = 0; i < added.size(); i++) {
      length += StampOutput.nameLength(added.actors.names[i]);
      length += StampOutput.varintLength(added.counts.at(i));
    }
    return length;
  }

  void encode(ByteBuffer buffer) {
    StampOutput.varint(raised, buffer);
    for (int i = 0; i < raised; i++) {
      StampOutput.varint(step(i), buffer);
      StampOutput.varint(raises[i], buffer);
    }
    StampOutput.varint(added.size(), buffer);
    for (int i = 0; i < added.size(); i++) {
      StampOutput.name(added.actors.names[i], buffer);
      StampOutput.varint(added.counts.at(i), buffer);
    }
  }

  /** How many places a raised count is after the place that follows the one before. */
  private int step(int i) {
    return i == 0 ? places[0] : places[i] - places[i - 1] - 1;
  }

  static VectorDelta decode(ByteBuffer buffer) {
    int raised = StampInput.count(VectorTimestamp.MAX_ACTORS, LEAST_RAISED, buffer);
    int[] places = new int[raised];
    long[] raises = new long[raised];
    long place = -1;
    for (int i = 0; i < raised; i++) {
      long step = Math.min(StampInput.varint(buffer), VectorTimestamp.MAX_ACTORS);
      place += 1 + step;
      if (place >= VectorTimestamp.MAX_ACTORS) {
        throw new StampFormatException(Reason.OUT_OF_RANGE, "no entry has the place " + place);
      }
      places[i] = (int) place;
      raises[i] = positive(buffer);
    }
    int size = StampInput.count(VectorTimestamp.MAX_ACTORS, LEAST_ADDED, buffer);
    String[] names = new String[size];
    long[] counts = new long[size];
    for (int i = 0; i < size; i++) {
      names[i] = StampInput.name(ActorNames.MAX_BYTES, buffer);
      counts[i] = positive(buffer);
    }
    VectorTimestampCodec.requireSorted(names);
    return new VectorDelta(places, raises, raised, stamp(names, counts));
  }

  private static long positive(ByteBuffer buffer) {
    long value = StampInput.varint(buffer);
    if (value == 0) {
      throw new StampFormatException(Reason.NOT_CANONICAL, "a change of zero");
    }
    return value;
  }
}
