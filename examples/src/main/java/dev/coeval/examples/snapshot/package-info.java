/**
 * {@code coeval snapshot-demo}: a bank whose money is counted while it moves, over real UDP.
 *
 * <p>Each branch is a process of its own: a {@link dev.coeval.sync.order.snapshot.SnapshotNode} on
 * a port of its own, behind a network that loses and delays. Transfers fly between them; snapshots
 * count them in. One branch is killed and continues from its checkpoint file.
 *
 * <pre>
 *   branch's port:   BadNetwork --&gt; SnapshotNode --&gt; Branch (accounts, vector clock)
 *                                       |                |
 *                        Checkpoint --&gt; file             +--&gt; TraceFile
 *                        SnapshotTaken                 post
 *                                       +----------------v
 *   main thread:     EventLoop --&gt; SnapshotDemo: transfers, snapshots, inquiries, the kill
 *                                       |
 *                                  SnapshotView: text or JSON, summary
 * </pre>
 *
 * <p>Where to start: {@link dev.coeval.examples.snapshot.SnapshotDemoCommand}.
 */
@NullMarked
package dev.coeval.examples.snapshot;

import org.jspecify.annotations.NullMarked;
