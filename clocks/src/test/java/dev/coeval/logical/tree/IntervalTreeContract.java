package dev.coeval.logical.tree;

import dev.coeval.logical.CausalOrder;
import dev.coeval.logical.laws.IntervalTreeLaws;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Our interval tree clock keeps the laws of interval tree clocks. */
final class IntervalTreeContract extends IntervalTreeLaws<IntervalTreeStamp, IntervalTreeMessage> {

  @Override
  protected IntervalTreeStamp seed() {
    return IntervalTreeStamp.seed();
  }

  @Override
  protected List<IntervalTreeStamp> fork(IntervalTreeStamp stamp) {
    IntervalTreeStamp.Fork fork = stamp.fork();
    return List.of(fork.first(), fork.second());
  }

  @Override
  protected IntervalTreeStamp join(IntervalTreeStamp first, IntervalTreeStamp second) {
    return first.join(second);
  }

  @Override
  protected IntervalTreeStamp event(IntervalTreeStamp stamp) {
    return stamp.event();
  }

  @Override
  protected IntervalTreeMessage peek(IntervalTreeStamp stamp) {
    return stamp.peek();
  }

  @Override
  protected IntervalTreeStamp joinMessage(IntervalTreeStamp stamp, IntervalTreeMessage message) {
    return stamp.join(message);
  }

  @Override
  protected IntervalTreeStamp send(IntervalTreeStamp stamp) {
    return stamp.send().stamp();
  }

  @Override
  protected IntervalTreeStamp receive(IntervalTreeStamp stamp, IntervalTreeMessage message) {
    return stamp.receive(message);
  }

  @Override
  protected CausalOrder relation(IntervalTreeStamp first, IntervalTreeStamp second) {
    return first.relationTo(second);
  }

  @Override
  protected CausalOrder relationToMessage(IntervalTreeStamp stamp, IntervalTreeMessage message) {
    return stamp.relationTo(message);
  }

  @Override
  protected Set<String> owned(IntervalTreeStamp stamp) {
    Set<String> ways = new HashSet<>();
    collect(stamp.id(), "", ways);
    return ways;
  }

  private static void collect(Id id, String way, Set<String> ways) {
    if (id == Id.ALL) {
      ways.add(way);
    } else if (id != Id.NONE) {
      collect(id.left, way + "l", ways);
      collect(id.right, way + "r", ways);
    }
  }

  @Override
  protected byte[] bytes(IntervalTreeStamp stamp) {
    ByteBuffer buffer = ByteBuffer.allocate(IntervalTreeStampCodec.encodedLength(stamp));
    IntervalTreeStampCodec.encode(stamp, buffer);
    return buffer.array();
  }

  @Override
  protected byte[] messageBytes(IntervalTreeMessage message) {
    ByteBuffer buffer = ByteBuffer.allocate(IntervalTreeMessageCodec.encodedLength(message));
    IntervalTreeMessageCodec.encode(message, buffer);
    return buffer.array();
  }

  @Override
  protected IntervalTreeStamp stamp(byte[] bytes) {
    return IntervalTreeStampCodec.decode(ByteBuffer.wrap(bytes));
  }

  @Override
  protected IntervalTreeMessage message(byte[] bytes) {
    return IntervalTreeMessageCodec.decode(ByteBuffer.wrap(bytes));
  }
}
