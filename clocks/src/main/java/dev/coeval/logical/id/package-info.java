/**
 * Causal ids: UUIDs, ULIDs and Snowflake numbers that grow with time <em>and</em> with causality.
 *
 * <h2>What</h2>
 *
 * All three forms begin with a time in milliseconds, so that ids sort by age. Made from a wall
 * clock they stop doing so when that clock steps back, and an answer can get a smaller id than the
 * question that it answers. Made from a hybrid logical clock they cannot: the time and the counter
 * of a {@link dev.coeval.logical.hybrid.HybridTimestamp} are put into the upper bits, and an id
 * that was {@code observe}d moves the clock past it.
 *
 * <pre>
 *   node a, wall clock 10 ms fast   --next()-&gt; 110 #0 ...---------------------------&gt;
 *                                                     \  the message carries the id
 *   node b, wall clock right        -------------------observe(110 #0)--next()-&gt; 110 #2 ...
 * </pre>
 *
 * <h2>When to use which</h2>
 *
 * <table>
 * <caption>The three forms</caption>
 * <tr><th></th><th>bits</th><th>no two are equal because of</th><th>for each millisecond</th></tr>
 * <tr><td>{@link dev.coeval.logical.id.UuidV7Ids}</td><td>128</td>
 *     <td>58 random bits</td><td>65,536, then the next one's</td></tr>
 * <tr><td>{@link dev.coeval.logical.id.UlidIds}</td><td>128</td>
 *     <td>64 random bits</td><td>65,536, then the next one's</td></tr>
 * <tr><td>{@link dev.coeval.logical.id.SnowflakeIds}</td><td>63</td>
 *     <td>the worker's number, 0 to 1,023</td><td>4,096, then the next one's</td></tr>
 * </table>
 *
 * <h2>Where to start</h2>
 *
 * <pre>{@code
 * HybridLogicalClock clock =
 *     HybridLogicalClock.of(Clock.systemUTC(), HybridLogicalClock.DEFAULT_MAX_OFFSET);
 * UuidV7Ids ids = UuidV7Ids.of(clock, new SecureRandom());
 * UUID id = ids.next();
 * }</pre>
 *
 * One clock may make ids of several forms, and stamps too: all are in one order. For ids that go on
 * growing after a crash, even if the wall clock was set back meanwhile, put the clock under {@link
 * dev.coeval.logical.identity.DurableClock}.
 *
 * <p>Sources: RFC 9562, "Universally Unique IDentifiers (UUIDs)", 2024; the ULID specification, <a
 * href="https://github.com/ulid/spec">github.com/ulid/spec</a>; Twitter's Snowflake, 2010.
 */
@NullMarked
package dev.coeval.logical.id;

import org.jspecify.annotations.NullMarked;
