/**
 * What vector stamps are for: delivery in causal order, and the questions that one asks of a
 * recorded execution. Pure data structures, without sockets, threads or clocks.
 *
 * <h2>What</h2>
 *
 * <p>{@link dev.coeval.causal.CausalBroadcastBuffer} stamps the broadcasts of a group and delivers
 * them so that no message comes before one that its sender knew:
 *
 * <pre>
 *   a --send()--*-------------------------------------------&gt;
 *                \ question  \
 *   b ------------*--send()-- \ ----------------------------&gt;
 *                      answer\ \
 *   c -------------------------*-\-offer(answer): HELD
 *                                 *-offer(question): question, answer --&gt;
 * </pre>
 *
 * <p>Throughout: arguments are never null, values are immutable, buffers belong to one thread, and
 * whatever holds messages has a limit. What comes from the network never throws: a message is
 * refused with a typed outcome, bytes with {@link dev.coeval.logical.StampFormatException}.
 */
@NullMarked
package dev.coeval.causal;

import org.jspecify.annotations.NullMarked;
