package dev.coeval.logical.identity;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.random.RandomGenerator;

/**
 * A high-water mark in a file of its own.
 *
 * <p>The file has two slots of 512 bytes, 4,096 bytes apart so that no sector or page of a disk
 * holds both. They are overwritten in turn, each write is forced to the disk, and so is the file's
 * name when it is created. A lock keeps a second process out, and a second opening within this one.
 *
 * <p>A restored backup is found out when the file's number in its file system (inode) is another
 * than when it was written. That number can be given again, and Windows has none; a file that was
 * overwritten in place keeps it. The package's table says what is left to {@link #observe}.
 *
 * <p>The file must be on a local file system whose disk honours {@code fsync}.
 *
 * <p>A thread that is interrupted while it raises the mark closes the file, as Java's channels are:
 * {@link #cover} then throws, as for any write that failed, until this is closed and opened again.
 *
 * <p>Thread-safe. A comparison while the mark is ahead; one forced write when it is not.
 */
public final class FileHighWaterMark implements HighWaterMark {

  private static final int SLOT_DISTANCE = 4_096;
  private static final String INODE = "unix:ino";

  /**
   * The files that this process has open. File locks are between processes; and where they are as
   * POSIX has them, closing a second channel would give up the first one's lock.
   */
  private static final Set<Path> OPEN = ConcurrentHashMap.newKeySet();

  private final Path file;
  private final FileChannel channel;
  private final SlottedMark mark;

  /** Not what the channel says: an interrupt closes it before us. */
  private final AtomicBoolean closed = new AtomicBoolean();

  private FileHighWaterMark(Path file, FileChannel channel, SlottedMark mark) {
    this.file = file;
    this.channel = channel;
    this.mark = mark;
  }

  /**
   * Begins the next incarnation of the process whose mark is in the file; or the first one, if
   * there is no file.
   *
   * @param file where the mark is kept, in a directory that exists
   * @param name the name of the process
   * @param random gives a new lineage its number; one that differs from start to start, such as
   *     {@link java.security.SecureRandom}
   * @return the mark, with a new actor
   * @throws LostPastException if the file is damaged, a copy, or was overtaken
   * @throws FileSystemException if the file is in use
   * @throws IOException if the file cannot be read or written
   * @throws IllegalArgumentException if the file is the mark of another name, or the name is none
   */
  public static FileHighWaterMark open(Path file, String name, RandomGenerator random)
      throws IOException {
    return open(file, (slots, inode) -> SlottedMark.open(slots, name, inode, random));
  }

  /**
   * Begins a new lineage, whatever the file says. The actor is new; the mark begins at what can
   * still be read, or zero, so stamps without an actor in them may repeat what was lost. Where the
   * greatest stamp given before is known from elsewhere, {@link #cover} it first of all.
   *
   * @param file where the mark is kept, in a directory that exists
   * @param name the name of the process
   * @param random gives the lineage its number, as for {@link #open}
   * @return the mark, with a new actor
   * @throws FileSystemException if the file is in use
   * @throws IOException if the file cannot be read or written
   * @throws IllegalArgumentException if the name is none
   */
  public static FileHighWaterMark startLineage(Path file, String name, RandomGenerator random)
      throws IOException {
    return open(file, (slots, inode) -> SlottedMark.startLineage(slots, name, inode, random));
  }

  /** What to do with the slots once they are ours alone. */
  private interface Beginning {
    SlottedMark on(Slots slots, long inode) throws IOException;
  }

  private static FileHighWaterMark open(Path file, Beginning beginning) throws IOException {
    Path real = realPath(file);
    if (!OPEN.add(real)) {
      throw inUse(real);
    }
    try {
      return openAlone(real, beginning);
    } catch (IOException | RuntimeException failed) {
      OPEN.remove(real);
      throw failed;
    }
  }

  private static FileHighWaterMark openAlone(Path file, Beginning beginning) throws IOException {
    FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    try {
      lock(channel, file);
      SlottedMark mark = beginning.on(new FileSlots(channel), inode(file));
      channel.force(true); // its length and time stamps too, which a write does not wait for
      forceDirectory(file);
      return new FileHighWaterMark(file, channel, mark);
    } catch (IOException | RuntimeException failed) {
      channel.close();
      throw failed;
    }
  }

  private static Path realPath(Path file) throws IOException {
    if (Files.exists(file)) {
      return file.toRealPath();
    }
    Path absolute = file.toAbsolutePath();
    Path directory = absolute.getParent();
    Path name = absolute.getFileName();
    if (directory == null || name == null) {
      throw new FileSystemException(file.toString(), null, "not a file");
    }
    return directory.toRealPath().resolve(name);
  }

  private static void lock(FileChannel channel, Path file) throws IOException {
    try {
      if (channel.tryLock() == null) {
        throw inUse(file);
      }
    } catch (OverlappingFileLockException withinThisProcess) {
      throw inUse(file);
    }
  }

  private static FileSystemException inUse(Path file) {
    return new FileSystemException(file.toString(), null, "the high-water mark is in use");
  }

  /** The number of the file in its file system; zero where there is none. */
  private static long inode(Path file) throws IOException {
    return hasUnixAttributes(file) ? (Long) Files.getAttribute(file, INODE) : 0;
  }

  private static boolean hasUnixAttributes(Path file) {
    return file.getFileSystem().supportedFileAttributeViews().contains("unix");
  }

  /** Makes the file's name survive a crash. Windows neither can nor needs to. */
  private static void forceDirectory(Path file) throws IOException {
    Path directory = file.getParent();
    if (directory != null && hasUnixAttributes(file)) {
      try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
        channel.force(true);
      }
    }
  }

  @Override
  public ActorId actor() {
    return mark.actor();
  }

  @Override
  public long mark() {
    return mark.mark();
  }

  @Override
  public void cover(long number, long ahead) {
    mark.cover(number, ahead);
  }

  @Override
  public long writes() {
    return mark.writes();
  }

  @Override
  public void observe(ActorId seen, long number) {
    mark.observe(seen, number);
  }

  @Override
  public void close() {
    mark.close();
    if (!closed.getAndSet(true)) {
      try {
        channel.close();
      } catch (IOException failed) {
        throw new UncheckedIOException(failed);
      } finally {
        OPEN.remove(file);
      }
    }
  }

  /**
   * The mark as text, for people.
   *
   * @return the file, the actor and the mark
   */
  @Override
  public String toString() {
    return "FileHighWaterMark[" + file + ", " + actor() + ", " + mark() + "]";
  }

  /** The slots of an open file. */
  private record FileSlots(FileChannel channel) implements Slots {

    @Override
    public byte[] load(int slot) throws IOException {
      ByteBuffer buffer = ByteBuffer.allocate(MarkRecord.LENGTH);
      long start = (long) slot * SLOT_DISTANCE;
      int read = 0;
      while (buffer.hasRemaining() && read >= 0) {
        read = channel.read(buffer, start + buffer.position());
      }
      return Arrays.copyOf(buffer.array(), buffer.position());
    }

    @Override
    public void store(int slot, byte[] bytes) throws IOException {
      ByteBuffer buffer = ByteBuffer.wrap(bytes);
      long start = (long) slot * SLOT_DISTANCE;
      while (buffer.hasRemaining()) {
        channel.write(buffer, start + buffer.position());
      }
      channel.force(false);
    }
  }
}
