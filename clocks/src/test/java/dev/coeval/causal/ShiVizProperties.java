package dev.coeval.causal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coeval.logical.vector.VectorTimestamp;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What is written for ShiViz is what its parser takes, and what is read back. */
final class ShiVizProperties {

  /** The regular expression of the first line, as Java wants it. */
  private static final Pattern PARSER = Pattern.compile(ShiVizWriter.PARSER.replace("{", "\\{"));

  /** The same with JavaScript's line ends and white space. */
  private static final Pattern SCRIPT_PARSER =
      Pattern.compile(
          PARSER
              .pattern()
              .replace(".", "[^\\n\\r\u2028\u2029]")
              .replace("\\S", "[^\\s\\p{Z}\uFEFF]"));

  /** What JavaScript trims off the end of a text. */
  private static final Pattern WHITE_END = Pattern.compile("[\\s\\p{Z}\uFEFF]+\\z");

  private static CausalEvent event(String actor, String stamp, String text) {
    return new CausalEvent(actor, VectorTimestamp.parse(stamp), text);
  }

  private static String written(CausalLog log) {
    StringBuilder text = new StringBuilder();
    ShiVizWriter.write(log, text);
    return text.toString();
  }

  private static ShiVizReader.Result read(String text) throws IOException {
    return ShiVizReader.read(new StringReader(text));
  }

  private static List<String> texts(ShiVizReader.Result result) {
    return result.executions().stream()
        .flatMap(log -> log.inCausalOrder().stream())
        .map(event -> event.actor() + event.stamp() + event.text())
        .toList();
  }

  private static List<String> findings(ShiVizReader.Result result) {
    return result.findings().stream().map(found -> found.line() + " " + found.kind()).toList();
  }

  @Example
  void shouldWriteTheseLinesWhenTwoProcessesMeet() {
    CausalLog log =
        CausalLog.of(
            List.of(
                event("bob", "{alice=1, bob=1}", "hears it"),
                event("alice", "{alice=1}", "talks")));
    assertEquals(
        """
        (?<host>\\S*) (?<clock>{.*})\\n(?<event>.*)

        %escaped%
        alice {"alice":1}
        talks
        bob {"alice":1, "bob":1}
        hears it
        """,
        written(log));
  }

  /**
   * Names and texts with whatever does harm.
   *
   * @return strings
   */
  @Provide
  Arbitrary<String> strings() {
    return Arbitraries.strings()
        .withChars(" \t\n\r\\\"%{}:,#=nrlpe20\u2028\u2029\u00A0\u0085\uFEFFä€")
        .withCharRange('a', 'c')
        .ofMaxLength(12);
  }

  /**
   * Logs of two processes.
   *
   * @return logs of three events
   */
  @Provide
  Arbitrary<List<CausalEvent>> logs() {
    Arbitrary<String> names = strings().filter(name -> !name.isEmpty());
    return Combinators.combine(names, names, strings(), strings())
        .filter((first, second, one, other) -> !first.equals(second))
        .as(
            (first, second, one, other) ->
                List.of(
                    new CausalEvent(first, VectorTimestamp.of(Map.of(first, 1L)), one),
                    new CausalEvent(first, VectorTimestamp.of(Map.of(first, 2L)), other),
                    new CausalEvent(
                        second,
                        VectorTimestamp.of(Map.of(first, Long.MAX_VALUE, second, 1L)),
                        one + other)))
        .withoutEdgeCases();
  }

  @Property(tries = 2_000)
  void shouldReadWhatItWroteWhenNamesAndTextsAreArbitrary(@ForAll("logs") List<CausalEvent> events)
      throws IOException {
    String text = written(CausalLog.of(events));
    ShiVizReader.Result result = read(text + text.replace("\n", "\r\n"));
    assertEquals(List.of(), result.findings());
    List<CausalEvent> read =
        result.executions().get(0).actors().stream()
            .flatMap(actor -> result.executions().get(0).events(actor).stream())
            .toList();
    assertEquals(6, read.size());
    events.forEach(event -> assertEquals(2, read.stream().filter(event::equals).count()));
    assertEquals(3, taken(text));
  }

