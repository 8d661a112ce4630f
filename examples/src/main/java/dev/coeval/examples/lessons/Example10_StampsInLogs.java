package dev.coeval.examples.lessons;

import dev.coeval.logical.vector.VectorClock;
import dev.coeval.logical.vector.VectorTimestamp;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * The stamp of the event in every line of the log: SLF4J's mapped diagnostic context.
 *
 * <p>Clocks are moved where messages are sent and received, never where lines are logged: a line
 * that the log level hides would otherwise change what happened before what. Put {@code
 * %X{vector-timestamp}} into the pattern of your log.
 *
 * <p>Run: with a logging backend that has such a context, such as Logback, on the class path.
 */
public final class Example10_StampsInLogs {

  private static final String KEY = "vector-timestamp";
  private static final Logger LOG = LoggerFactory.getLogger(Example10_StampsInLogs.class);

  private Example10_StampsInLogs() {}

  /**
   * Runs the lesson.
   *
   * @param args none
   */
  public static void main(String[] args) {
    VectorClock shop = VectorClock.of("shop");
    VectorClock bank = VectorClock.of("bank");
    VectorTimestamp sent = shop.tick();
    log(sent, "the shop asks for the money");
    log(bank.receive(sent), "the bank pays");
  }

  private static void log(VectorTimestamp stamp, String line) {
    MDC.put(KEY, stamp.toString());
    LOG.debug("not shown, and no clock has moved for it");
    LOG.info(line);
    MDC.remove(KEY);
  }
}
