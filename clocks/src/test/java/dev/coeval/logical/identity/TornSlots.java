package dev.coeval.logical.identity;

import java.io.IOException;
import java.util.Random;

/** A disk in memory, on which the power fails in the middle of a chosen write. */
final class TornSlots implements Slots {

  private static final int CHUNK = 16;

  private final byte[][] disk = new byte[2][MarkRecord.LENGTH];
  private int wholeWrites = Integer.MAX_VALUE;
  private Random tear = new Random(0);

  /** Lets some more writes through whole; the one after them is torn, and nothing works then. */
  void failAfter(int writes, Random torn) {
    wholeWrites = writes;
    tear = torn;
  }

  /** Power is back. */
  void repair() {
    wholeWrites = Integer.MAX_VALUE;
  }

  byte[] slot(int slot) {
    return disk[slot];
  }

  @Override
  public byte[] load(int slot) {
    return disk[slot].clone();
  }

  @Override
  public void store(int slot, byte[] bytes) throws IOException {
    if (wholeWrites == 0) {
      wholeWrites = -1;
      tearInto(disk[slot], bytes);
    }
    if (wholeWrites < 0) {
      throw new IOException("the power is off");
    }
    wholeWrites--;
    System.arraycopy(bytes, 0, disk[slot], 0, bytes.length);
  }

  /** A prefix of what was to be written, or old, new and garbled pieces in any mixture. */
  private void tearInto(byte[] slot, byte[] bytes) {
    if (tear.nextBoolean()) {
      System.arraycopy(bytes, 0, slot, 0, tear.nextInt(bytes.length + 1));
      return;
    }
    for (int start = 0; start < bytes.length; start += CHUNK) {
      int fate = tear.nextInt(3);
      if (fate == 0) {
        System.arraycopy(bytes, start, slot, start, CHUNK);
      } else if (fate == 1 && tear.nextInt(8) == 0) {
        slot[start] = (byte) tear.nextInt();
      }
    }
  }
}
