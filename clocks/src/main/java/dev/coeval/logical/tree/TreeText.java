package dev.coeval.logical.tree;

import dev.coeval.logical.StampFormatException;
import dev.coeval.logical.StampFormatException.Reason;

/**
 * Reads the notation of the paper. Syntax and limits are checked on the way; that the text is the
 * one normal form of what it means, by writing it again.
 */
final class TreeText {

  private final CharSequence text;
  private int position;

  private TreeText(CharSequence text) {
    this.text = text;
  }

  static IntervalTreeStamp stamp(CharSequence text) {
    TreeText input = new TreeText(text);
    input.expect('(');
    Id id = input.id(0);
    input.expect(',');
    input.expect(' ');
    Events events = input.events(0, 0);
    input.expect(')');
    if (id == Id.NONE) {
      throw notAStamp("a stamp that owns nothing");
    }
    IntervalTreeStamp stamp = new IntervalTreeStamp(id, events);
    requireSame(text, stamp.toString());
    return stamp;
  }

  static IntervalTreeMessage message(CharSequence text) {
    IntervalTreeMessage message = new IntervalTreeMessage(new TreeText(text).events(0, 0));
    requireSame(text, message.toString());
    return message;
  }

  private static void requireSame(CharSequence text, String canonical) {
    if (!canonical.contentEquals(text)) {
      throw notAStamp("not in normal form, which begins " + canonical);
    }
  }

  private static StampFormatException notAStamp(String problem) {
    return new StampFormatException(Reason.NOT_A_STAMP, problem);
  }

  private char next() {
    if (position == text.length()) {
      throw notAStamp("the text ends early");
    }
    return text.charAt(position++);
  }

  private void expect(char wanted) {
    char found = next();
    if (found != wanted) {
      throw notAStamp("'" + wanted + "' expected before position " + position);
    }
  }

  private static void requireDepth(int depth) {
    if (depth > IntervalTreeStamp.MAX_DEPTH) {
      throw notAStamp("deeper than " + IntervalTreeStamp.MAX_DEPTH);
    }
  }

  private Id id(int depth) {
    requireDepth(depth);
    return switch (next()) {
      case '0' -> Id.NONE;
      case '1' -> Id.ALL;
      case '(' -> halves(depth + 1);
      default -> throw notAStamp("no id before position " + position);
    };
  }

  private Id halves(int depth) {
    Id left = id(depth);
    expect(',');
    Id right = id(depth);
    expect(')');
    return Id.of(left, right);
  }

  private Events events(long base, int depth) {
    requireDepth(depth);
    if (position == text.length() || text.charAt(position) != '(') {
      return Events.leaf(count(base));
    }
    position++;
    long count = count(base);
    expect(',');
    Events left = events(count, depth + 1);
    expect(',');
    Events right = events(count, depth + 1);
    expect(')');
    return Events.of(left, right);
  }

  /** Decimal digits, added to what the nodes above add up to. */
  private long count(long base) {
    long count = digit(next());
    while (position < text.length() && isDigit(text.charAt(position))) {
      int digit = digit(next());
      if (count > (Long.MAX_VALUE - digit) / 10) {
        throw notAStamp("a number above 2^63 - 1");
      }
      count = count * 10 + digit;
    }
    if (count > Long.MAX_VALUE - base) {
      throw notAStamp("a count above 2^63 - 1");
    }
    return base + count;
  }

  private static boolean isDigit(char symbol) {
    return symbol >= '0' && symbol <= '9';
  }

  private int digit(char symbol) {
    if (!isDigit(symbol)) {
      throw notAStamp("a digit expected before position " + position);
    }
    return symbol - '0';
  }
}
