package dev.coeval.sync.interop;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** All that passes our host's interface, kept in a file by tshark. */
final class WireCapture implements Closeable {
  private final ForeignProgram tshark;

  private WireCapture(ForeignProgram tshark) {
    this.tshark = tshark;
  }

  static WireCapture start(Path folder) throws Exception {
    String file = file(folder).toString();
    ForeignProgram tshark =
        ForeignProgram.start(
            folder, "tshark", "-q", "-i", "eth0", "-f", "udp", "-w", file, "-a", "duration:180");
    Await.untilFound(20, tshark::output, "Capturing on");
    return new WireCapture(tshark);
  }

  static Path file(Path folder) {
    return folder.resolve("ours.pcapng");
  }

  /** What tshark says of the packets that a filter chooses: some fields, a line each. */
  static String read(Path folder, String filter, String... fields) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of("tshark", "-r", file(folder).toString(), "-Y", filter, "-T", "fields"));
    for (String field : fields) {
      command.addAll(List.of("-e", field));
    }
    return ForeignProgram.run(folder, command.toArray(String[]::new));
  }

  @Override
  public void close() throws IOException {
    tshark.close();
  }
}
