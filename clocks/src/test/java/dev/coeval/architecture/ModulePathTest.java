package dev.coeval.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** The build runs every test of this module twice: in the named module, and on the class path. */
final class ModulePathTest {

  /** What the build says this run is, "module" or "class"; an IDE says nothing. */
  private static final String EXPECTED = System.getProperty("coeval.test.path", "");

  @Test
  void shouldRunWhereTheBuildSaysWhenStartedByTheBuild() {
    Module module = ModulePathTest.class.getModule();
    switch (EXPECTED) {
      case "module" -> assertEquals("dev.coeval.clocks", module.getName());
      case "class" -> assertEquals(null, module.getName());
      default -> assertEquals("", EXPECTED);
    }
  }
}
