package dev.coeval.architecture;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Calendar;
import java.util.Collections;
import java.util.Date;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/** One offence a method. Nothing here is ever run: {@link ForbiddenCallsTest} reads its bytes. */
@SuppressWarnings("all")
final class Offences {

  private Offences() {}

  static Object nanoTime() {
    return System.nanoTime();
  }

  static Object currentTimeMillis() {
    return System.currentTimeMillis();
  }

  static LongSupplier methodReference() {
    return System::nanoTime;
  }

  static Supplier<Random> constructorReference() {
    return Random::new;
  }

  static Supplier<Instant> lambda() {
    return () -> Instant.now();
  }

  static Object instantNow() {
    return Instant.now();
  }

  static Object localDateTimeNow() {
    return LocalDateTime.now();
  }

  static Object localDateNowInZone() {
    return LocalDate.now(ZoneOffset.UTC);
  }

  static Object zonedDateTimeNow() {
    return ZonedDateTime.now();
  }

  static Object clockSystem() {
    return Clock.system(ZoneOffset.UTC);
  }

  static Object clockSystemUtc() {
    return Clock.systemUTC();
  }

  static Object clockSystemDefaultZone() {
    return Clock.systemDefaultZone();
  }

  static Object clockTickMillis() {
    return Clock.tickMillis(ZoneOffset.UTC);
  }

  static Object clockTickSeconds() {
    return Clock.tickSeconds(ZoneOffset.UTC);
  }

  static Object clockTickMinutes() {
    return Clock.tickMinutes(ZoneOffset.UTC);
  }

  static Object instantSource() {
    return InstantSource.system();
  }

  static Object date() {
    return new Date();
  }

  static Object calendar() {
    return Calendar.getInstance();
  }

  static Object gregorianCalendar() {
    return new java.util.GregorianCalendar();
  }

  static void sleep() throws InterruptedException {
    Thread.sleep(1);
  }

  static void sleepWithNanos() throws InterruptedException {
    Thread.sleep(1, 1);
  }

  static void timeUnitSleep() throws InterruptedException {
    TimeUnit.SECONDS.sleep(1);
  }

  static void parkNanos() {
    LockSupport.parkNanos(1);
  }

  static void parkUntil() {
    LockSupport.parkUntil(1);
  }

  static Object mathRandom() {
    return Math.random();
  }

  static Object strictMathRandom() {
    return StrictMath.random();
  }

  static Object random() {
    return new Random();
  }

  static Object subclassOfRandom() {
    return new Random() {};
  }

  static Object splittableRandom() {
    return new SplittableRandom();
  }

  static Object threadLocalRandom() {
    return ThreadLocalRandom.current();
  }

  static Object secureRandom() {
    return new SecureRandom();
  }

  static Object generatorByName() {
    return RandomGenerator.of("L64X128MixRandom");
  }

  static Object defaultGenerator() {
    return RandomGenerator.getDefault();
  }

  static Object generatorFromFactory() {
    return RandomGeneratorFactory.of("L64X128MixRandom").create();
  }

  static Object uuid() {
    return UUID.randomUUID();
  }

  static void shuffle() {
    Collections.shuffle(List.of());
  }
}
