package dev.coeval.sync.scenario;

import dev.coeval.sync.machine.PeerId;
import dev.coeval.sync.machine.Report;
import java.time.Duration;

/**
 * A node's machine noticed something: a change of status or role, a silent server, a member that is
 * too far off.
 *
 * @param at when, in true time since the start
 * @param node who noticed
 * @param report what
 */
public record Notice(Duration at, PeerId node, Report report) {}
