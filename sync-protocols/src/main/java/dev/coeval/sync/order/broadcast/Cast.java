package dev.coeval.sync.order.broadcast;

import dev.coeval.causal.BroadcastStamp;
import dev.coeval.logical.lamport.LamportTimestamp;
import java.nio.ByteBuffer;

/**
 * A broadcast.
 *
 * @param stamp its place in the causal order
 * @param counter the Lamport counter of its sending
 * @param content what it says
 * @param bytes its form on the wire, to be sent on as it is
 */
record Cast(BroadcastStamp stamp, long counter, Content content, ByteBuffer bytes) {

  /** Its place in the total order. */
  LamportTimestamp place() {
    return new LamportTimestamp(counter, stamp.sender());
  }
}