  /** How many events ShiViz takes, which first cuts white space off the end. */
  private static int taken(String text) {
    String cut = WHITE_END.matcher(text).replaceFirst("");
    Matcher script = SCRIPT_PARSER.matcher(cut);
    Matcher java = PARSER.matcher(cut);
    int taken = 0;
    for (; script.find(); taken++) {
      assertTrue(script.group("clock").contains("\"" + json(script.group("host")) + "\":"));
      assertTrue(java.find(), "whatever ends a line");
      assertEquals(script.group(), java.group());
    }
    assertTrue(!java.find(), "no other");
    return taken;
  }

  @Example
  void shouldBeOneEventForShiVizWhenATextLooksLikeAnother() throws IOException {
    for (String text :
        List.of("\u0085 {}", "x\n {}", "x\u2028b {}", "\re", "a {\"a\":1}", "\\e", "%")) {
      CausalLog log = CausalLog.of(List.of(event("a", "{a=1}", ""), event("a", "{a=2}", text)));
      assertEquals(2, taken(written(log)), text);
      assertEquals(log.events("a"), read(written(log)).executions().get(0).events("a"), text);
    }
  }

  @Example
  void shouldNotLoseTheLastEventWhenItsTextIsBlank() throws IOException {
    for (String text : List.of("", " ", "\t", "\u00A0 ", "\uFEFF", "\u0085", "\n")) {
      CausalLog log = CausalLog.of(List.of(event("a", "{a=1}", text)));
      assertEquals(1, taken(written(log)));
      assertEquals(log.events("a"), read(written(log)).executions().get(0).events("a"));
    }
  }

  @Example
  void shouldReadAnEventWhenItsActorIsCalledLikeAParser() throws IOException {
    String name = "(?<host>(?<clock>";
    CausalLog log =
        CausalLog.of(
            List.of(new CausalEvent(name, VectorTimestamp.of(Map.of(name, 1L)), "is read")));
    assertEquals(log.events(name), read(written(log)).executions().get(0).events(name));
  }

  private static String json(String name) {
    return name.replace("\\", "\\\\").replace("\"", "\\\"");
  }

  @Example
  void shouldTakeWhatGoVectorWritesWhenItIsWhole() throws IOException {
    ShiVizReader.Result result =
        read(
            """
            MyProcess {"MyProcess":1}
            Initialization Complete
            1425679812 MyProcess {"MyProcess":2, "b":0}
            C:\\new {"not": a clock}
            other {"MyProcess":2,"other":1} in one line

            MyProcess { "MyProcess" : 3 }

            """);
    assertEquals(List.of(), findings(result));
    assertEquals(
        List.of(
            "MyProcess{MyProcess=1}Initialization Complete",
            "MyProcess{MyProcess=2}C:\\new {\"not\": a clock}",
            "MyProcess{MyProcess=3}",
            "other{MyProcess=2, other=1}in one line"),
        texts(result));
  }

  @Example
  void shouldTakeTheTextBeforeTheClockWhenTheParserSaysSo() throws IOException {
    ShiVizReader.Result result =
        read(
            """
            (?<event>.*)\\n(?<host>\\S*) (?<clock>{.*})

            first
            a {"a":1}
            lost
            second
            a {"a":2}
            a {"a":3}
            over
            """);
    assertEquals(List.of("a{a=1}first", "a{a=2}second", "a{a=3}"), texts(result));
    assertEquals(List.of("5 NOT_AN_EVENT", "8 NO_TEXT", "9 NOT_AN_EVENT"), findings(result));
  }

