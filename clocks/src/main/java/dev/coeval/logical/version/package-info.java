/**
 * Versions of replicated data: which write has seen which, and which values are in conflict.
 *
 * <h2>What</h2>
 *
 * Replicas of a record take writes without asking each other. Every write is one event, a {@link
 * dev.coeval.logical.version.Dot}: the server that took it and how many it had taken then. A {@link
 * dev.coeval.logical.version.VersionVector} says which writes a replica has seen. Unlike a vector
 * clock, it is not advanced when replicas meet: they meet to become <em>equal</em>.
 *
 * <p>A {@link dev.coeval.logical.version.DottedVersionVectorSet} holds the values of one record
 * that are in conflict (the siblings), each with the dot of its write, beside the version vector:
 *
 * <pre>
 *   client        server a                                  server b
 *     |--get-------&gt;| {}                                      |
 *     |&lt;-- context {} --                                      |
 *     |--put(v, {})-&gt;| {a: 1 [v]}  ---------- sync ----------&gt; | {a: 1 [v]}
 *     |--put(w, {})-&gt;| {a: 2 [w, v]}      w has not seen v: two siblings
 *     |--get-------&gt;|
 *     |&lt;-- v, w, context {a: 2} --
 *     |--put(x, {a: 2})--------------------------------------&gt;| {a: 2 [], b: 1 [x]}
 *                    | {a: 2 [], b: 1 [x]} &lt;------ sync -----  |   x has seen both
 * </pre>
 *
 * A client sends back the context of what it read, and its write replaces exactly what that context
 * covers: no update is lost, and none is in conflict with a write that had seen it. The size grows
 * with the servers, never with the clients.
 *
 * <h2>When</h2>
 *
 * A version vector to tell whether two replicas of a file or a partition have diverged, and which
 * writes one has to send to the other. The dotted set for records with concurrent writers, such as
 * a key-value store or a shopping basket. For events and messages take {@link
 * dev.coeval.logical.vector}.
 *
 * <h2>Where to start</h2>
 *
 * {@link dev.coeval.logical.version.DottedVersionVectorSet#put}; {@link
 * dev.coeval.logical.version.DottedVersionVectorSet#sync}.
 *
 * <p><strong>Servers that lose their state</strong> would use dots again. A server id therefore
 * carries an incarnation that changes with every restart that may have lost something.
 *
 * <p>Sources: D. S. Parker et al., "Detection of mutual inconsistency in distributed systems", IEEE
 * Transactions on Software Engineering 9(3), 1983; N. Preguiça, C. Baquero, P. S. Almeida, V.
 * Fonte, R. Gonçalves, "Dotted version vectors: logical clocks for optimistic replication", 2010;
 * P. S. Almeida, C. Baquero, R. Gonçalves, N. Preguiça, V. Fonte, "Scalable and accurate causality
 * tracking for eventually consistent stores", DAIS 2014.
 */
@NullMarked
package dev.coeval.logical.version;

import org.jspecify.annotations.NullMarked;
