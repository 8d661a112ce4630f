package dev.coeval.sync.interop;

/**
 * One row of the table: two implementations, and what passes between them.
 *
 * @param peer the other implementation
 * @param mode how they speak to one another
 * @param direction who takes time from whom
 * @param script what is done; returns what was seen, throws where it is not what it should be
 */
record Pair(String peer, String mode, Direction direction, Script script) {

  /** Who takes time from whom. */
  enum Direction {
    THEY_FROM_US("they take time from us"),
    WE_FROM_THEM("we take time from them"),
    READS_US("it reads what we send");

    final String text;

    Direction(String text) {
      this.text = text;
    }
  }

  /** What a pair does. */
  @FunctionalInterface
  interface Script {

    /** Runs it on a site of its own; returns what was seen, in a line for the table. */
    String run(Site site) throws Exception;
  }

  String title() {
    return peer + ", " + mode + ", " + direction.text;
  }
}
