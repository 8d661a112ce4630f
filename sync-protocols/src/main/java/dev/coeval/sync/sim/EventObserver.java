package dev.coeval.sync.sim;

/** Looks on at every event of a simulation. */
interface EventObserver {

  /** Time has come to an event, which has not happened yet. */
  void beforeEvent();

  /** The event has happened, and everything at the same instant that followed from it. */
  void afterEvent();
}
