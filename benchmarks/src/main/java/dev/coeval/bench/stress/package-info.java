/**
 * What threads see of a clock that they share: every interleaving that the machine and the compiler
 * can be brought to, by jcstress.
 *
 * <p>Each class is one clock, each class inside it one small game: two or three threads make one
 * call each, and the outcomes that some order of the calls explains are listed. Any other outcome
 * fails. A stamp given twice, an event lost, a receipt that is not after what it received show up
 * so.
 *
 * <p>The first command plays all, in two minutes; the second one clock's, under every compiler and
 * placement of threads.
 *
 * <pre>
 * java -jar benchmarks/target/stress.jar -m quick -sc false -af NONE -jvmArgs -server
 * java -jar benchmarks/target/stress.jar -t HybridClock
 * </pre>
 */
@NullMarked
package dev.coeval.bench.stress;

import org.jspecify.annotations.NullMarked;
