/**
 * From JMH's JSON to a report that one reads: Markdown tables and pictures.
 *
 * <pre>
 *   results.json --> Results --> Table --> report.md
 *                       |
 *                       +------> Picture --> *.png
 * </pre>
 *
 * <p>Where to start: {@link dev.coeval.bench.report.Report}, the command.
 */
@NullMarked
package dev.coeval.bench.report;

import org.jspecify.annotations.NullMarked;
