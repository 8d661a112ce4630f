package dev.coeval.sync.runtime;

import java.io.IOException;

/** What a {@link LoopRunner} runs. All of one thread at a time, but for {@link #wakeup()}. */
interface Loop {

  /** Does what there is to do now, without waiting, up to a limit; returns how much it was. */
  int pass() throws IOException;

  /** Waits until there may be something to do, or a wakeup. */
  void await() throws IOException;

  /** Ends a wait, now or the next one. From any thread. */
  void wakeup();

  /** Gives back sockets and threads. May be called twice. */
  void release();
}
