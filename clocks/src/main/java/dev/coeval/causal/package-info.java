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
 * <p>{@link dev.coeval.causal.CausalUnicastBuffer} does the same for messages that go to one actor
 * or to some. {@link dev.coeval.causal.HistoryRecorder} records what happens, {@link
 * dev.coeval.causal.CausalLog} checks a record and answers questions about it, {@link
 * dev.coeval.causal.GlobalPredicates} asks what can have been true of all processes at one time,
 * and {@link dev.coeval.causal.ShiVizWriter} and {@link dev.coeval.causal.ShiVizReader} write and
 * read the logs of ShiViz and GoVector.
 *
 * <h2>When to use which</h2>
 *
 * <table>
 * <caption>From the question to the class</caption>
 * <tr><th>question</th><th>class</th></tr>
 * <tr><td>everybody hears everything, replies never before what they answer</td>
 *     <td>{@link dev.coeval.causal.CausalBroadcastBuffer}</td></tr>
 * <tr><td>messages have one destination, or some</td>
 *     <td>{@link dev.coeval.causal.CausalUnicastBuffer}</td></tr>
 * <tr><td>are these stamps a causal history? what came before what? what waited for what?</td>
 *     <td>{@link dev.coeval.causal.CausalLog}</td></tr>
 * <tr><td>can two processes have been in their critical sections together?</td>
 *     <td>{@link dev.coeval.causal.GlobalPredicates}</td></tr>
 * </table>
 *
 * <h2>Where to start</h2>
 *
 * <pre>{@code
 * CausalBroadcastBuffer<String> c = CausalBroadcastBuffer.of("c", GroupView.of(Set.of("a", "b")));
 * OfferResult<BroadcastMessage<String>> result = c.offer(stamp, "answer");
 * result.deliveries().forEach(message -> show(message.content()));
 * if (!result.outcome().isAccepted()) { askAgainLater(stamp.id()); }
 * }</pre>
 *
 * <p>Throughout: arguments are never null, values are immutable, buffers belong to one thread, and
 * whatever holds messages has a limit. What comes from the network never throws: a message is
 * refused with a typed outcome, bytes with {@link dev.coeval.logical.StampFormatException}.
 */
@NullMarked
package dev.coeval.causal;

import org.jspecify.annotations.NullMarked;
