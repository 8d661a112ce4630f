package dev.coeval.sync.ntp.server;

/** What {@link InterleavedMemory} holds of one reply. A place to write into, one a thread. */
final class StampPair {
  /** T2, as the client was told; it names the reply. */
  long receive;

  /** T3, as well as it is known by now. */
  long transmit;

  /** The local tick of T3. */
  long transmitTick;

  /** How far T2 and T3 can be from the truth. */
  long errorNanos;
}
