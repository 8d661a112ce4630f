package dev.coeval.examples.chat;

import dev.coeval.examples.terminal.Nanos;
import dev.coeval.examples.terminal.OutputOptions;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;

/** What the onlooker of {@link ChatDemo} sees, side by side. */
final class DemoView {
  private static final double NANO = 1e-9;
  private static final String COLUMNS = "%7s  %-38s %s";

  private final OutputOptions output;

  DemoView(OutputOptions output) {
    this.output = output;
  }

  void opened(List<String> names, long slowNanos) {
    String who = String.join(", ", names);
    output.print(
        """
        Three peers on UDP ports of 127.0.0.1: %s. What %s sends to %s takes %s longer.
        %s and %s talk. This is what %s sees, of the same lines over the same network:
        """
                .formatted(
                    who,
                    names.get(0),
                    names.get(2),
                    Nanos.of(slowNanos),
                    names.get(0),
                    names.get(1),
                    names.get(2))
            + "\n"
            + COLUMNS.formatted("time", "plain datagrams", "in causal order"),
        "demo",
        "peers",
        names,
        "slowNanos",
        slowNanos);
  }

  void plain(long atNanos, String author, String text) {
    output.print(
        COLUMNS.formatted(seconds(atNanos), author + ": " + text, "").stripTrailing(),
        "plain",
        "from",
        author,
        "text",
        text,
        "seconds",
        atNanos * NANO);
  }

  void causal(long atNanos, ChatPeer.Said said) {
    StringJoiner stamp = new StringJoiner(", ", "{", "}");
    said.stamp().forEach((actor, count) -> stamp.add(ChatView.given(actor) + "=" + count));
    String author = ChatView.given(said.from());
    output.print(
        COLUMNS.formatted(seconds(atNanos), "", author + " " + stamp + ": " + said.text()),
        "causal",
        "from",
        said.from(),
        "text",
        said.text(),
        "stamp",
        said.stamp().toMap(),
        "seconds",
        atNanos * NANO);
  }

  void summary(int plainEarly, int causalEarly) {
    output.print(
        """

        Replies shown before what they answer: %d as plain datagrams, %d in causal order."""
            .formatted(plainEarly, causalEarly),
        "summary",
        "plainEarly",
        plainEarly,
        "causalEarly",
        causalEarly);
  }

  private static String seconds(long nanos) {
    return String.format(Locale.ROOT, "%.2f s", nanos * NANO);
  }
}
