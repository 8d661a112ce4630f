package dev.coeval.sync.scenario;

import java.util.Locale;

/** The synchronizers. */
public enum Protocol {
  /** Cristian's: clients read servers. */
  CRISTIAN,
  /** NTP version 4: clients read servers. */
  NTP,
  /** Berkeley's: a coordinator and members, none of them exact. */
  BERKELEY;

  /**
   * Its part in the names of scenarios.
   *
   * @return its name in lower case
   */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
