package dev.coeval.bench.lab;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Text in Markdown, piece by piece. Not thread-safe. */
final class Markdown {
  private final StringBuilder text = new StringBuilder();

  Markdown heading(int level, String title) {
    text.append('\n').append("#".repeat(level)).append(' ').append(title).append('\n');
    return this;
  }

  Markdown paragraph(String words) {
    text.append('\n').append(words.strip()).append('\n');
    return this;
  }

  Markdown picture(String title, String file) {
    text.append("\n![").append(title).append("](").append(file).append(")\n");
    return this;
  }

  /** A table whose first columns, as many as said, are words; the others are numbers. */
  Markdown table(int words, List<String> heads, List<List<String>> lines) {
    text.append('\n');
    line(heads);
    List<String> rule = new ArrayList<>(Collections.nCopies(Math.min(words, heads.size()), "---"));
    rule.addAll(Collections.nCopies(heads.size() - rule.size(), "---:"));
    line(rule);
    lines.forEach(this::line);
    return this;
  }

  private void line(List<String> cells) {
    text.append('|');
    cells.forEach(cell -> text.append(' ').append(cell.replace("|", "\\|")).append(" |"));
    text.append('\n');
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
