package dev.coeval.logical.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coeval.logical.identity.LostPastException.Reason;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

final class FileHighWaterMarkTest {

  @TempDir Path directory;
  private final Random random = new Random(11);

  private Path file() {
    return directory.resolve("cart.mark");
  }

  private FileHighWaterMark open(Path file) throws IOException {
    return FileHighWaterMark.open(file, "cart", random);
  }

  /** Opens, covers and closes; the file's content then. */
  private byte[] live(long number) throws IOException {
    try (HighWaterMark mark = open(file())) {
      mark.cover(number, 0);
    }
    return Files.readAllBytes(file());
  }

  private void overwrite(byte[] bytes) throws IOException {
    Files.write(file(), bytes, StandardOpenOption.TRUNCATE_EXISTING);
  }

  /** An interrupt closes a channel of files: the mark says so, and can be opened again. */
  @Test
  void shouldOpenAgainWhenInterruptClosedTheFile() throws IOException {
    FileHighWaterMark mark = open(file());
    ActorId first = mark.actor();
    mark.cover(10, 90);
    Thread.currentThread().interrupt();
    try {
      assertThrows(UncheckedIOException.class, () -> mark.cover(101, 0));
    } finally {
      Thread.interrupted();
    }
    assertThrows(UncheckedIOException.class, () -> mark.cover(101, 0));
    mark.close();
    mark.close();
    try (FileHighWaterMark again = open(file())) {
      assertEquals(first.next(), again.actor());
      assertTrue(again.mark() >= 100);
      mark.close();
      assertThrows(FileSystemException.class, () -> open(file()));
    }
  }

  @Test
  void shouldGoOnAboveTheMarkWhenStartedAgain() throws IOException {
    ActorId first;
    try (FileHighWaterMark mark = open(file())) {
      first = mark.actor();
      mark.cover(5, 95);
      assertEquals(3, mark.writes());
      assertTrue(mark.toString().contains(first + ", 100"), mark::toString);
    }
    try (FileHighWaterMark mark = open(file())) {
      assertEquals(first.next(), mark.actor());
      assertEquals(100, mark.mark());
    }
  }

  @Test
  void shouldRefuseWhenItIsOpenAlready() throws IOException {
    FileHighWaterMark mark = open(file());
    assertThrows(FileSystemException.class, () -> open(file()));
    assertThrows(
        FileSystemException.class, () -> open(directory.resolve(".").resolve("cart.mark")));
    mark.close();
    mark.close();
    open(file()).close();
  }

  @Test
  void shouldRefuseWhenAnotherProcessHasItOpen() throws IOException, InterruptedException {
    live(10);
    Process holder = otherProcess();
    try (BufferedReader said = holder.inputReader(StandardCharsets.UTF_8)) {
      assertEquals("locked", said.readLine());
      assertThrows(FileSystemException.class, () -> open(file()));
    } finally {
      holder.getOutputStream().close();
      holder.waitFor();
    }
    open(file()).close();
  }

  /** Closing what a second opening opened would give up the lock of the first. */
  @Test
  void shouldStayLockedWhenASecondOpeningHasFailed() throws IOException, InterruptedException {
    try (HighWaterMark mark = open(file())) {
      assertThrows(FileSystemException.class, () -> open(file()));
      Process other = otherProcess();
      other.getOutputStream().close();
      try (BufferedReader said = other.inputReader(StandardCharsets.UTF_8)) {
        assertEquals("in use", said.readLine());
      }
      other.waitFor();
      assertEquals(2, mark.writes());
    }
  }

  /**
   * Tries to lock the file, says so, and holds it; from source, so it needs nothing of this build.
   */
  private Process otherProcess() throws IOException {
    Path source = directory.resolve("Holder.java");
    Files.writeString(
        source,
        """
        public class Holder {
          public static void main(String[] file) throws Exception {
            try (var channel = java.nio.channels.FileChannel.open(
                java.nio.file.Path.of(file[0]), java.nio.file.StandardOpenOption.WRITE)) {
              System.out.println(channel.tryLock() == null ? "in use" : "locked");
              System.in.read();
            }
          }
        }
        """);
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    return new ProcessBuilder(java, "-XX:TieredStopAtLevel=1", source.toString(), file().toString())
        .redirectErrorStream(true)
        .start();
  }

