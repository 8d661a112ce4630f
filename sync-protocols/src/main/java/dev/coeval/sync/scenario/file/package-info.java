/** Scenarios as files. */
@NullMarked
package dev.coeval.sync.scenario.file;

import org.jspecify.annotations.NullMarked;
