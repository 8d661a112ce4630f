package dev.coeval.sync.scenario.file;

import java.util.Collection;
import java.util.Optional;

/** Finds the word that was probably meant. */
final class Words {
  private Words() {}

  /** A hint to append, " (did you mean 'x'?)", or nothing. */
  static String didYouMean(String word, Collection<String> allowed) {
    Optional<String> nearest =
        allowed.stream()
            .filter(each -> distance(word, each) <= (each.length() < 4 ? 1 : 2))
            .min((a, b) -> Integer.compare(distance(word, a), distance(word, b)));
    return nearest.map(each -> " (did you mean '" + each + "'?)").orElse("");
  }

  /** Levenshtein's: how many letters to insert, drop or change. */
  private static int distance(String one, String other) {
    int[] row = new int[other.length() + 1];
    for (int j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= one.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j < row.length; j++) {
        int changed = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(changed, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[other.length()];
  }
}
