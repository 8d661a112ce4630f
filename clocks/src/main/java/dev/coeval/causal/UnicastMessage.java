package dev.coeval.causal;

import java.util.Objects;

/**
 * A message for one actor, with its stamp.
 *
 * @param <M> the content
 * @param stamp what orders the message
 * @param content what it says
 */
public record UnicastMessage<M>(UnicastStamp stamp, M content) {

  /**
   * Creates a message.
   *
   * @param stamp as above
   * @param content as above
   */
  public UnicastMessage {
    Objects.requireNonNull(stamp, "stamp");
    Objects.requireNonNull(content, "content");
  }
}
