package dev.coeval.sync.ntp;

import dev.coeval.sync.machine.Report;

/**
 * One exchange of a query brought no time.
 *
 * @param sequence which one, from 1
 * @param outcome why
 * @param reason the same, for people
 */
public record QueryLoss(int sequence, QueryOutcome outcome, String reason) implements Report {}
