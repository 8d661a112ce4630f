package dev.coeval.examples.snapshot;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;

import dev.coeval.examples.terminal.CommandFailedException;
import dev.coeval.examples.terminal.FileTrouble;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where a branch's last checkpoint is, whole or not at all. It survives the process, which is what
 * is killed here; to survive a loss of power, file and folder would have to be forced to the disk.
 */
final class CheckpointFile {
  private final Path path;
  private final Path next;

  CheckpointFile(Path folder, String name) {
    this.path = folder.resolve(name + ".checkpoint");
    this.next = folder.resolve(name + ".next");
  }

  void save(byte[] checkpoint) {
    try {
      Files.write(next, checkpoint);
      Files.move(next, path, ATOMIC_MOVE, REPLACE_EXISTING);
    } catch (IOException e) {
      throw CommandFailedException.failure(
          "cannot write "
              + path
              + ": "
              + FileTrouble.reason(e)
              + "; make room for temporary files");
    }
  }

  byte[] load() {
    try {
      return Files.readAllBytes(path);
    } catch (IOException e) {
      throw CommandFailedException.failure("cannot read " + path + ": " + FileTrouble.reason(e));
    }
  }
}
