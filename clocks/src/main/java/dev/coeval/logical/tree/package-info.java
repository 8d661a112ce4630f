/**
 * Interval tree clocks: exact causality among processes that come and go, without any process
 * needing a name that nobody else has.
 *
 * <h2>What</h2>
 *
 * A vector clock counts by process. Here a process owns a part of the interval [0, 1) instead, its
 * id. Starting a process <em>forks</em> an owner: each of the two keeps one half of the part, so no
 * coordination is needed. Stopping one <em>joins</em> it into any other, which then owns both
 * parts. What is known of the past is a function from [0, 1) to counts; an <em>event</em> raises it
 * somewhere inside the part that its process owns, and nowhere else.
 *
 * <pre>
 *   seed --fork--+--event--------send----------------join--&gt;
 *                |                  \               /
 *                |                   \ message     / the whole stamp: its owner retires
 *                |                    \           /
 *                +--fork--+------------receive--*
 *                         |
 *                         +--event-------------------------&gt;
 * </pre>
 *
 * Both ids and functions are binary trees over halves of halves. Where a vector clock's stamp grows
 * for ever as processes are replaced, trees shrink again: an event prefers a place where the
 * function gets simpler, and joined ids melt together.
 *
 * <h2>When</h2>
 *
 * Replicas that are added and retired all the time: devices, containers, sessions, branches. With a
 * fixed group, {@link dev.coeval.logical.vector} is cheaper and easier to read in a log. Forks and
 * joins must reach each stamp exactly once: a stamp that is copied, or restored from a backup,
 * makes two owners of one part. What can be noticed of that is refused, see {@link
 * dev.coeval.logical.tree.IntervalTreeStamp}.
 *
 * <h2>Where to start</h2>
 *
 * {@link dev.coeval.logical.tree.IntervalTreeClock} owns the state of a process. {@link
 * dev.coeval.logical.tree.IntervalTreeStamp} is that state as a value, with an id: exactly one
 * process may hold it. {@link dev.coeval.logical.tree.IntervalTreeMessage} is what travels with
 * data: the past alone, without an id, which anybody may copy, keep, compare and receive, any
 * number of times.
 *
 * <p>Source: P. S. Almeida, C. Baquero, V. Fonte, "Interval tree clocks: a logical clock for
 * dynamic systems", OPODIS 2008.
 */
@NullMarked
package dev.coeval.logical.tree;

import org.jspecify.annotations.NullMarked;
