package dev.coeval.sync.scenario.file;

import dev.coeval.sync.machine.Report;

/** A report, and when it was published, in true seconds since the start. */
record Heard(double seconds, Report report) {}
