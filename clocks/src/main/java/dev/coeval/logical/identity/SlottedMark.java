package dev.coeval.logical.identity;

import dev.coeval.logical.identity.LostPastException.Reason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The mark itself, on any two slots.
 *
 * <p><strong>Problem.</strong> A write may be cut off anywhere by a crash, and must not take what
 * was there before with it.
 *
 * <p><strong>Idea.</strong> Write to two slots in turn, each with a checksum and the number of the
 * write. A write that was cut off is not valid, and the one before it, in the other slot, is whole.
 *
 * <ol>
 *   <li>Open: take the valid record of the greater generation; store it, with the next incarnation,
 *       in <em>both</em> slots, so that the incarnation outlives the loss of either.
 *   <li>Cover: store the new mark in the slot that is not the latest.
 *   <li>A first record was never acted upon unless the second slot was written too: so a second
 *       slot that is blank, with no valid first one, is an interrupted creation and no loss.
 * </ol>
 *
 * <p><strong>Known attack.</strong> A record that rots after it was stored looks like a write that
 * was cut off. The mark then falls back by one write, though never the incarnation; only the loss
 * of both slots is told from a crash.
 */
final class SlottedMark implements HighWaterMark {

  private final Slots slots;
  private volatile MarkRecord latest;
  private final long generationBefore;
  private @Nullable IOException failure;
  private boolean closed;

  private SlottedMark(Slots slots, MarkRecord beforeFirst, ActorId actor) throws IOException {
    this.slots = slots;
    this.latest = beforeFirst;
    this.generationBefore = beforeFirst.generation();
    write(beforeFirst.next(actor, beforeFirst.mark()));
    write(latest.next(actor, beforeFirst.mark()));
  }

  /** Begins the next incarnation, or the first lineage. */
  static SlottedMark open(Slots slots, String name, long identity, RandomGenerator random)
      throws IOException {
    Optional<MarkRecord> stored = trusted(slots);
    if (stored.isEmpty()) {
      return begin(slots, -1, newLineage(name, random), 0, identity);
    }
    MarkRecord record = stored.get();
    requireName(record, name);
    if (record.revoked()) {
      throw new LostPastException(Reason.OVERTAKEN, record.actor() + " was overtaken");
    }
    if (record.identity() != 0 && identity != 0 && record.identity() != identity) {
      throw new LostPastException(
          Reason.COPIED, "file " + identity + " is a copy of file " + record.identity());
    }
    return begin(slots, record.generation(), record.actor().next(), record.mark(), identity);
  }

  /** Begins a new lineage, whatever is stored. */
  static SlottedMark startLineage(Slots slots, String name, long identity, RandomGenerator random)
      throws IOException {
    MarkRecord newest = newest(slots).orElse(null);
    long generation = newest == null ? -1 : newest.generation();
    long mark = newest == null ? 0 : newest.mark();
    return begin(slots, generation, newLineage(name, random), mark, identity);
  }

  private static SlottedMark begin(
      Slots slots, long generation, ActorId actor, long mark, long identity) throws IOException {
    return new SlottedMark(slots, new MarkRecord(generation, actor, mark, identity, false), actor);
  }

  private static ActorId newLineage(String name, RandomGenerator random) {
    return new ActorId(name, random.nextLong() & ActorId.MAX_LINEAGE, 1);
  }

  private static void requireName(MarkRecord record, String name) {
    if (!record.actor().name().equals(name)) {
      throw new IllegalArgumentException(
          "this is the mark of " + record.actor().name() + ", not of " + name);
    }
  }

  /** The newest record, if it is certain that there was no newer one; empty if there was none. */
  private static Optional<MarkRecord> trusted(Slots slots) throws IOException {
    Optional<MarkRecord> first = MarkRecord.of(slots.load(0));
    byte[] secondBytes = slots.load(1);
    Optional<MarkRecord> second = MarkRecord.of(secondBytes);
    boolean secondIsBlank = MarkRecord.isBlank(secondBytes);
    boolean secondIsMissing = secondIsBlank || secondBytes.length < MarkRecord.LENGTH;
    boolean bothWritten = first.isPresent() && first.get().generation() > 0;
    boolean noneWhole = first.isEmpty() && second.isEmpty();
    boolean lost = (noneWhole && !secondIsBlank) || (bothWritten && secondIsMissing);
    if (lost || !inTurn(first, second)) {
      throw new LostPastException(Reason.DAMAGED, "the slots do not belong together");
    }
    return newest(slots);
  }

  private static boolean inTurn(Optional<MarkRecord> first, Optional<MarkRecord> second) {
    return first.isEmpty()
        || second.isEmpty()
        || Math.abs(first.get().generation() - second.get().generation()) == 1;
  }

  private static Optional<MarkRecord> newest(Slots slots) throws IOException {
    Optional<MarkRecord> first = MarkRecord.of(slots.load(0));
    Optional<MarkRecord> second = MarkRecord.of(slots.load(1));
    if (first.isEmpty() || second.isEmpty()) {
      return first.or(() -> second);
    }
    return first.get().generation() > second.get().generation() ? first : second;
  }

  private void write(MarkRecord next) throws IOException {
    slots.store(next.slot(), next.toBytes());
    latest = next;
  }

  @Override
  public ActorId actor() {
    return latest.actor();
  }

  @Override
  public long mark() {
    return latest.mark();
  }

  @Override
  public void cover(long number, long ahead) {
    if (number < 0 || ahead < 0) {
      throw new IllegalArgumentException("negative: " + number + " or " + ahead);
    }
    MarkRecord record = latest;
    if (number > record.mark() || record.revoked()) {
      raise(number, ahead);
    }
  }

  private synchronized void raise(long number, long ahead) {
    requireUsable();
    MarkRecord record = latest;
    if (number > record.mark()) {
      long raised = number > Long.MAX_VALUE - ahead ? Long.MAX_VALUE : number + ahead;
      store(record.next(record.actor(), raised));
    }
  }

  private void requireUsable() {
    if (closed) {
      throw new IllegalStateException("closed");
    }
    if (latest.revoked()) {
      throw new LostPastException(Reason.OVERTAKEN, latest.actor() + " was overtaken");
    }
    if (failure != null) {
      throw new UncheckedIOException("a write has failed before", failure);
    }
  }

  private void store(MarkRecord record) {
    try {
      write(record);
    } catch (IOException failed) {
      failure = failed;
      throw new UncheckedIOException(failed);
    }
  }

  @Override
  public long writes() {
    return latest.generation() - generationBefore;
  }

  @Override
  public void observe(ActorId seen, long number) {
    ActorId self = actor();
    boolean ours = seen.name().equals(self.name()) && seen.lineage() == self.lineage();
    if (ours && (seen.isLaterThan(self) || number > mark())) {
      revoke();
      throw new LostPastException(
          Reason.OVERTAKEN, seen + " was seen with " + number + ", but this is " + self);
    }
  }

  private synchronized void revoke() {
    if (!closed && !latest.revoked() && failure == null) {
      store(latest.revoke());
      store(latest.revoke());
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
  }
}
