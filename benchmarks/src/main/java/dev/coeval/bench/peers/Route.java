package dev.coeval.bench.peers;

import dev.coeval.bench.peers.Way.Excess;
import java.util.List;

/**
 * A network between client and server.
 *
 * @param name as it stands in the table
 * @param forward to the server
 * @param backward to the client
 */
record Route(String name, Way forward, Way backward) {
  private static final long MILLI = 1_000_000L;
  private static final double LOSS = 0.05;

  /** Between programs of one host, with nothing in between. */
  static final String LOOPBACK = "loopback";

  /** As on a metropolitan network. */
  static final Route SYMMETRIC =
      same("5 ms + exp 1 ms each way", new Way(5 * MILLI, Excess.EXPONENTIAL, MILLI, 0));

  /** As on a line that is faster one way: nobody can be better than 1.5 ms. */
  static final Route ASYMMETRIC =
      new Route("5 ms there, 8 ms back", Way.fixed(5 * MILLI), Way.fixed(8 * MILLI));

  /** As on a bad day. */
  static final Route HEAVY =
      same("20 ms + Pareto, 5 % lost", new Way(20 * MILLI, Excess.PARETO, MILLI / 2.0, LOSS));

  /** The three. */
  static List<Route> all() {
    return List.of(SYMMETRIC, ASYMMETRIC, HEAVY);
  }

  /** A short one, for what is compared between transports. */
  static Route near(double loss) {
    Way way = new Way(MILLI, Excess.EXPONENTIAL, MILLI / 5.0, loss);
    return same("1 ms + exp 0.2 ms, %.0f %% lost".formatted(100 * loss), way);
  }

  static Route same(String name, Way both) {
    return new Route(name, both, both);
  }
}
