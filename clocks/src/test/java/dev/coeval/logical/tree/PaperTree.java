package dev.coeval.logical.tree;

/**
 * The functions of section 5 of the paper, one by one as they stand there: slow, and obviously
 * them. A node without children is a leaf. Ids use the same trees with values 0 and 1.
 */
record PaperTree(long n, PaperTree l, PaperTree r) {

  private static final long NEW_NODE = 1_000_000;

  static PaperTree leaf(long n) {
    return new PaperTree(n, null, null);
  }

  boolean isLeaf() {
    return l == null;
  }

  /** Reads both kinds of trees: a node of an id has no number of its own. */
  static PaperTree parse(String text) {
    return new Reader(text).tree();
  }

  private static final class Reader {
    private final String text;
    private int at;

    Reader(String text) {
      this.text = text;
    }

    PaperTree tree() {
      if (text.charAt(at) != '(') {
        return leaf(number());
      }
      at++;
      PaperTree first = tree();
      at++;
      PaperTree second = tree();
      if (text.charAt(at++) == ')') {
        return new PaperTree(0, first, second);
      }
      PaperTree third = tree();
      at++;
      return new PaperTree(first.n, second, third);
    }

    private long number() {
      int start = at;
      while (at < text.length() && Character.isDigit(text.charAt(at))) {
        at++;
      }
      return Long.parseLong(text.substring(start, at));
    }
  }

  @Override
  public String toString() {
    return isLeaf() ? Long.toString(n) : "(" + n + "," + l + "," + r + ")";
  }

  private PaperTree lift(long m) {
    return new PaperTree(n + m, l, r);
  }

  long min() {
    return isLeaf() ? n : n + Math.min(l.min(), r.min());
  }

  long max() {
    return isLeaf() ? n : n + Math.max(l.max(), r.max());
  }

  private static PaperTree norm(long n, PaperTree l, PaperTree r) {
    if (l.isLeaf() && r.isLeaf() && l.n == r.n) {
      return leaf(n + l.n);
    }
    long m = Math.min(l.min(), r.min());
    return new PaperTree(n + m, l.lift(-m), r.lift(-m));
  }

  static PaperTree join(PaperTree a, PaperTree b) {
    if (a.isLeaf() && b.isLeaf()) {
      return leaf(Math.max(a.n, b.n));
    }
    if (a.isLeaf()) {
      return join(new PaperTree(a.n, leaf(0), leaf(0)), b);
    }
    if (b.isLeaf()) {
      return join(a, new PaperTree(b.n, leaf(0), leaf(0)));
    }
    if (a.n > b.n) {
      return join(b, a);
    }
    long up = b.n - a.n;
    return norm(a.n, join(a.l, b.l.lift(up)), join(a.r, b.r.lift(up)));
  }

  private static boolean is(PaperTree id, long value) {
    return id.isLeaf() && id.n == value;
  }

  static PaperTree event(PaperTree id, PaperTree e) {
    PaperTree filled = fill(id, e);
    return filled.equals(e) ? grow(id, e).tree : filled;
  }

  private static PaperTree fill(PaperTree id, PaperTree e) {
    if (is(id, 0) || e.isLeaf()) {
      return e;
    }
    if (is(id, 1)) {
      return leaf(e.max());
    }
    if (is(id.l, 1)) {
      PaperTree right = fill(id.r, e.r);
      return norm(e.n, leaf(Math.max(e.l.max(), right.min())), right);
    }
    if (is(id.r, 1)) {
      PaperTree left = fill(id.l, e.l);
      return norm(e.n, left, leaf(Math.max(e.r.max(), left.min())));
    }
    return norm(e.n, fill(id.l, e.l), fill(id.r, e.r));
  }

  private record Grown(PaperTree tree, long cost) {}

  private static Grown grow(PaperTree id, PaperTree e) {
    if (e.isLeaf()) {
      if (is(id, 1)) {
        return new Grown(leaf(e.n + 1), 0);
      }
      Grown grown = grow(id, new PaperTree(e.n, leaf(0), leaf(0)));
      return new Grown(grown.tree, grown.cost + NEW_NODE);
    }
    Grown left = is(id.l, 0) ? null : grow(id.l, e.l);
    Grown right = is(id.r, 0) ? null : grow(id.r, e.r);
    if (right == null || (left != null && left.cost < right.cost)) {
      return new Grown(new PaperTree(e.n, left.tree, e.r), left.cost + 1);
    }
    return new Grown(new PaperTree(e.n, e.l, right.tree), right.cost + 1);
  }
}
