package dev.coeval.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * Time and randomness come in as arguments, so that every run can be replayed.
 *
 * <p>Every module compiles and runs this one test on its own classes, its tests included.
 */
final class OneClockReaderTest {

  /** Not ours to judge: what JMH and jcstress generate, and the offences that prove this rule. */
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(location -> !location.contains("/jmh_generated/"))
          .withImportOption(location -> !location.contains("_jcstress"))
          .withImportOption(location -> !location.contains("/dev/coeval/architecture/"))
          .importPaths(Path.of("target", "classes"), Path.of("target", "test-classes"));

  @Test
  void shouldReadClocksInOneClassWhenAnyClassOfThisModuleNeedsTime() {
    assertTrue(CLASSES.size() > 0, "no classes under target: the rule would prove nothing");
    noClasses().should().accessTargetWhere(new ForbiddenCalls()).check(CLASSES);
  }
}
