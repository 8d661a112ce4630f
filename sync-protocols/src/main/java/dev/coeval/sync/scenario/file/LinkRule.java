package dev.coeval.sync.scenario.file;

import java.util.Set;

/**
 * What a file says of some directions between nodes.
 *
 * @param from the senders' names
 * @param to the receivers' names
 * @param both whether it holds for the way back, too
 * @param link what happens on the way
 */
record LinkRule(Set<String> from, Set<String> to, boolean both, LinkSpec link) {

  boolean covers(String sender, String receiver) {
    return (from.contains(sender) && to.contains(receiver))
        || (both && from.contains(receiver) && to.contains(sender));
  }
}
