package dev.coeval.sync.order.snapshot;

import dev.coeval.sync.order.link.LinkConfig.Order;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * Both directions between this process and another, as they survive restarts: what the other has
 * not yet saved is kept, and what was received is known by number.
 *
 * <p>A link delivers once a session; a session ends with a process. Here a parcel has a number for
 * good, and is handed to the link again whenever a session begins.
 */
final class DurableChannel {

  /** So far ahead of the first that is missing may a number be. */
  static final int WINDOW = 64;

  final ArrayDeque<Parcel> unsaved = new ArrayDeque<>();
  private final Order order;
  long lastNumber;

  /** All up to this number have arrived. */
  long upTo;

  /** Bit i: number {@code upTo + 2 + i} has arrived too. */
  long beyond;

  /** Which lineage of checkpoints the other side continues; 0 while it is not known. */
  long theirLife;

  /** How many parcels have arrived since the other side was told what has. */
  int untold;

  /** What is to be sent once. */
  static final class Parcel {
    final long number;
    final byte[] content;
    boolean handedIn;

    Parcel(long number, byte[] content) {
      this.number = number;
      this.content = content;
    }
  }

  /** What became of a parcel. */
  enum Arrival {
    NEW,
    REPEATED,
    IMPOSSIBLE
  }

  DurableChannel(Order order) {
    this.order = order;
  }

  void add(byte[] content) {
    unsaved.add(new Parcel(++lastNumber, content));
  }

  /** The next one that the link does not have yet, if the other side has room for it. */
  @Nullable Parcel next() {
    for (Parcel parcel : unsaved) {
      if (parcel.number - unsaved.element().number >= WINDOW) {
        return null;
      }
      if (!parcel.handedIn) {
        return parcel;
      }
    }
    return null;
  }

  /** The link has begun a new session: it has nothing. */
  void rewind() {
    unsaved.forEach(parcel -> parcel.handedIn = false);
  }

  /** Whether the other side can have saved that. */
  boolean isPossible(long theirUpTo, long theirBeyond) {
    int top = Long.SIZE - Long.numberOfLeadingZeros(theirBeyond);
    long most = top == 0 ? theirUpTo : theirUpTo + 1 + top;
    return theirUpTo >= 0 && theirUpTo <= lastNumber && most <= lastNumber;
  }

  /** The other side has saved all up to a number, and those of the bits beyond. */
  void saved(long theirUpTo, long theirBeyond) {
    unsaved.removeIf(parcel -> has(theirUpTo, theirBeyond, parcel.number));
  }

  /** A parcel has arrived; nothing has changed unless it is new. */
  Arrival arrive(long number) {
    if (number < 1 || number - upTo > WINDOW) {
      return Arrival.IMPOSSIBLE;
    }
    if (has(upTo, beyond, number)) {
      return Arrival.REPEATED;
    }
    if (number != upTo + 1 && order == Order.FIFO) {
      return Arrival.IMPOSSIBLE; // the link hands on in order, from the first that is not saved
    }
    if (number == upTo + 1) {
      advance();
    } else {
      beyond |= 1L << (number - upTo - 2);
    }
    return Arrival.NEW;
  }

  private void advance() {
    upTo++;
    while ((beyond & 1) != 0) {
      upTo++;
      beyond >>>= 1;
    }
    beyond >>>= 1;
  }

  private static boolean has(long all, long bits, long number) {
    long bit = number - all - 2;
    return number <= all || (bit >= 0 && bit < Long.SIZE && (bits >>> bit & 1) != 0);
  }
}
