package dev.coeval.logical.identity;

import java.io.IOException;

/** Two places of fixed size on something that survives a crash, written one at a time. */
interface Slots {

  /**
   * What a slot holds; zeros where nothing was written, and fewer bytes where the end is cut off.
   */
  byte[] load(int slot) throws IOException;

  /**
   * Overwrites a slot; what was written survives a crash once this has returned. A crash before
   * that leaves this slot in any state, and the other one as it was.
   */
  void store(int slot, byte[] bytes) throws IOException;
}
