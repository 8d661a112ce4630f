/**
 * Approximate clocks: stamps of a fixed size, however many processes there are, at the price of
 * answers that may be wrong in one direction.
 *
 * <h2>What</h2>
 *
 * A vector clock needs one entry for every process, and nothing smaller can tell every pair of
 * events apart (Charron-Bost 1991). The clocks here let events share entries. If {@code e} happened
 * before {@code f} they always say so; but they may say so of two events that are concurrent. Hence
 * their answers are of a type of their own, {@link dev.coeval.logical.approximate.PlausibleOrder}:
 * only {@code CONCURRENT} is certain.
 *
 * <table>
 * <caption>The two of them</caption>
 * <tr><th></th><th>an event adds one to</th><th>take it when</th></tr>
 * <tr><td>{@link dev.coeval.logical.approximate.PlausibleClock}</td>
 *     <td>the entry of its process, which others share</td>
 *     <td>processes are many, but not much more than entries</td></tr>
 * <tr><td>{@link dev.coeval.logical.approximate.BloomClock}</td>
 *     <td>a few cells, chosen by a hash of the event</td>
 *     <td>processes come and go, and pasts that are compared are short or nearly the same</td></tr>
 * </table>
 *
 * <h2>How often they are wrong</h2>
 *
 * Each stamp says how likely it would be put before another one if the two had nothing to do with
 * each other: {@code falseOrderProbability}. Where that is close to 1 the answer "plausibly before"
 * says nothing. It is exact for pasts that have no event in common, because which entries a process
 * or event falls on is a matter of hashing, so that all placements of a stamp's numbers are equally
 * likely. Concurrent events with a common past are more alike than that, so ordered falsely more
 * often.
 *
 * <p>Two clocks of different kinds or sizes that run side by side are better than either: {@link
 * dev.coeval.logical.approximate.PlausibleOrder#and} adds no error, and removes those that only one
 * of them makes.
 *
 * <h2>Where to start</h2>
 *
 * <pre>{@code
 * PlausibleClock a = PlausibleClock.of("a", 16);
 * PlausibleClock b = PlausibleClock.of("b", 16);
 * PlausibleTimestamp sent = a.tick();
 * PlausibleTimestamp received = b.receive(sent);
 * sent.relationTo(received); // PLAUSIBLY_BEFORE
 * }</pre>
 *
 * <p>Sources: F. J. Torres-Rojas, M. Ahamad, "Plausible clocks: constant size logical clocks for
 * distributed systems", Distributed Computing 12, 1999; L. Ramabaja, "The Bloom clock", 2019; B.
 * Charron-Bost, "Concerning the size of logical clocks in distributed systems", 1991.
 */
@NullMarked
package dev.coeval.logical.approximate;

import org.jspecify.annotations.NullMarked;
