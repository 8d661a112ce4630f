package dev.coeval.bench.lab;

import java.util.List;

/**
 * One thing that is said of clocks, and whether it was found so.
 *
 * @param number in the list of claims
 * @param claim in words
 * @param formula what it follows from
 * @param ours what was found
 * @param published what others or theory say
 * @param verdict held, missed, or not run
 */
record Claim(
    String number, String claim, String formula, String ours, String published, String verdict) {
  static final List<String> HEADS =
      List.of("#", "claim", "formula", "ours", "published or theory", "");

  static String verdict(boolean isHeld) {
    return isHeld ? "held" : "**missed**";
  }

  List<String> cells() {
    return List.of(number, claim, formula, ours, published, verdict);
  }
}
