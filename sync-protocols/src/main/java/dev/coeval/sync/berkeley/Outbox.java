package dev.coeval.sync.berkeley;

import dev.coeval.sync.machine.Action;
import dev.coeval.sync.machine.PeerId;
import dev.coeval.sync.machine.Report;
import dev.coeval.sync.machine.SendId;
import dev.coeval.sync.machine.TimerId;
import dev.coeval.sync.measure.Rejected;
import dev.coeval.sync.measure.Rejection;
import dev.coeval.sync.measure.RejectionCounts;
import dev.coeval.sync.wire.Keyring;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** Gathers what one event makes the node do. */
final class Outbox {
  private final String owner;
  private final BerkeleyCodec codec;
  private final int ownKeyId;
  private final RandomGenerator random;
  private final RejectionCounts rejections = new RejectionCounts();
  private List<Action> actions = new ArrayList<>();
  private long sequence;

  Outbox(String owner, Keyring keyring, RandomGenerator random) {
    this.owner = owner;
    this.codec = new BerkeleyCodec(keyring);
    this.ownKeyId = keyring.primaryId();
    this.random = random;
  }

  BerkeleyCodec codec() {
    return codec;
  }

  RejectionCounts rejections() {
    return rejections;
  }

  RandomGenerator random() {
    return random;
  }

  /** Sends of one's own accord, under this node's own key; returns its number. */
  long send(PeerId to, Message message, long nonce) {
    return send(to, codec.encode(message, nonce, ownKeyId));
  }

  /** Answers: same nonce, same key. */
  void reply(PeerId to, Message message, BerkeleyCodec.Received request) {
    send(to, codec.encode(message, request.nonce(), request.keyId()));
  }

  void setTimer(int kind, int index, long atTickNanos) {
    actions.add(new Action.SetTimer(new TimerId(owner, kind, index), atTickNanos));
  }

  void cancelTimer(int kind, int index) {
    actions.add(new Action.CancelTimer(new TimerId(owner, kind, index)));
  }

  void publish(Report report) {
    actions.add(new Action.Publish(report));
  }

  void reject(PeerId from, Rejection reason) {
    rejections.add(reason);
    publish(new Rejected(from, reason));
  }

  List<Action> take() {
    List<Action> taken = actions;
    actions = new ArrayList<>();
    return taken;
  }

  private long send(PeerId to, ByteBuffer payload) {
    sequence++;
    actions.add(new Action.Send(to, payload, new SendId(owner, sequence)));
    return sequence;
  }
}
