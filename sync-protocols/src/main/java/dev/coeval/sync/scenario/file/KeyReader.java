package dev.coeval.sync.scenario.file;

import dev.coeval.sync.ntp.auth.KeyFile;
import dev.coeval.sync.ntp.auth.MacAlgorithm;
import dev.coeval.sync.ntp.auth.NtpKeys;
import java.util.ArrayList;
import java.util.List;

/** Reads the {@code keys} of a node: lines as chrony's key file has them. */
final class KeyReader {
  private KeyReader() {}

  static NtpKeys read(Section section) {
    List<String> lines = new ArrayList<>();
    for (Value line : section.items("keys")) {
      lines.add(section.text("keys", line));
    }
    KeyFile format = KeyFile.chrony().allowing(MacAlgorithm.SHA1).allowing(MacAlgorithm.MD5);
    return section.make("keys", s -> format.parse("keys", lines));
  }
}
