package dev.coeval.sync.order.snapshot;

import java.util.ArrayList;
import java.util.Collection;
import java.util.SortedMap;
import java.util.function.Supplier;

/**
 * The algorithm of Chandy and Lamport: a marker in a FIFO channel divides what was sent before its
 * sender recorded its state from what was sent after.
 *
 * <p><b>Problem.</b> Record the states of all processes and channels so that together they are a
 * state that the system may have been in, while it runs, with no common clock.
 *
 * <p><b>Idea.</b> Processes record their states at different times; what is to be avoided is that
 * one has received what another has, in its recorded state, not yet sent.
 *
 * <ol>
 *   <li>Whoever begins records its state, and sends a marker on each channel before any other
 *       message.
 *   <li>On a marker, who has not recorded its state does so now, and sends markers.
 *   <li>The state of a channel is what came on it between one's own recording and its marker.
 * </ol>
 *
 * <p><b>Needs FIFO channels:</b> a message that overtakes a marker is received in the snapshot and
 * not sent in it.
 *
 * <p><b>Known attack.</b> A process that leaves a marker out keeps a snapshot from ending; one that
 * lies about its state falsifies it. Processes trust each other.
 *
 * <p>Source: K. M. Chandy, L. Lamport, "Distributed snapshots: determining global states of
 * distributed systems", ACM Transactions on Computer Systems 3(1), 1985.
 */
final class ChandyLamportRecorder extends Recorder {

  ChandyLamportRecorder(Collection<String> others) {
    super(others);
  }

  private ChandyLamportRecorder(ChandyLamportRecorder like) {
    super(like);
  }

  @Override
  ChandyLamportRecorder copy() {
    return new ChandyLamportRecorder(this);
  }

  @Override
  SortedMap<String, Long> sending(String to) {
    return colourless();
  }

  @Override
  void onMessage(
      String from, SortedMap<String, Long> colour, byte[] message, Supplier<byte[]> state) {
    for (Recording recording : new ArrayList<>(active.values())) {
      Recording.Channel channel = recording.channel(from);
      if (!channel.closed) {
        channel.messages.add(message);
      }
    }
  }

  @Override
  long sent(String to) {
    return 0;
  }

  @Override
  long arrived(String from) {
    return 0;
  }

  @Override
  void closeIfDone(Recording.Channel channel) {
    channel.closed = true;
  }
}
