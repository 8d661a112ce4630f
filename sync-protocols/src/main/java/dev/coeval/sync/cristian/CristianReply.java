package dev.coeval.sync.cristian;

/**
 * A server's answer.
 *
 * @param request what it answers: the nonce, and the key, that the request had
 * @param receivedEpochNanos T2, when the request arrived, by the server's clock
 * @param sentEpochNanos T3, when this reply left, by the server's clock
 * @param errorNanos how far at most the server's clock was from the true time, at both moments
 * @param isSynchronized false if the server knows no bound: then its stamps are a guess, and its
 *     error means nothing
 */
public record CristianReply(
    CristianRequest request,
    long receivedEpochNanos,
    long sentEpochNanos,
    long errorNanos,
    boolean isSynchronized) {}
