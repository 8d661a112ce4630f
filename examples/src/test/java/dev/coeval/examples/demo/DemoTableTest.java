package dev.coeval.examples.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coeval.time.ClockReader;
import java.util.List;
import org.junit.jupiter.api.Test;

final class DemoTableTest {
  private static final int NARROW = 80;

  @Test
  void shouldFitNarrowTerminalWhenDrawnOverItself() throws Exception {
    Truth truth = new Truth(ClockReader.system());
    List<DemoGroup> groups = DemoGroups.prepare(truth, 1);
    try {
      groups.forEach(group -> group.sample(0, truth));
      DemoTable table = new DemoTable(true);
      String first = table.draw(0, groups);
      String second = table.draw(3_600, groups);
      assertTrue(second.startsWith("\u001b[" + first.lines().count() + "A"), second);
      List<String> wide =
          second.lines().map(DemoTableTest::visible).filter(l -> l.length() >= NARROW).toList();
      assertEquals(List.of(), wide);
    } finally {
      for (DemoGroup group : groups) {
        group.close();
      }
    }
  }

  private static String visible(String line) {
    return line.replaceAll("\u001b\\[[0-9]*[A-Za-z]", "");
  }
}
