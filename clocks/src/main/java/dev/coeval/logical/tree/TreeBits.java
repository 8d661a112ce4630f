package dev.coeval.logical.tree;

import dev.coeval.logical.StampFormatException;
import dev.coeval.logical.StampFormatException.Reason;
import java.nio.BufferOverflowException;
import java.nio.ByteBuffer;
import java.util.function.Consumer;

/**
 * Ids and functions as bits, in the way of the paper's appendix.
 *
 * <pre>
 *   id      00                    all
 *           01 id                 none of the left half, and this of the right one
 *           10 id                 this of the left half, and none of the right one
 *           11 id id              some of both
 *   events  1 number              constant
 *           0 shape tree...       a node whose least count is that of the node above
 *           0 11 shape number tree...    one whose least count is higher, by number + 1
 *   shape   00                    left is constant at the least count; the tree of the right
 *           01                    right is constant at the least count; the tree of the left
 *           10                    neither; both trees
 *   number  as many ones as there are further bits beyond two, a zero, then those bits
 * </pre>
 *
 * A number n is written as the low bits of n + 4, so that 0 to 3 take three bits, 4 to 11 five, and
 * so on: no number has two forms. No form is the beginning of another. What is not a normal form is
 * refused. The paper writes the shape of a higher node in one or two bits, and an id's leaf in
 * three: an empty id never stands where one is wanted here.
 */
final class TreeBits {

  private static final int LEFT_LEAST = 0;
  private static final int RIGHT_LEAST = 1;
  private static final int NEITHER_LEAST = 2;
  private static final int HIGHER = 3;

  private static final int SHAPE_BITS = 2;
  private static final int FEWEST_NUMBER_BITS = 2;
  private static final int MOST_NUMBER_BITS = 63;
  private static final long NUMBER_OFFSET = 1L << FEWEST_NUMBER_BITS;

  private TreeBits() {}

  static long lengthOf(Id id) {
    if (id.isLeaf()) {
      return id == Id.NONE ? 0 : SHAPE_BITS;
    }
    return SHAPE_BITS + lengthOf(id.left) + lengthOf(id.right);
  }

  static void put(Id id, BitOutput output) {
    if (id.isLeaf()) {
      output.put(0, id == Id.NONE ? 0 : SHAPE_BITS);
      return;
    }
    output.put((id.left == Id.NONE ? 0 : 2) | (id.right == Id.NONE ? 0 : 1), SHAPE_BITS);
    put(id.left, output);
    put(id.right, output);
  }

  static Id takeId(BitInput input, int depth) {
    requireDepth(depth);
    int halves = (int) input.take(SHAPE_BITS);
    if (halves == 0) {
      return Id.ALL;
    }
    Id left = (halves & 2) == 0 ? Id.NONE : takeId(input, depth + 1);
    Id right = (halves & 1) == 0 ? Id.NONE : takeId(input, depth + 1);
    if (left == Id.ALL && right == Id.ALL) {
      throw notNormal("both halves of an id are owned whole");
    }
    return Id.of(left, right);
  }

  private static void requireDepth(int depth) {
    if (depth > IntervalTreeStamp.MAX_DEPTH) {
      throw new StampFormatException(
          Reason.TOO_LARGE, "a tree deeper than " + IntervalTreeStamp.MAX_DEPTH);
    }
  }

  private static StampFormatException notNormal(String problem) {
    return new StampFormatException(Reason.NOT_CANONICAL, problem);
  }

  private static int shape(Events node) {
    if (isConstant(node.left, node.min)) {
      return LEFT_LEAST;
    }
    return isConstant(node.right, node.min) ? RIGHT_LEAST : NEITHER_LEAST;
  }

  private static boolean isConstant(Events events, long count) {
    return events.max == count;
  }

