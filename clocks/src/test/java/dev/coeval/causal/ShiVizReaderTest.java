package dev.coeval.causal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.coeval.causal.LineFinding.Kind;
import java.io.IOException;
import java.io.StringReader;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ShiVizReaderTest {

  private static ShiVizReader.Result read(String text) throws IOException {
    return ShiVizReader.read(new StringReader(text));
  }

  private static List<String> texts(ShiVizReader.Result result) {
    return result.executions().get(0).events("a").stream().map(CausalEvent::text).toList();
  }

  @Test
  void shouldTakeALineForTextWhenOnlyDigitsMayComeBeforeAName() throws IOException {
    for (String before : List.of("x", "the", "1x", "/", ":", "-1", "9:0")) {
      String text = before + " a {\"a\":2}";
      ShiVizReader.Result result = read("a {\"a\":1}\n" + text + "\n");
      assertEquals(List.of(text), texts(result));
      assertEquals(List.of(), result.findings());
    }
    assertEquals(List.of("is read"), texts(read("9081726354 a {\"a\":1}\nis read\n")));
  }

  @Test
  void shouldShortenWhatItShowsWhenItIsLongOnly() throws IOException {
    assertEquals("x".repeat(80), read("x".repeat(80)).findings().get(0).detail());
    assertEquals("x".repeat(80) + "...", read("x".repeat(81)).findings().get(0).detail());
  }

  @Test
  void shouldMissTheOwnEntryWhenTheClockIsEmpty() throws IOException {
    assertEquals(
        List.of(new LineFinding(1, Kind.NO_OWN_ENTRY, "a {}")),
        read("a {}\nno event\n").findings().subList(0, 1));
  }

  @Test
  void shouldKeepWhatIsNoEscapeWhenItIsMarkedAsEscaped() throws IOException {
    String text = ShiVizWriter.ESCAPED + "\na {\"a\":1}\nC:\\dir\\\n";
    assertEquals(List.of("C:\\dir\\"), texts(read(text)));
    assertEquals(List.of("\\"), texts(read(ShiVizWriter.ESCAPED + "\na {\"a\":1}\n\\\n")));
  }
}
