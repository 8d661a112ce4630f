package dev.coeval.sync.scenario;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A protocol in a situation.
 *
 * @param protocol which synchronizer
 * @param situation what happens to it
 */
public record Scenario(Protocol protocol, Situation situation) {

  /**
   * Checks that the situation can happen to the protocol.
   *
   * @param protocol as above
   * @param situation as above
   * @throws IllegalArgumentException if it cannot
   */
  public Scenario {
    Objects.requireNonNull(protocol, "protocol");
    if (!situation.suits(protocol)) {
      throw new IllegalArgumentException(
          situation.label() + " cannot happen to " + protocol.label());
    }
  }

  /**
   * All scenarios.
   *
   * @return by situation, then by protocol
   */
  public static List<Scenario> all() {
    List<Scenario> all = new ArrayList<>();
    for (Situation situation : Situation.values()) {
      for (Protocol protocol : Protocol.values()) {
        if (situation.suits(protocol)) {
          all.add(new Scenario(protocol, situation));
        }
      }
    }
    return all;
  }

  /**
   * The scenario of a name.
   *
   * @param name as {@link #name()} gives it
   * @return empty if there is none
   */
  public static Optional<Scenario> named(String name) {
    return all().stream().filter(scenario -> scenario.name().equals(name)).findFirst();
  }

  /**
   * The name: protocol and situation, as in {@code ntp-lossy}.
   *
   * @return lower case, words joined by hyphens
   */
  public String name() {
    return protocol.label() + "-" + situation.label();
  }

  /**
   * Sets a run up, without running it: its simulation can be traced, or be given more trouble.
   *
   * @param seed what everything random in it follows from
   * @return the run, at its start
   */
  public ScenarioRun start(long seed) {
    return new ScenarioRun(this, seed);
  }

  /**
   * Runs it to its end.
   *
   * @param seed what everything random in it follows from
   * @return how it went
   */
  public ScenarioResult run(long seed) {
    return start(seed).toEnd();
  }

  /**
   * As its name.
   *
   * @return the name
   */
  @Override
  public String toString() {
    return name();
  }
}
