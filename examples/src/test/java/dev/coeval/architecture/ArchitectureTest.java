package dev.coeval.architecture;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The rooms of the command: the root knows its subcommands, none of them knows the root. */
class ArchitectureTest {
  private static final JavaClasses MAIN =
      new ClassFileImporter().importPath(Path.of("target", "classes"));

  @Test
  void shouldNotGoRoundInCirclesWhenPackagesDependOnEachOther() {
    slices().matching("dev.coeval.(**)").should().beFreeOfCycles().check(MAIN);
  }
}
