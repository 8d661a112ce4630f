/**
 * What all commands share at the terminal: options, units, JSON lines, errors in one line, and an
 * end by Ctrl-C.
 */
@NullMarked
package dev.coeval.examples.terminal;

import org.jspecify.annotations.NullMarked;
