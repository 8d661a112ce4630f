package dev.coeval.sync.berkeley;

import dev.coeval.sync.machine.Report;

/**
 * A node's part in its group has changed, or its coordinator has.
 *
 * @param role what it is now
 * @param term its coordinator's term; for a candidate the term that it proposes
 * @param reason why, for people
 */
public record RoleChanged(Role role, Term term, String reason) implements Report {}
