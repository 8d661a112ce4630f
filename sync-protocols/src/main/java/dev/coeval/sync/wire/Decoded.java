package dev.coeval.sync.wire;

import dev.coeval.sync.measure.Rejection;
import java.util.Objects;
import java.util.function.Function;

/**
 * What a decoder makes of arbitrary bytes: a value, or the reason why there is none. Decoders do
 * not throw.
 *
 * @param <T> the type of the value
 */
public sealed interface Decoded<T> {

  /**
   * The bytes were good.
   *
   * @param value what they say
   * @param <T> the type of the value
   */
  record Value<T>(T value) implements Decoded<T> {

    /**
     * Checks that there is a value.
     *
     * @param value as above
     */
    public Value {
      Objects.requireNonNull(value, "value");
    }
  }

  /**
   * The bytes were not good.
   *
   * @param reason why
   * @param <T> the type of the value that there would be
   */
  record Refused<T>(Rejection reason) implements Decoded<T> {

    /**
     * Checks that there is a reason.
     *
     * @param reason as above
     */
    public Refused {
      Objects.requireNonNull(reason, "reason");
    }
  }

  /**
   * A good outcome.
   *
   * @param value what the bytes say
   * @param <T> the type of the value
   * @return the outcome
   */
  static <T> Decoded<T> of(T value) {
    return new Value<>(value);
  }

  /**
   * A refusal.
   *
   * @param reason why
   * @param <T> the type of the value that there would be
   * @return the outcome
   */
  static <T> Decoded<T> refused(Rejection reason) {
    return new Refused<>(reason);
  }

  /**
   * The next step of decoding, if this one was good.
   *
   * @param next makes a value of this one, or refuses it
   * @param <R> the type of the next value
   * @return the next outcome, or the same refusal
   */
  default <R> Decoded<R> then(Function<? super T, Decoded<R>> next) {
    if (this instanceof Value<T> good) {
      return next.apply(good.value);
    }
    return new Refused<>(((Refused<T>) this).reason);
  }
}
