package dev.coeval.examples;

import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coeval.time.ClockReader;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/** A command that runs while the test goes on: its JSON lines can be waited for. */
public final class RunningCommand implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 30;
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);

  private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
  private final StringWriter err = new StringWriter();
  private final Thread thread;
  private volatile boolean closedPipe;
  private @Nullable Map<String, Object> opening;

  private RunningCommand(CommandLine command, String... args) {
    PrintWriter out = new PrintWriter(new LineWriter(), true);
    thread =
        new Thread(
            () -> {
              command.setOut(out).setErr(new PrintWriter(err, true));
              command.execute(args);
            },
            "test-command");
    thread.start();
  }

  /** Starts the command with {@code --json}. */
  public static RunningCommand start(String... args) {
    return start(Coeval.commandLine(), args);
  }

  /** Starts a command of its own with {@code --json}. */
  public static RunningCommand start(CommandLine command, String... args) {
    List<String> all = new ArrayList<>(List.of(args));
    all.add("--json");
    return new RunningCommand(command, all.toArray(String[]::new));
  }

  /** Its first line, which says where it listens. */
  public synchronized Map<String, Object> opening() {
    Map<String, Object> known = opening;
    if (known == null) {
      known = next("first line", ClockReader.system().tickNanos() + PATIENCE_NANOS);
      opening = known;
    }
    return known;
  }

  /** Waits for the next line of an event; lines of others are passed over. */
  public Map<String, Object> await(String event) {
    long deadlineTick = ClockReader.system().tickNanos() + PATIENCE_NANOS;
    opening();
    Map<String, Object> json = next(event, deadlineTick);
    while (!event.equals(json.get("event"))) {
      json = next(event, deadlineTick);
    }
    return json;
  }

  private Map<String, Object> next(String what, long deadlineTick) {
    try {
      long left = deadlineTick - ClockReader.system().tickNanos();
      String line = lines.poll(left, TimeUnit.NANOSECONDS);
      assertNotNull(line, () -> "no " + what + " in time; stderr: " + err);
      return CommandRun.json(line);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /** Asks it to end. */
  public void interrupt() {
    thread.interrupt();
  }

  /** Interrupts it and waits for its end. */
  @Override
  public void close() {
    thread.interrupt();
    join();
  }

  /** Behaves as a pipe whose reader has gone. */
  public void closePipe() {
    closedPipe = true;
  }

  /** Waits for its end. */
  public void join() {
    try {
      thread.join(TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    assertTrue(!thread.isAlive(), "the command does not end");
  }

  private final class LineWriter extends Writer {
    private final StringBuilder line = new StringBuilder();

    @Override
    public void write(char[] text, int offset, int length) throws java.io.IOException {
      if (closedPipe) {
        throw new java.io.IOException("Broken pipe");
      }
      for (int i = offset; i < offset + length; i++) {
        if (text[i] == '\n') {
          lines.add(line.toString());
          line.setLength(0);
        } else {
          line.append(text[i]);
        }
      }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }
}
