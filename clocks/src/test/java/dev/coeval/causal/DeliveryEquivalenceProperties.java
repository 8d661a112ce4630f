package dev.coeval.causal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.coeval.logical.laws.DeliveryProcess;
import dev.coeval.logical.laws.DeliveryRun;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/**
 * Law B6: broadcast by vectors, unicast by barriers, and the whole matrix put the same constraints
 * on deliveries. All are run along the same steps, and each is judged by the sets as well.
 */
final class DeliveryEquivalenceProperties {

  private static final List<String> GROUP = List.of("a", "b", "c", "d");

  private static <W> DeliveryRun<W> run(Function<String, ? extends DeliveryProcess<W>> factory) {
    return new DeliveryRun<>(GROUP, GROUP.stream().map(factory).toList());
  }

  private static DeliveryRun<UnicastMessage<Integer>> barriers() {
    return run(name -> new UnicastProcess(CausalUnicastBuffer.of(name, Set.copyOf(GROUP))));
  }

  private static DeliveryRun<SentMatrixProcess.Sent> matrix() {
    return run(name -> new SentMatrixProcess(name, GROUP));
  }

  private static void step(List<DeliveryRun<?>> runs, Random random, boolean toAll) {
    int inFlight = runs.get(0).inFlight().size();
    int choice = random.nextInt(1 << 20);
    if (random.nextInt(3) > 0 && inFlight > 0) {
      boolean keep = random.nextInt(5) == 0;
      runs.forEach(run -> arrive(run, choice % inFlight, keep));
      return;
    }
    int from = choice % GROUP.size();
    List<Integer> others =
        IntStream.range(0, GROUP.size())
            .filter(to -> to != from && (toAll || random.nextBoolean()))
            .boxed()
            .toList();
    runs.forEach(run -> run.send(from, others));
  }

  private static <W> void arrive(DeliveryRun<W> run, int index, boolean keep) {
    DeliveryRun.Copy<W> copy = run.inFlight().get(index);
    if (!keep) {
      run.inFlight().remove(index);
    }
    run.arrive(copy);
  }

  private static void compare(List<DeliveryRun<?>> runs) {
    for (int process = 0; process < GROUP.size(); process++) {
      for (DeliveryRun<?> run : runs) {
        assertEquals(runs.get(0).delivered(process), run.delivered(process));
      }
    }
  }

  @Property(tries = 300)
  void b6ShouldDeliverTheSameWhenMessagesGoToAll(@ForAll long seed) {
    List<DeliveryRun<?>> runs =
        List.of(
            run(
                name ->
                    new BroadcastProcess(
                        CausalBroadcastBuffer.of(name, GroupView.of(Set.copyOf(GROUP))))),
            barriers(),
            matrix());
    compare(runs, new Random(seed), true);
  }

  @Property(tries = 300)
  void b6ShouldDeliverTheSameWhenMessagesGoToSome(@ForAll long seed) {
    compare(List.of(barriers(), matrix()), new Random(seed), false);
  }

  private static void compare(List<DeliveryRun<?>> runs, Random random, boolean toAll) {
    for (int step = 0; step < 60; step++) {
      step(runs, random, toAll);
      compare(runs);
    }
    runs.forEach(DeliveryRun::settle);
    compare(runs);
  }
}
