package dev.coeval.sync.order.link;

import dev.coeval.sync.machine.Action;
import dev.coeval.sync.machine.PeerId;
import dev.coeval.sync.machine.SendId;
import dev.coeval.sync.machine.TimerId;
import dev.coeval.sync.measure.Rejected;
import dev.coeval.sync.measure.Rejection;
import dev.coeval.sync.measure.RejectionCounts;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Gathers what one event makes the links do and say. */
final class Outbox {
  private final String owner;
  private final RejectionCounts rejections = new RejectionCounts();
  private List<Action> actions = new ArrayList<>();
  private List<LinkEvent> events = new ArrayList<>();
  private long sequence;

  Outbox(String owner) {
    this.owner = owner;
  }

  RejectionCounts rejections() {
    return rejections;
  }

  void send(PeerId to, ByteBuffer payload) {
    sequence++;
    actions.add(new Action.Send(to, payload, new SendId(owner, sequence)));
  }

  void setTimer(TimerId timer, long atTickNanos) {
    actions.add(new Action.SetTimer(timer, atTickNanos));
  }

  void reject(PeerId from, Rejection reason) {
    rejections.add(reason);
    actions.add(new Action.Publish(new Rejected(from, reason)));
  }

  void say(LinkEvent event) {
    events.add(event);
  }

  List<Action> takeActions() {
    List<Action> taken = actions;
    actions = new ArrayList<>();
    return taken;
  }

  List<LinkEvent> takeEvents() {
    List<LinkEvent> taken = events;
    events = new ArrayList<>();
    return taken;
  }
}
