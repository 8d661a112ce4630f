/**
 * The law kit of {@code clocks}, pointed at the clocks that a user would otherwise pick.
 *
 * <p>Each {@code XxxLaws} here is one clock in one suite: it says how to make the clock and how to
 * read its stamps, and inherits the laws. {@link dev.coeval.bench.laws.LawReport} runs them all and
 * writes which law each clock keeps or breaks, and on which input.
 *
 * <pre>
 *   suite of the kit ◄── PekkoVectorClockLaws, HazelcastVectorClockLaws, ... ◄── LawReport ──► LAWS.md
 * </pre>
 */
@NullMarked
package dev.coeval.bench.laws;

import org.jspecify.annotations.NullMarked;
