/**
 * What the commands that speak over a network share: hosts and keys as they are typed, a network
 * that is worse than the real one, and traces of what happened.
 */
@NullMarked
package dev.coeval.examples.network;

import org.jspecify.annotations.NullMarked;
