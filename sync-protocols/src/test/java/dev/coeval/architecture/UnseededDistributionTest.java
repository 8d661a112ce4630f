package dev.coeval.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.commons.math3.distribution.ExponentialDistribution;
import org.apache.commons.math3.distribution.RealDistribution;
import org.apache.commons.math3.random.RandomGenerator;
import org.apache.commons.math3.random.Well19937c;
import org.junit.jupiter.api.Test;

/** A distribution of commons-math that is handed no generator seeds one from the clock. */
final class UnseededDistributionTest {

  @Test
  void shouldForbidWhenDistributionOrGeneratorIsUnseeded() {
    Set<String> found =
        new ClassFileImporter()
            .importClasses(UnseededDistributionTest.class).stream()
                .flatMap(type -> type.getAccessesFromSelf().stream())
                .filter(new ForbiddenCalls())
                .map(access -> access.getOrigin().getName())
                .collect(Collectors.toSet());
    assertEquals(Set.of("unseededDistribution", "unseededGenerator"), found);
  }

  static RealDistribution unseededDistribution() {
    return new ExponentialDistribution(1);
  }

  static RandomGenerator unseededGenerator() {
    return new Well19937c();
  }

  static RealDistribution seeded(long seed) {
    return new ExponentialDistribution(new Well19937c(seed), 1);
  }
}
