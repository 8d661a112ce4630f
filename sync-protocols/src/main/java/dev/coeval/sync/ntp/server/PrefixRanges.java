package dev.coeval.sync.ntp.server;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The prefixes of one kind of address, cut into ranges that do not overlap: each begins at an
 * address and goes on to the next one's beginning.
 *
 * <p><b>Steps.</b> Prefixes are nested or apart, never crossed. Sorted by first address, the wider
 * first, a stack holds those that the sweep is inside of. Where one begins, its access begins;
 * where it ends, that of the one around it comes back. Immutable.
 */
final class PrefixRanges {
  private final long[] highs;
  private final long[] lows;
  private final Access[] accesses;

  private PrefixRanges(List<Range> ranges) {
    highs = ranges.stream().mapToLong(Range::high).toArray();
    lows = ranges.stream().mapToLong(Range::low).toArray();
    accesses = ranges.stream().map(Range::access).toArray(Access[]::new);
  }

  /** The ranges of those prefixes whose addresses have so many bits. */
  static PrefixRanges of(Map<AddressPrefix, Access> rules, int bits) {
    List<Span> spans = new ArrayList<>();
    rules.forEach(
        (prefix, access) -> {
          if (prefix.address().getAddress().length * Byte.SIZE == bits) {
            spans.add(Span.of(prefix, access));
          }
        });
    spans.sort(Comparator.comparing(Span::start).thenComparing(Span::length));
    List<Range> ranges = new ArrayList<>();
    ranges.add(new Range(0, 0, Access.ALLOW));
    Deque<Span> around = new ArrayDeque<>();
    for (Span span : spans) {
      leave(around, span.start, ranges);
      begin(ranges, new Range(span.start.high, span.start.low, span.access));
      around.push(span);
    }
    leave(around, null, ranges);
    return new PrefixRanges(ranges);
  }

  /** The access at an address. */
  Access find(long high, long low) {
    int from = 0;
    int to = highs.length - 1;
    while (from < to) {
      int middle = (from + to + 1) >>> 1;
      if (Bits.compare(highs[middle], lows[middle], high, low) <= 0) {
        from = middle;
      } else {
        to = middle - 1;
      }
    }
    return accesses[from];
  }

  /** Ends the spans that do not reach an address; all of them if there is none. */
  private static void leave(Deque<Span> around, @Nullable Bits start, List<Range> ranges) {
    while (!around.isEmpty() && (start == null || around.peek().end.compareTo(start) < 0)) {
      Bits last = around.pop().end;
      long low = last.low + 1;
      long high = low == 0 ? last.high + 1 : last.high;
      if ((high | low) != 0) { // there is an address behind it
        Span outer = around.peek();
        begin(ranges, new Range(high, low, outer == null ? Access.ALLOW : outer.access));
      }
    }
  }

  private static void begin(List<Range> ranges, Range range) {
    Range last = ranges.get(ranges.size() - 1);
    if (last.high == range.high && last.low == range.low) {
      ranges.set(ranges.size() - 1, range);
    } else {
      ranges.add(range);
    }
  }

  private record Range(long high, long low, Access access) {}

  /** 128 bits, compared as an unsigned number. */
  private record Bits(long high, long low) implements Comparable<Bits> {

    @Override
    public int compareTo(Bits other) {
      return compare(high, low, other.high, other.low);
    }

    static int compare(long high, long low, long otherHigh, long otherLow) {
      return high != otherHigh
          ? Long.compareUnsigned(high, otherHigh)
          : Long.compareUnsigned(low, otherLow);
    }
  }

  /** A prefix as its first and last address. */
  private record Span(Bits start, Bits end, int length, Access access) {

    static Span of(AddressPrefix prefix, Access access) {
      byte[] bytes = prefix.address().getAddress();
      boolean four = bytes.length * Byte.SIZE == AddressBits.IPV4_BITS;
      int length = prefix.length() + (four ? AddressBits.MAPPED_PREFIX : 0);
      long high = AddressBits.high(bytes);
      long low = AddressBits.low(bytes);
      Bits end =
          new Bits(
              high | ~AddressBits.masked(-1, length),
              low | ~AddressBits.masked(-1, length - Long.SIZE));
      return new Span(new Bits(high, low), end, length, access);
    }
  }
}