  static long lengthOf(Events events, long base) {
    long number = events.min - base;
    if (events.isLeaf()) {
      return 1L + numberLength(number);
    }
    long length = 1 + SHAPE_BITS;
    if (number > 0) {
      length += SHAPE_BITS + numberLength(number - 1);
    }
    int shape = shape(events);
    length += shape == LEFT_LEAST ? 0 : lengthOf(events.left, events.min);
    return length + (shape == RIGHT_LEAST ? 0 : lengthOf(events.right, events.min));
  }

  static void put(Events events, long base, BitOutput output) {
    long number = events.min - base;
    if (events.isLeaf()) {
      output.put(1, 1);
      putNumber(number, output);
      return;
    }
    output.put(0, 1);
    int shape = shape(events);
    if (number > 0) {
      output.put(HIGHER, SHAPE_BITS);
    }
    output.put(shape, SHAPE_BITS);
    if (number > 0) {
      putNumber(number - 1, output);
    }
    if (shape != LEFT_LEAST) {
      put(events.left, events.min, output);
    }
    if (shape != RIGHT_LEAST) {
      put(events.right, events.min, output);
    }
  }

  static Events takeEvents(BitInput input, long base, int depth) {
    requireDepth(depth);
    if (input.take(1) == 1) {
      return Events.leaf(higher(base, takeNumber(input)));
    }
    int shape = (int) input.take(SHAPE_BITS);
    long least = base;
    if (shape == HIGHER) {
      shape = (int) input.take(SHAPE_BITS);
      least = higher(higher(base, takeNumber(input)), 1);
    }
    if (shape == HIGHER) {
      throw notNormal("no shape of a node");
    }
    Events left = shape == LEFT_LEAST ? Events.leaf(least) : takeHalf(input, least, depth + 1);
    Events right = shape == RIGHT_LEAST ? Events.leaf(least) : takeHalf(input, least, depth + 1);
    if (left.min != least && right.min != least) {
      throw notNormal("a node whose least count is higher than it says");
    }
    return Events.of(left, right);
  }

  private static Events takeHalf(BitInput input, long least, int depth) {
    Events half = takeEvents(input, least, depth);
    if (isConstant(half, least)) {
      throw notNormal("a half that is constant at the least count");
    }
    return half;
  }

  private static long higher(long base, long number) {
    if (number > Long.MAX_VALUE - base) {
      throw new StampFormatException(Reason.OUT_OF_RANGE, "a count above 2^63 - 1");
    }
    return base + number;
  }

  /** How many bits follow the zero; the sum is unsigned, so that all numbers have room. */
  private static int numberBits(long number) {
    return MOST_NUMBER_BITS - Long.numberOfLeadingZeros(number + NUMBER_OFFSET);
  }

  private static int numberLength(long number) {
    return 2 * numberBits(number) - 1;
  }

  private static void putNumber(long number, BitOutput output) {
    int bits = numberBits(number);
    output.put((1L << (bits - 1)) - 2, bits - 1);
    output.put(number + NUMBER_OFFSET, bits);
  }

  private static long takeNumber(BitInput input) {
    int bits = FEWEST_NUMBER_BITS;
    while (input.take(1) == 1) {
      bits++;
      if (bits > MOST_NUMBER_BITS) {
        throw new StampFormatException(Reason.OUT_OF_RANGE, "a number above 2^63 - 1");
      }
    }
    long number = (1L << bits | input.take(bits)) - NUMBER_OFFSET;
    if (number < 0) {
      throw new StampFormatException(Reason.OUT_OF_RANGE, "a number above 2^63 - 1");
    }
    return number;
  }

  static int bytes(long bits) {
    return Math.toIntExact((bits + Byte.SIZE - 1) / Byte.SIZE);
  }

  /** Writes all or nothing. */
  static void write(ByteBuffer buffer, Consumer<ByteBuffer> encoder) {
    int start = buffer.position();
    try {
      encoder.accept(buffer);
    } catch (BufferOverflowException full) {
      buffer.position(start);
      throw full;
    }
  }
}
