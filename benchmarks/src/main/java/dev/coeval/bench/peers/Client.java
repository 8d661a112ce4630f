package dev.coeval.bench.peers;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;

/** An NTP client as its project ships it. */
interface Client {

  /** As it stands in the table. */
  String name();

  /**
   * Asks a server over and over.
   *
   * @return the exchanges that succeeded, without those of the warm-up
   * @throws IOException if it cannot be run at all
   */
  List<Exchange> ask(InetSocketAddress server, Plan plan) throws IOException;
}
