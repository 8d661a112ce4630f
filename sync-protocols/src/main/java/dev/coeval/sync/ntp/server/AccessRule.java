package dev.coeval.sync.ntp.server;

import java.util.Objects;

/**
 * One rule of an {@link AccessList}.
 *
 * @param prefix for which addresses
 * @param access what it says to them
 * @param overrides true if it also replaces what earlier rules say of parts of its prefix
 */
public record AccessRule(AddressPrefix prefix, Access access, boolean overrides) {

  /**
   * Checks that all parts are there.
   *
   * @param prefix as above
   * @param access as above
   * @param overrides as above
   */
  public AccessRule {
    Objects.requireNonNull(prefix, "prefix");
    Objects.requireNonNull(access, "access");
  }
}
