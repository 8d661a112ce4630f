package dev.coeval.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A rule that cannot fail proves nothing: each offence is found, and nothing else is. */
final class ForbiddenCallsTest {

  private static final JavaClasses CLASSES =
      new ClassFileImporter().importPackagesOf(ForbiddenCallsTest.class);

  static Stream<String> offences() {
    return CLASSES.get(Offences.class).getMethods().stream()
        .filter(method -> !method.getModifiers().toString().contains("SYNTHETIC"))
        .map(JavaMethod::getName)
        .sorted();
  }

  @ParameterizedTest
  @MethodSource("offences")
  void shouldForbidWhenTimeOrRandomnessComesFromTheMachine(String offence) {
    assertTrue(
        accessesOf(Offences.class).stream()
            .filter(new ForbiddenCalls())
            .anyMatch(access -> isIn(access, offence)),
        () -> offence + " was not found");
  }

  @Test
  void shouldPermitWhenTimeAndSeedAreArguments() {
    List<String> found =
        accessesOf(Permitted.class).stream()
            .filter(new ForbiddenCalls())
            .map(JavaAccess::getDescription)
            .toList();
    assertEquals(List.of(), found);
  }

  /** The accesses of a class and of the anonymous classes inside it. */
  private static Set<JavaAccess<?>> accessesOf(Class<?> type) {
    return CLASSES.stream()
        .filter(candidate -> candidate.getName().startsWith(type.getName()))
        .flatMap(candidate -> candidate.getAccessesFromSelf().stream())
        .collect(Collectors.toSet());
  }

  private static boolean isIn(JavaAccess<?> access, String method) {
    JavaClass owner = access.getOriginOwner();
    return access.getOrigin().getName().equals(method)
        || owner
            .getEnclosingCodeUnit()
            .map(enclosing -> enclosing.getName().equals(method))
            .orElse(false);
  }
}