  /** Cut off anywhere, a file gives the old past, or none, but never half of it. */
  @Test
  void shouldNeverFallBackWhenTheFileIsCutOff() throws IOException {
    live(10);
    byte[] whole = live(20);
    for (int length = 0; length < whole.length; length += 97) {
      overwrite(Arrays.copyOf(whole, length));
      try (HighWaterMark mark = open(file())) {
        boolean fresh = mark.actor().incarnation() == 1;
        assertTrue(fresh ? length < MarkRecord.LENGTH : mark.mark() == 20, "cut at " + length);
      } catch (LostPastException lost) {
        assertEquals(Reason.DAMAGED, lost.reason());
        assertTrue(length >= MarkRecord.LENGTH, "cut at " + length);
      }
    }
  }

  @Test
  void shouldHoldTheMarkBeforeWhenALastWriteIsTornInTheFile() throws IOException {
    live(10);
    byte[] before;
    byte[] after;
    try (HighWaterMark mark = open(file())) {
      before = Files.readAllBytes(file());
      mark.cover(20, 0);
      after = Files.readAllBytes(file());
    }
    int start = Arrays.mismatch(before, after) & -MarkRecord.LENGTH;
    for (int torn = 0; torn <= MarkRecord.LENGTH; torn += 64) {
      byte[] bytes = before.clone();
      System.arraycopy(after, start, bytes, start, torn);
      overwrite(bytes);
      try (HighWaterMark mark = open(file())) {
        assertEquals(torn == MarkRecord.LENGTH ? 20 : 10, mark.mark());
        assertEquals(3, mark.actor().incarnation());
      }
    }
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void shouldNoticeWhenABackupIsRestoredAsANewFile() throws IOException {
    live(10);
    Path backup = directory.resolve("backup");
    Files.copy(file(), backup);
    live(20);
    Files.move(file(), directory.resolve("gone"));
    Files.copy(backup, file());
    LostPastException lost = assertThrows(LostPastException.class, () -> open(file()));
    assertEquals(Reason.COPIED, lost.reason());
    ActorId fresh;
    try (FileHighWaterMark mark = FileHighWaterMark.startLineage(file(), "cart", random)) {
      fresh = mark.actor();
      assertEquals(1, fresh.incarnation());
      assertEquals(10, mark.mark());
    }
    try (FileHighWaterMark mark = open(file())) {
      assertEquals(fresh.next(), mark.actor());
    }
  }

  @Test
  void shouldNoticeOnlyFromPeersWhenABackupIsRestoredInPlace() throws IOException {
    byte[] backup = live(10);
    live(20);
    overwrite(backup);
    try (FileHighWaterMark mark = open(file())) {
      assertEquals(10, mark.mark(), "nothing is noticed yet");
      ActorId self = mark.actor();
      assertThrows(LostPastException.class, () -> mark.observe(self, 20));
    }
    LostPastException lost = assertThrows(LostPastException.class, () -> open(file()));
    assertEquals(Reason.OVERTAKEN, lost.reason());
  }

  @Test
  void shouldBeginANewLineageWhenTheFileIsGone() throws IOException {
    live(10);
    long lineage;
    try (HighWaterMark mark = open(file())) {
      lineage = mark.actor().lineage();
    }
    Files.delete(file());
    try (HighWaterMark mark = open(file())) {
      assertEquals(1, mark.actor().incarnation());
      assertNotEquals(lineage, mark.actor().lineage());
    }
  }

  @Test
  void shouldThrowAndLetGoWhenItCannotBeOpened() throws IOException {
    assertThrows(
        NoSuchFileException.class, () -> open(directory.resolve("none").resolve("cart.mark")));
    live(10);
    assertThrows(
        IllegalArgumentException.class, () -> FileHighWaterMark.open(file(), "basket", random));
    open(file()).close();
  }
}
