package dev.coeval.sync.runtime;

import static dev.coeval.sync.runtime.UdpRuntimeTest.v4;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coeval.sync.runtime.FrameChannel.Outcome;
import dev.coeval.testing.ManualTime;
import dev.coeval.time.ClockReader;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.channels.SocketChannel;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The stamps of frames, and how long each may take, under time that is moved by hand. */
@Timeout(60)
final class FrameChannelTest {
  private static final long IDLE_NANOS = 1_000;
  private static final long FRAME_NANOS = 100;

  private final ManualTime time = ManualTime.at(Instant.EPOCH);
  private long nanosPerLook;
  private Socket peer;
  private FrameChannel frames;

  @BeforeEach
  void connect() throws IOException {
    try (ServerSocket listening = new ServerSocket(0, 1, v4(0).getAddress())) {
      SocketChannel channel = SocketChannel.open(listening.getLocalSocketAddress());
      frames =
          FrameChannel.over(channel, ClockReader.of(this::look, time::wallEpochNanos, nanos -> {}));
      peer = listening.accept();
      peer.setTcpNoDelay(true);
    }
  }

  @AfterEach
  void close() throws IOException {
    frames.close();
    peer.close();
  }

  private void write(int... bytes) throws IOException {
    byte[] out = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      out[i] = (byte) bytes[i];
    }
    peer.getOutputStream().write(out);
  }

  private Outcome next() throws IOException {
    return frames.next(IDLE_NANOS, FRAME_NANOS);
  }

  @Test
  void shouldStampFirstByteWhenFrameArrivesInParts() throws IOException {
    time.advanceNanos(10);
    write(0, 1, 'A', 0, 2, 'B');
    assertEquals(Outcome.FRAME, next());
    assertEquals(10, frames.received().tickNanos());
    assertEquals("A", RecordingMachine.text(frames.payload()));
    time.advanceNanos(20);
    write('b', 0, 1, 'C');
    assertEquals(Outcome.FRAME, next());
    assertEquals(10, frames.received().tickNanos());
    assertEquals("Bb", RecordingMachine.text(frames.payload()));
    assertEquals(Outcome.FRAME, next());
    assertEquals(30, frames.received().tickNanos());
    assertEquals("C", RecordingMachine.text(frames.payload()));
    time.advanceNanos(5);
    write(0, 1, 'D');
    assertEquals(Outcome.FRAME, next());
    assertEquals(35, frames.received().tickNanos());
    peer.close();
    assertEquals(Outcome.END, next());
  }

  @Test
  void shouldTimeOutAfterFrameTimeWhenFrameHasBegun() throws IOException {
    write(0, 2, 'A');
    nanosPerLook = 10;
    assertEquals(Outcome.TIMED_OUT, next());
    assertTrue(time.tickNanos() >= FRAME_NANOS && time.tickNanos() < IDLE_NANOS);
  }

  @Test
  void shouldTimeOutAfterIdleTimeWhenNothingCame() throws IOException {
    nanosPerLook = 10;
    assertEquals(Outcome.TIMED_OUT, next());
    assertTrue(time.tickNanos() >= IDLE_NANOS);
  }

  private long look() {
    time.advanceNanos(nanosPerLook);
    return time.tickNanos();
  }
}
