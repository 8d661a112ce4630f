package dev.coeval.causal;

import java.util.Objects;

/**
 * A broadcast message with its stamp.
 *
 * @param <M> the content
 * @param stamp what orders the message
 * @param content what it says
 */
public record BroadcastMessage<M>(BroadcastStamp stamp, M content) {

  /**
   * Creates a message.
   *
   * @param stamp as above
   * @param content as above
   */
  public BroadcastMessage {
    Objects.requireNonNull(stamp, "stamp");
    Objects.requireNonNull(content, "content");
  }
}
