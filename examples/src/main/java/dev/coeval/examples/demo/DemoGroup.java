package dev.coeval.examples.demo;

import dev.coeval.sync.SyncNode;
import dev.coeval.time.ClockModel;
import java.util.ArrayList;
import java.util.List;

/** The nodes of one protocol, and what their clocks are held against. */
final class DemoGroup implements AutoCloseable {

  /** What a node's error is measured from. */
  enum Reference {
    /** The true time. */
    TRUTH,
    /** The mean of the group: for a protocol that knows no outside time. */
    MEAN
  }

  private final String protocol;
  private final Reference reference;
  private final String about;
  private final List<DemoNode> nodes;
  private final List<SyncNode> servers;
  private final Runnable opening;

  /** A group whose nodes are not open yet; {@code opening} opens them. */
  DemoGroup(String protocol, Reference reference, Members members, Runnable opening) {
    this.protocol = protocol;
    this.reference = reference;
    this.about = members.about;
    this.nodes = List.copyOf(members.nodes);
    this.servers = List.copyOf(members.servers);
    this.opening = opening;
  }

  /**
   * Who belongs to a group.
   *
   * @param about the servers, in words
   * @param nodes the nodes that are watched
   * @param servers whom they ask
   */
  record Members(String about, List<DemoNode> nodes, List<SyncNode> servers) {}

  /** Opens the ports of the nodes: from now on their clocks are pulled together. */
  void open() {
    opening.run();
  }

  String protocol() {
    return protocol;
  }

  /** Whom the nodes ask, in words. */
  String about() {
    return about;
  }

  Reference reference() {
    return reference;
  }

  List<DemoNode> nodes() {
    return nodes;
  }

  /** Looks at all nodes at exactly one moment of the host. */
  void sample(double seconds, Truth truth) {
    List<ClockModel> models = nodes.stream().map(DemoNode::model).toList();
    long hostTick = truth.reader().tickNanos();
    List<DemoNode.Look> looks = new ArrayList<>(nodes.size());
    for (int i = 0; i < nodes.size(); i++) {
      looks.add(nodes.get(i).lookAt(models.get(i), hostTick));
    }
    long time = truth.epochNanosAt(hostTick);
    long held = reference == Reference.TRUTH ? time : mean(looks, time);
    for (int i = 0; i < nodes.size(); i++) {
      nodes.get(i).record(seconds, looks.get(i), held);
    }
  }

  private static long mean(List<DemoNode.Look> looks, long near) {
    long sum = 0; // of differences: sums of epoch nanoseconds would overflow
    for (DemoNode.Look look : looks) {
      sum += look.epochNanos() - near;
    }
    return near + Math.round((double) sum / looks.size());
  }

  @Override
  public void close() {
    nodes.forEach(DemoNode::close);
    servers.forEach(SyncNode::close);
  }
}
