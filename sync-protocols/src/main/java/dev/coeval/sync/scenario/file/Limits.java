package dev.coeval.sync.scenario.file;

import org.jspecify.annotations.Nullable;

/**
 * How right a checked clock must be, in seconds and seconds a second.
 *
 * @param sync the window of the sync time: below the first is only noted, above the second fails
 * @param earliest a sync time before this fails too: no slew is as fast, so it was a forbidden step
 * @param time the largest |x| after the window, and when within it counts as synchronous
 * @param frequency the largest |F|, likewise
 * @param rms the largest RMS of x and F after the window
 */
record Limits(Window sync, double earliest, double time, double frequency, Rms rms) {

  /** The sync window. */
  record Window(double least, double most) {}

  /** Two RMS limits. */
  record Rms(double time, double frequency) {}

  static Limits read(Section section) {
    double most = Double.MAX_VALUE;
    double @Nullable [] window = section.range("sync", 0, most);
    Limits limits =
        new Limits(
            window == null ? new Window(120, 210) : new Window(window[0], window[1]),
            section.number("earliest", 0, 0, most),
            section.number("time", 1e-3, 0, most),
            section.number("frequency", 5e-4, 0, most),
            new Rms(
                section.number("time-rms", 3e-4, 0, most),
                section.number("frequency-rms", 1e-5, 0, most)));
    section.done();
    return limits;
  }
}
