package dev.coeval.sync.berkeley;

/** What a node is to its group. */
public enum Role {
  /** Polls the members, averages, tells the differences. */
  COORDINATOR,
  /** Answers polls and takes corrections. */
  MEMBER,
  /** Heard no coordinator for too long, and asks the others to become it. */
  CANDIDATE
}
