/**
 * {@code coeval chat}: a conversation across hosts, without a server, in which no reply is ever
 * shown before what it answers.
 *
 * <p>Each peer is a {@link dev.coeval.sync.order.broadcast.BroadcastNode} on a port of its own.
 * What is typed is broadcast; what is delivered is shown with its author and its vector stamp.
 *
 * <pre>
 *   stdin --&gt; ChatSession --say--&gt; ChatPeer: BroadcastNode &lt;--&gt; UDP &lt;--&gt; others
 *                 ^                    |
 *                 +------- post -------+--&gt; TraceFile
 *                 |
 *             ChatView: text or JSON
 * </pre>
 *
 * <p>{@code coeval chat --demo} is three peers in one process, with a slow way between two of them,
 * and the same lines as plain datagrams beside it ({@link dev.coeval.examples.chat.ChatDemo}).
 *
 * <p>Where to start: {@link dev.coeval.examples.chat.ChatCommand}.
 */
@NullMarked
package dev.coeval.examples.chat;

import org.jspecify.annotations.NullMarked;
