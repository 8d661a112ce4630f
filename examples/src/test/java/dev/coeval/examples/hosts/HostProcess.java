package dev.coeval.examples.hosts;

import dev.coeval.examples.CommandRun;
import dev.coeval.time.ClockReader;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A process that prints JSON lines, which can be waited for. Killed when closed. */
final class HostProcess implements AutoCloseable {
  private static final String END = "";

  private final Process process;
  private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
  private final Queue<String> seen = new ConcurrentLinkedQueue<>();

  private HostProcess(Process process) {
    this.process = process;
    Thread reader = new Thread(this::read, "test-host-output");
    reader.setDaemon(true);
    reader.start();
  }

  static HostProcess start(List<String> command) throws IOException {
    return new HostProcess(new ProcessBuilder(command).redirectErrorStream(true).start());
  }

  /** The next line of an event; fails if it does not come in time. */
  Map<String, Object> await(String event, long deadlineTick) throws InterruptedException {
    while (true) {
      long left = deadlineTick - ClockReader.system().tickNanos();
      String line = lines.poll(Math.max(0, left), TimeUnit.NANOSECONDS);
      if (line == null || line.equals(END)) {
        throw new AssertionError(
            "no "
                + event
                + (line == null ? " in time" : ", it ended")
                + "; it printed:\n"
                + String.join("\n", seen));
      }
      if (line.startsWith("{")) {
        Map<String, Object> json = CommandRun.json(line);
        if (event.equals(json.get("event"))) {
          return json;
        }
      }
    }
  }

  /** Types a line. */
  void type(String line) throws IOException {
    Writer input = process.outputWriter(StandardCharsets.UTF_8);
    input.write(line + "\n");
    input.flush();
  }

  /** Kills it at once: no farewell is sent. */
  void kill() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }

  @Override
  public void close() {
    kill();
  }

  private void read() {
    try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        seen.add(line);
        lines.add(line);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      lines.add(END);
    }
  }
}
