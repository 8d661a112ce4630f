/**
 * Other people's NTP at the other end: chronyd, ntpsec's and OpenBSD's ntpd, ntpdig, and tshark as
 * the judge of what is on the wire.
 *
 * <p><b>What.</b> Each {@link dev.coeval.sync.interop.Pair} is one row of the table in INTEROP.md:
 * a peer, a mode, and who takes time from whom. All pairs run at once, on hosts that are network
 * namespaces with one bridge between them, so that every daemon has port 123 for itself:
 *
 * <pre>
 *   NtpInteropTest --- makes ---&gt; Lan:   ours ----+---- host 0: chronyd
 *        |                        (one Java,     |---- host 1: ntpd of ntpsec
 *        +--- starts ------------&gt; many addresses)+---- host 2: ...
 *        |                            InteropMain: all pairs, a file each with what was seen
 *        +--- reads the files: one test a pair
 * </pre>
 *
 * <p>No daemon can set the clock of the machine: none has the right to ({@link
 * dev.coeval.sync.interop.ForeignProgram}), and each is told not to try.
 *
 * <p><b>Where to start.</b> {@link dev.coeval.sync.interop.NtpInteropTest}.
 */
package dev.coeval.sync.interop;
