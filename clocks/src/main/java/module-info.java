/**
 * Clocks: physical time that knows its own error, logical clocks, and what they are for.
 *
 * <p>The module needs {@code java.base} alone.
 */
module dev.coeval.clocks {
  requires static org.jspecify;

  exports dev.coeval.causal;
  exports dev.coeval.logical;
  exports dev.coeval.logical.approximate;
  exports dev.coeval.logical.hybrid;
  exports dev.coeval.logical.id;
  exports dev.coeval.logical.identity;
  exports dev.coeval.logical.lamport;
  exports dev.coeval.logical.matrix;
  exports dev.coeval.logical.tree;
  exports dev.coeval.logical.treeclock;
  exports dev.coeval.logical.vector;
  exports dev.coeval.logical.version;
  exports dev.coeval.scale;
  exports dev.coeval.testing;
  exports dev.coeval.time;
}
