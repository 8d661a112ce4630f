package dev.coeval.examples.lessons;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.coeval.logical.lamport.LamportClock;
import dev.coeval.logical.lamport.LamportTimestamp;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * One order of all events that never puts an effect before its cause: Lamport's clock, carried in
 * an HTTP header.
 *
 * <p>Each side ticks before it sends, puts the stamp's text into the header, and receives what it
 * finds there. Then anybody can sort the events of all sides. A smaller stamp does not prove an
 * earlier cause, it only never contradicts one.
 *
 * <p>Run: {@code java -cp examples/target/coeval.jar
 * dev.coeval.examples.lessons.Example02_OneOrderForAll}
 */
public final class Example02_OneOrderForAll {

  private static final String HEADER = "Lamport-Timestamp";

  private final LamportClock shop = LamportClock.of("shop");
  private final LamportClock bank = LamportClock.of("bank");
  private final List<Event> log = Collections.synchronizedList(new ArrayList<>());

  private record Event(LamportTimestamp stamp, String text) {}

  private Example02_OneOrderForAll() {}

  /**
   * Runs the lesson.
   *
   * @param args none
   * @throws Exception if the local exchange fails
   */
  public static void main(String[] args) throws Exception {
    run(System.out);
  }

  static void run(PrintStream out) throws Exception {
    new Example02_OneOrderForAll().play(out);
  }

  private void play(PrintStream out) throws Exception {
    InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    HttpServer server = HttpServer.create(any, 0);
    server.createContext("/charge", this::charge);
    server.start();
    try {
      log.add(new Event(bank.tick(), "the bank opens"));
      buy(URI.create("http://localhost:" + server.getAddress().getPort() + "/charge"));
    } finally {
      server.stop(0);
    }
    List<Event> all = new ArrayList<>(log);
    all.sort((a, b) -> a.stamp().compareTo(b.stamp()));
    all.forEach(event -> out.println(event.stamp() + "  " + event.text()));
  }

  private void buy(URI charge) throws IOException, InterruptedException {
    LamportTimestamp sent = shop.tick();
    log.add(new Event(sent, "the shop asks for the money"));
    HttpRequest request = HttpRequest.newBuilder(charge).header(HEADER, sent.toString()).build();
    var response = HttpClient.newHttpClient().send(request, BodyHandlers.discarding());
    String stamp = response.headers().firstValue(HEADER).orElseThrow();
    LamportTimestamp received = shop.receive(LamportTimestamp.parse(stamp));
    log.add(new Event(received, "the shop sends the parcel"));
  }

  private void charge(HttpExchange exchange) throws IOException {
    String stamp = exchange.getRequestHeaders().getFirst(HEADER);
    LamportTimestamp paid = bank.receive(LamportTimestamp.parse(stamp));
    log.add(new Event(paid, "the bank pays"));
    exchange.getResponseHeaders().set(HEADER, bank.tick().toString());
    exchange.sendResponseHeaders(204, -1);
    exchange.close();
  }
}
