/**
 * Logical clocks: stamps that tell which event can have caused which, without trusting any wall
 * clock for the answer.
 *
 * <h2>What</h2>
 *
 * An event <em>happened before</em> another, {@code e -> f}, when both are on one process and
 * {@code e} came first, when {@code e} sends the message that {@code f} receives, or through a
 * chain of such steps (Lamport 1978). Two events that are not ordered so are <em>concurrent</em>.
 * Every clock here is moved by the same three calls of {@link dev.coeval.logical.LogicalClock}:
 *
 * <pre>
 *   process a   --tick()--*-------tick()--*----------------------------&gt;
 *                                          \  message carries the stamp
 *                                           \
 *   process b   ------------tick()--*--------*--receive(stamp)---------&gt;
 * </pre>
 *
 * <h2>When to use which</h2>
 *
 * <table>
 * <caption>What each family promises about {@code e} and {@code f}</caption>
 * <tr><th>package</th><th>stamp</th><th>promise</th><th>take it for</th></tr>
 * <tr><td>{@link dev.coeval.logical.lamport}</td><td>one number and a node id</td>
 *     <td>{@code e -> f} implies {@code C(e) < C(f)}</td>
 *     <td>one total order that never contradicts causality</td></tr>
 * <tr><td>{@link dev.coeval.logical.vector}</td><td>one number for every process</td>
 *     <td>{@code e -> f} if and only if {@code V(e) < V(f)}</td>
 *     <td>detecting conflicts and concurrency exactly</td></tr>
 * <tr><td>{@link dev.coeval.logical.hybrid}</td><td>64 bits, close to physical time</td>
 *     <td>{@code e -> f} implies {@code HLC(e) < HLC(f)}; near the wall clock</td>
 *     <td>database versions and snapshots that people can read as times</td></tr>
 * <tr><td>{@link dev.coeval.logical.tree}</td><td>a tree that grows and shrinks</td>
 *     <td>as a vector clock</td>
 *     <td>processes that come and go, where nobody hands out names</td></tr>
 * <tr><td>{@link dev.coeval.logical.treeclock}</td><td>none: it is mutable</td>
 *     <td>as a vector clock</td>
 *     <td>analysing long traces of many threads</td></tr>
 * <tr><td>{@link dev.coeval.logical.version}</td><td>one number for every server</td>
 *     <td>which write had seen which; no value is lost</td>
 *     <td>replicated records with several writers</td></tr>
 * <tr><td>{@link dev.coeval.logical.matrix}</td><td>a vector for every process</td>
 *     <td>as a vector clock, and what everybody knows</td>
 *     <td>throwing away safely what all have seen</td></tr>
 * <tr><td>{@link dev.coeval.logical.approximate}</td><td>of fixed size</td>
 *     <td>{@code e -> f} is never missed; some concurrent pairs seem ordered, at a known rate</td>
 *     <td>thousands of processes, where a false alarm costs little</td></tr>
 * </table>
 *
 * <p>Beside them, {@link dev.coeval.logical.identity} keeps a process from using a stamp twice
 * across crashes, and {@link dev.coeval.logical.id} makes UUIDs, ULIDs and Snowflake numbers that
 * sort as causes and effects do.
 *
 * <h2>Where to start</h2>
 *
 * Begin with {@link dev.coeval.logical.LogicalClock}; each family's package page then shows its own
 * stamps. Stamps that are totally ordered are {@link java.lang.Comparable}; a vector stamp is not,
 * because a partial order offered to {@code sort} or {@code TreeMap} would give wrong answers. It
 * answers with a {@link dev.coeval.logical.CausalOrder} instead.
 *
 * <p>Throughout: arguments are never null, stamps are immutable, clocks are thread-safe, numbers
 * never wrap around, and a clock that refuses a call is left exactly as it was. A stamp that came
 * from another node is refused with {@link dev.coeval.logical.StampRejectedException} and its
 * reason.
 *
 * <h2>Bytes and text</h2>
 *
 * Every stamp that travels has a codec beside it. Its form begins with a byte that says kind and
 * version; equal stamps are equal bytes, stamps of one number sort as their bytes do; and a decoder
 * gives a stamp or throws {@link dev.coeval.logical.StampFormatException}, whatever it is fed, in
 * memory bounded by what it is fed. {@code toString} and {@code parse} do the same in text.
 */
@NullMarked
package dev.coeval.logical;

import org.jspecify.annotations.NullMarked;
