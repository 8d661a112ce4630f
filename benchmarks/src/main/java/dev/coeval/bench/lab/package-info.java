/**
 * The laboratory: every claim about the errors of clocks, run, and written down beside what others
 * publish and beside the least that theory allows.
 *
 * <pre>
 *   shipped scenarios --+                       +--> tables --+
 *   traces of exchanges +--> Workers --> Studies +             +--> SKEW.md
 *   one watched clock --+                       +--> *.png  --+
 *   sockets.json, results.json (of this machine) ------------->
 * </pre>
 *
 * <p>What is simulated follows from seeds alone: the same on every machine, to the byte. What was
 * measured on real sockets and by JMH comes from files of earlier runs, and says of which machine.
 *
 * <p>Where to start: {@link dev.coeval.bench.lab.SkewReport}, the command.
 */
@NullMarked
package dev.coeval.bench.lab;

import org.jspecify.annotations.NullMarked;
