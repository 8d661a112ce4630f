package dev.coeval.architecture;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Calls that would let the machine's time or unseeded randomness in through a side door.
 *
 * <p>Method references count as calls. One class may read the clocks of the operating system and
 * wait: {@code dev.coeval.time.ClockReader}. A {@code baseline} of a benchmark may too, since it is
 * what the reader is measured against. {@code SecureRandom} seeds nonces where the program meets
 * the world, and nowhere else.
 */
final class ForbiddenCalls extends DescribedPredicate<JavaAccess<?>> {

  private static final String READER = "dev.coeval.time.ClockReader";

  private static final List<String> MAY_SEED_NONCES =
      List.of(
          "dev.coeval.sync",
          "dev.coeval.sync.runtime",
          "dev.coeval.examples.lessons",
          "dev.coeval.examples.terminal");

  /** Members by the type that owns them, whatever their parameters. */
  private static final Map<String, Set<String>> ALWAYS =
      Map.ofEntries(
          Map.entry("java.lang.System", Set.of("nanoTime", "currentTimeMillis")),
          Map.entry("java.lang.Thread", Set.of("sleep")),
          Map.entry("java.lang.Math", Set.of("random")),
          Map.entry("java.lang.StrictMath", Set.of("random")),
          Map.entry("java.util.UUID", Set.of("randomUUID")),
          Map.entry("java.util.Calendar", Set.of("getInstance")),
          Map.entry("java.util.concurrent.TimeUnit", Set.of("sleep")),
          Map.entry("java.util.concurrent.ThreadLocalRandom", Set.of("current")),
          Map.entry("java.util.concurrent.locks.LockSupport", Set.of("parkNanos", "parkUntil")),
          Map.entry("java.util.random.RandomGenerator", Set.of("getDefault", "of")),
          Map.entry("java.time.InstantSource", Set.of("system")),
          Map.entry(
              "java.time.Clock",
              Set.of(
                  "system",
                  "systemUTC",
                  "systemDefaultZone",
                  "tickMillis",
                  "tickSeconds",
                  "tickMinutes")));

  /** Members that take the seed or the time from outside only when they have a parameter. */
  private static final Map<String, String> WITHOUT_PARAMETERS =
      Map.of(
          "java.util.Random", "<init>",
          "java.util.SplittableRandom", "<init>",
          "java.util.Date", "<init>",
          "java.util.GregorianCalendar", "<init>",
          "java.util.random.RandomGeneratorFactory", "create");

  ForbiddenCalls() {
    super("the machine's time or unseeded randomness");
  }

  @Override
  public boolean test(JavaAccess<?> access) {
    if (!(access.getTarget() instanceof AccessTarget.CodeUnitAccessTarget target)
        || isExempt(access)) {
      return false;
    }
    return isAlwaysForbidden(target)
        || isForbiddenWithoutParameters(target)
        || isNowOfNoClock(target)
        || isUnseededShuffle(target)
        || isUnseededCommonsMath(target)
        || isSecureRandomElsewhere(access, target);
  }

  private static boolean isExempt(JavaAccess<?> access) {
    JavaClass origin = outermost(access.getOriginOwner());
    return origin.getName().equals(READER)
        || (origin.getPackageName().startsWith("dev.coeval.bench")
            && origin.getSimpleName().endsWith("Benchmark")
            && access.getOrigin().getName().startsWith("baseline"));
  }

  private static boolean isAlwaysForbidden(AccessTarget.CodeUnitAccessTarget target) {
    return ALWAYS.entrySet().stream()
        .anyMatch(
            entry ->
                entry.getValue().contains(target.getName())
                    && target.getOwner().isAssignableTo(entry.getKey()));
  }

  private static boolean isForbiddenWithoutParameters(AccessTarget.CodeUnitAccessTarget target) {
    return target.getRawParameterTypes().isEmpty()
        && target.getName().equals(WITHOUT_PARAMETERS.get(target.getOwner().getName()));
  }

  /** {@code Instant.now()} and its kin; {@code now(clock)} is welcome. */
  private static boolean isNowOfNoClock(AccessTarget.CodeUnitAccessTarget target) {
    return target.getName().equals("now")
        && target.getOwner().getPackageName().startsWith("java.time")
        && target.getRawParameterTypes().stream()
            .noneMatch(parameter -> parameter.isAssignableTo("java.time.Clock"));
  }

  private static boolean isUnseededShuffle(AccessTarget.CodeUnitAccessTarget target) {
    return target.getName().equals("shuffle")
        && target.getOwner().getName().equals("java.util.Collections")
        && target.getRawParameterTypes().size() == 1;
  }

  /** Generators without a seed, and distributions that would make themselves such a generator. */
  private static boolean isUnseededCommonsMath(AccessTarget.CodeUnitAccessTarget target) {
    String owner = target.getOwner().getPackageName();
    List<JavaClass> parameters = target.getRawParameterTypes();
    if (!target.getName().equals("<init>")) {
      return false;
    }
    if (owner.equals("org.apache.commons.math3.random")) {
      return parameters.isEmpty();
    }
    return owner.equals("org.apache.commons.math3.distribution")
        && parameters.stream()
            .noneMatch(
                type -> type.isAssignableTo("org.apache.commons.math3.random.RandomGenerator"));
  }

  private static boolean isSecureRandomElsewhere(
      JavaAccess<?> access, AccessTarget.CodeUnitAccessTarget target) {
    return target.getOwner().getName().equals("java.security.SecureRandom")
        && !MAY_SEED_NONCES.contains(access.getOriginOwner().getPackageName());
  }

  private static JavaClass outermost(JavaClass nested) {
    JavaClass type = nested;
    while (type.getEnclosingClass().isPresent()) {
      type = type.getEnclosingClass().get();
    }
    return type;
  }
}
