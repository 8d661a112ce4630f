/**
 * Which sources agree, and on what. Pure functions over the bounds of several sources at one tick.
 *
 * <p>Where to start: {@link dev.coeval.sync.select.Marzullo}.
 */
@NullMarked
package dev.coeval.sync.select;

import org.jspecify.annotations.NullMarked;