  @Example
  void shouldGoOnAndTellTheLineWhenTheLogHasHoles() throws IOException {
    ShiVizReader.Result result =
        read(
            """
            nonsense
            a {"a":1}
            b {"b":1}
            fine
            a {"a":-1}
            bad
            a {"a":1
            bad
            a {"b":1}
            bad
            a {"a":99999999999999999999}
            bad
            a {"a":3, "":1}
            bad
            a {"a":3, "a":4}
            bad
            a {"a":03}
            bad
            a {"\\u0061":2, "\\n\\t\\/\\\\\\"":1}
            good
            b {"b":2}""");
    assertEquals(
        List.of(
            "1 NOT_AN_EVENT",
            "2 NO_TEXT",
            "5 BAD_CLOCK",
            "7 BAD_CLOCK",
            "9 NO_OWN_ENTRY",
            "11 BAD_CLOCK",
            "13 BAD_NAME",
            "15 BAD_CLOCK",
            "17 BAD_CLOCK",
            "21 NO_TEXT"),
        findings(result));
    assertEquals(4, result.executions().get(0).size());
    assertEquals(1, result.executions().get(0).events("a").get(1).stamp().count("\n\t/\\\""));
    assertTrue(result.executions().get(0).check().stream().allMatch(f -> f.kind().isHole()));
  }

  @Example
  void shouldBeginAnotherExecutionWhenGoVectorHasAppended() throws IOException {
    ShiVizReader.Result result =
        read(
            """
             \s
            === Execution #Sun Mar  8 17:43:11 UTC 2015  ===
            a {"a":1}
            first
             \s
            === Execution #Sun Mar  8 17:44:11 UTC 2015  ===
            a {"a":1}
            second
            """);
    assertEquals(List.of(), findings(result));
    assertEquals(2, result.executions().size());
    assertEquals(List.of("a{a=1}first", "a{a=1}second"), texts(result));
  }

  @Example
  void shouldPassOverTheRestWhenALineIsTooLong() throws IOException {
    String text = "a {\"a\":1}\n" + "x".repeat(ShiVizReader.MAX_LINE + 7) + "\na {\"a\":2}\nend\n";
    ShiVizReader.Result result = read(text);
    assertEquals(List.of("2 TOO_LONG"), findings(result));
    List<CausalEvent> events = result.executions().get(0).events("a");
    assertEquals(ShiVizReader.MAX_LINE, events.get(0).text().length());
    assertEquals("end", events.get(1).text());
    assertEquals(83, result.findings().get(0).detail().length());
  }

  @Property
  void shouldNeverThrowWhenTheTextIsArbitrary(@ForAll("texts") String text) throws IOException {
    ShiVizReader.Result result = read(text);
    result.executions().forEach(CausalLog::check);
  }

  /**
   * Any lines.
   *
   * @return texts that are now and then an event
   */
  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.of(
            "a ",
            "{",
            "\"a\"",
            ":",
            "1",
            "}",
            "\n",
            ",",
            " ",
            "\\",
            "x",
            "=== Execution",
            "%20",
            "%escaped%\n",
            "a {\"a\":1}\n",
            "a {\"a\":1, \"",
            "\\u00",
            ShiVizWriter.PARSER)
        .list()
        .ofMaxSize(30)
        .map(parts -> String.join("", parts));
  }

  @Example
  void shouldTellWhenNothingCanBeWritten() {
    Reader broken =
        new Reader() {
          @Override
          public int read(char[] buffer, int offset, int length) throws IOException {
            throw new IOException("broken");
          }

          @Override
          public void close() {}
        };
    assertThrows(IOException.class, () -> ShiVizReader.read(broken));
    Appendable full =
        new Appendable() {
          @Override
          public Appendable append(CharSequence text) throws IOException {
            throw new IOException("full");
          }

          @Override
          public Appendable append(CharSequence text, int start, int end) throws IOException {
            throw new IOException("full");
          }

          @Override
          public Appendable append(char unit) throws IOException {
            throw new IOException("full");
          }
        };
    assertThrows(UncheckedIOException.class, () -> ShiVizWriter.of(full));
  }
}
