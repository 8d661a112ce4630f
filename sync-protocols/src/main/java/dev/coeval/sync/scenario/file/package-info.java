/**
 * Scenarios as files: a network of NTP nodes, what goes wrong in it, and what must come of it.
 *
 * <p><b>What.</b> A scenario is data. The reader names file, line, what is wrong and what is
 * allowed; the run gives the same figures for the same seed; the figures are held to the file's
 * limits. Parameters and limits of the files that ship are those of chrony's simulation tests.
 *
 * <pre>
 *   x.yaml --&gt; {@link dev.coeval.sync.scenario.file.ScenarioFile} --&gt; variants: {@link
 *   dev.coeval.sync.scenario.file.ScenarioSpec} --&gt; run(seed): {@link
 *   dev.coeval.sync.scenario.file.SeedResult} --&gt; {@link
 *   dev.coeval.sync.scenario.file.RowResult}
 * </pre>
 *
 * <p><b>The format</b> is YAML without anchors. What is left out is the usual: one exact server and
 * one client that is off by 0.1 s and 100 ppm, for 10,000 s. Times are in seconds, rates in seconds
 * a second, polls powers of two of seconds. Every number may be an expression ({@code 10 * 2^p})
 * over the names of {@code matrix}, and {@code i}, the number of a node in its group.
 *
 * <pre>{@code
 * title: words                     core: yes | no        note: words
 * start: 2026-01-01T00:00:00Z      duration: 10000         warm-up: 211
 * leap: {at: 172800, kind: insert | delete}               against: server
 * link: {base: 1e-4, jitter: 1e-4, asymmetry: 0, loss: 0, copies: 1,
 *        delay: none | exponential | gamma | weibull | lognormal | pareto | uniform, shape: 2,
 *        passes: t mod 10000 < 1200, extra: 0.15 * (packet > 6 and uniform() < 0.7)}
 * links:                           # what differs from it; later ones win
 *   - {between: [a, b], loss: {to-bad: 0.02, to-good: 0.1, good: 0, bad: 1}}
 *   - {from: client, to: server2, extra: 1}
 * nodes:
 *   server: {count: 3, error: i, serves: {stratum: 1, access: [...], rate-limit: {...},
 *            interleaved: yes, keys: [...], broadcast: 6,
 *            smear: noon-to-noon | {max: 400e-6, pace: 1e-9}}}
 *   client: {starts: 0, checked: yes,
 *            pauses: [{at: 3600, for: 30, every: 7200, of: host | process}],
 *            clock: {offset: 0.1, frequency: 1e-4, wander: 1e-9, aging: 0,
 *                    thermal: {amplitude: 5e-7, period: 3600},
 *                    steps: [{at: 149, every: 500, by: 100, of: clock | wall}]},
 *            client: {sources: [server, {of: b, mode: peer, poll: 4}], poll: [6, 10],
 *                     burst: {...}, gates: {...}, step: {over: 1, at: first | any | forward},
 *                     estimator: regression, drift-bound: 200e-6, max-slew: 1 / 12,
 *                     min-sources: 1, orphan: 5, panic: {...}}}
 * limits: {sync: [120, 210], earliest: 0, time: 1e-3, time-rms: 3e-4,
 *          frequency: 5e-4, frequency-rms: 1e-5}
 * checks: {sync: must | must-not | free, selection: ..., polls: ..., exit: ...,
 *          bound: guaranteed | characterised | violated | free}
 * yardsticks: {chrony: 14e-6, best: 6.6e-6}
 * counts: [{of: client, count: requests, peer: server2, during: [0, 100], within: [10, 20]}]
 * matrix: {p: [1, 2]}              variants: {a: {laid over all the above}}
 * }</pre>
 *
 * <p>A datagram takes {@code base} and an excess of the mean {@code jitter} by the law {@code
 * delay}, whose {@code shape} is that of a gamma or a Weibull, the sigma of a lognormal, the index
 * of a Pareto. {@code extra} comes on top: a standing queue is {@code if(t mod 1800 < 300, 0.02,
 * 0)}. While a host sleeps, nobody reads its clock. {@code estimator} is a name that {@link
 * dev.coeval.sync.discipline.Disciplines#named} knows.
 *
 * <p><b>The statistics.</b> At every whole true second k, x is a clock's time minus true time, or
 * what the clock of {@code against} shows, and F its total rate minus 1, slewing included. The sync
 * time is 1 + the last k at which |x| or |F| is above its limit. Largest values, RMS about zero,
 * quantiles, and what the claimed intervals hold are over k from the end of the warm-up on: {@code
 * warm-up}, or else the end of the window. The lower end of the window is advice; {@code earliest}
 * is not: no slew is as fast. {@code selection} holds if a source was selected and the node never
 * said again that none will do; {@code polls} if datagrams keep polite intervals; {@code exit} if
 * every process runs to the end; {@code bound} if every interval of that kind held the truth, or as
 * many as its confidence says; {@code violated}, if assumptions are broken on purpose and one did
 * not. {@code yardsticks} are RMS errors of others, to compare. A variant passes when 19 of 20
 * seeds do and none is beyond twice a limit.
 *
 * <p><b>Where to start.</b> {@code ScenarioFile.shipped("s01")}, or {@code coeval simulate s01}.
 */
@NullMarked
package dev.coeval.sync.scenario.file;

import org.jspecify.annotations.NullMarked;
