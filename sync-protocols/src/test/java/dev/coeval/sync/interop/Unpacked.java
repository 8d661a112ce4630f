package dev.coeval.sync.interop;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Peers whose packages cannot be installed beside chrony: they are unpacked (Debian: {@code apt-get
 * download}, {@code dpkg -x}) into a folder each, named after the package, below the one that the
 * environment's {@code COEVAL_PEERS} names.
 */
final class Unpacked {
  static final String VARIABLE = "COEVAL_PEERS";

  private Unpacked() {}

  /** A file of a package. */
  static Path file(String debianPackage, String path) {
    String folder = System.getenv().getOrDefault(VARIABLE, "/nonexistent");
    return Path.of(folder, debianPackage, path);
  }

  /** Skips the tests where a package is not there, or fails them where it is required. */
  static void need(String debianPackage, String path) {
    if (!Files.exists(file(debianPackage, path))) {
      ForeignProgram.skip(
          "needs "
              + debianPackage
              + ": apt-get download "
              + debianPackage
              + ", dpkg -x *.deb FOLDER/"
              + debianPackage
              + ", and set "
              + VARIABLE
              + " to the absolute path of FOLDER");
    }
  }
}
