package dev.coeval.sync.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** INTEROP.md has a row for each pair that is run, and no other. */
class InteropTableTest {

  @Test
  void shouldHaveARowForEachPair() throws IOException {
    List<String> run =
        InteropMain.pairs().stream().map(pair -> InteropTable.row(pair, "")).sorted().toList();
    List<String> told = InteropTable.read(Path.of("INTEROP.md")).stream().sorted().toList();
    assertEquals(String.join("\n", run), String.join("\n", told));
  }
}
