package dev.coeval.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Which packages of this module may know which. */
final class ArchitectureTest {

  private static final JavaClasses MAIN =
      new ClassFileImporter().importPath(Path.of("target", "classes"));

  @Test
  void shouldHaveClassesToJudgeWhenTheRulesRun() {
    assertTrue(MAIN.containPackage("dev.coeval"));
  }

  @Test
  void shouldNotKnowLogicalTimeWhenPhysical() {
    noClasses()
        .that()
        .resideInAnyPackage("dev.coeval.time..", "dev.coeval.scale..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("dev.coeval.logical..", "dev.coeval.causal..")
        .allowEmptyShould(true)
        .check(MAIN);
  }

  @Test
  void shouldNotKnowPhysicalTimeWhenLogical() {
    noClasses()
        .that()
        .resideInAnyPackage("dev.coeval.logical..", "dev.coeval.causal..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("dev.coeval.time..", "dev.coeval.scale..")
        .allowEmptyShould(true)
        .check(MAIN);
  }

  @Test
  void shouldNotLeanOnTestingWhenInUse() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.coeval.testing..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("dev.coeval.testing..")
        .allowEmptyShould(true)
        .check(MAIN);
  }

  @Test
  void shouldNotGoRoundInCirclesWhenPackagesDependOnEachOther() {
    slices()
        .matching("dev.coeval.(**)")
        .should()
        .beFreeOfCycles()
        .allowEmptyShould(true)
        .check(MAIN);
  }
}
