package dev.coeval.sync.cristian;

import dev.coeval.sync.machine.PeerId;
import dev.coeval.sync.machine.Responder;
import dev.coeval.sync.measure.Rejection;
import dev.coeval.sync.measure.RejectionCounts;
import dev.coeval.sync.wire.Decoded;
import dev.coeval.sync.wire.Keyring;
import dev.coeval.time.ClockModel;
import dev.coeval.time.ClockReading;
import java.nio.ByteBuffer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Tells the time of a clock model, and how wrong it can be, to whoever asks.
 *
 * <p>It keeps no state of its clients. A reply carries the time at the request's arrival and at its
 * own departure, and the larger of the two bounds; so a client that adds it to its own has a bound
 * that speaks of the true time, over any number of servers in a row. A server whose model has no
 * bound says that it is not synchronized. A reply is authenticated with the key of its request, and
 * exactly as long.
 *
 * <p>The model is that of the node's {@link dev.coeval.time.DisciplinedClock}, which is a supplier
 * of it. A server that passes on its host's wall clock has one that is steered to it, with the
 * bound that its administrator vouches for:
 *
 * <pre>{@code
 * DisciplinedClock clock = new DisciplinedClock(reader, driftBoundPpb, SteeringPolicy.with(step));
 * ClockReading now = reader.readTightest(5);
 * clock.steer(new ClockEstimate(now.tickNanos(), now.wallEpochNanos(), 0, errorNanos,
 *     BoundedInstant.around(now.wallEpochNanos(), errorNanos + now.spanNanos())));
 * Responder server = new CristianServer(clock, Keyring.empty());
 * }</pre>
 *
 * <p>Not thread-safe, but for {@link #rejections()}.
 */
public final class CristianServer implements Responder {
  private final Supplier<ClockModel> time;
  private final CristianCodec codec;
  private final RejectionCounts rejections = new RejectionCounts();

  /**
   * A server.
   *
   * @param time the model in force, asked for once a request
   * @param keyring the keys known here, and whether requests without one are refused
   */
  public CristianServer(Supplier<ClockModel> time, Keyring keyring) {
    this.time = time;
    this.codec = new CristianCodec(keyring);
  }

  /**
   * The requests that got no reply, by reason.
   *
   * @return live counts, safe to read from any thread
   */
  public RejectionCounts rejections() {
    return rejections;
  }

  @Override
  public int respond(
      ClockReading received,
      PeerId from,
      ByteBuffer request,
      ByteBuffer reply,
      LongSupplier transmitTickNanos) {
    int type = CristianCodec.FORMAT.typeOf(request);
    if (type < 0 || type == CristianCodec.REPLY) {
      return NOT_MINE; // a reply is for the client that may share this port
    }
    Decoded<CristianRequest> decoded = codec.decodeRequest(request);
    if (decoded instanceof Decoded.Refused<CristianRequest> refused) {
      return refuse(refused.reason());
    }
    CristianRequest asked = ((Decoded.Value<CristianRequest>) decoded).value();
    return answer(asked, received.tickNanos(), reply, transmitTickNanos);
  }

  private int answer(
      CristianRequest asked, long receivedTick, ByteBuffer reply, LongSupplier transmitTickNanos) {
    ClockModel model = time.get();
    long receivedEpochNanos = model.epochNanosAt(receivedTick);
    long receivedError = model.maxErrorNanosAt(receivedTick);
    return codec.encodeReply(
        reply,
        asked,
        model.isSynchronized(),
        body -> {
          long sentTick = transmitTickNanos.getAsLong();
          body.putLong(receivedEpochNanos)
              .putLong(model.epochNanosAt(sentTick))
              .putLong(Math.max(receivedError, model.maxErrorNanosAt(sentTick)));
        });
  }

  private int refuse(Rejection reason) {
    rejections.add(reason);
    return SILENT;
  }
}
