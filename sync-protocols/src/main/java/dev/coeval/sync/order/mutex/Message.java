package dev.coeval.sync.order.mutex;

/**
 * What members of a group say to each other.
 *
 * @param kind what it is
 * @param counter the sender's Lamport counter when it was sent; 0 or more
 * @param request the counter of the request that is meant: made ({@code REQUEST}), answered ({@code
 *     REPLY}), given up ({@code RELEASE}), still open at the sender ({@code WELCOME}); 0 for none
 */
record Message(Kind kind, long counter, long request) {

  /** No request. */
  static final long NONE = 0;

  enum Kind {
    /** I have started, and know nothing. */
    HELLO(1),
    /** This is what you must know. */
    WELCOME(2),
    /** I want to enter. */
    REQUEST(3),
    /** I have heard you (Lamport); go ahead, for my part (Ricart and Agrawala). */
    REPLY(4),
    /** I have left. */
    RELEASE(5);

    private final int code;

    Kind(int code) {
      this.code = code;
    }

    /** Its number on the wire. */
    int code() {
      return code;
    }
  }
}
