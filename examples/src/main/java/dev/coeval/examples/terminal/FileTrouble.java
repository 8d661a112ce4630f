package dev.coeval.examples.terminal;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.Locale;

/** Why a file cannot be written, for people: no names of classes. */
public final class FileTrouble {
  private FileTrouble() {}

  /**
   * Why it failed.
   *
   * @param failure of a file
   * @return some words, such as {@code no such file}
   */
  public static String reason(IOException failure) {
    String message =
        failure instanceof FileSystemException file ? file.getReason() : failure.getMessage();
    if (message != null) {
      return message;
    }
    String kind = failure.getClass().getSimpleName().replace("Exception", "");
    return kind.replaceAll("(?<=[a-z])(?=[A-Z])", " ").toLowerCase(Locale.ROOT);
  }

  /**
   * Why there is no picture.
   *
   * @param file where it was to be
   * @param failure of the file, or of the drawing: a host without fonts throws plain errors
   * @return some words that name the file, or the failure
   */
  public static String noPicture(Path file, Throwable failure) {
    return failure instanceof IOException io
        ? "cannot write " + file + ": " + reason(io)
        : "cannot draw: " + failure;
  }
}
