package dev.coeval.sync.order;

import static org.junit.jupiter.api.Assertions.fail;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Visits every state that a small model can come into, each once, in whatever order its steps
 * happen; depth first. States are told apart by 128 bits of the SHA-256 of their text.
 */
public final class Explorer {

  /**
   * A state, not changed once it is made.
   *
   * @param <S> the type itself
   */
  public interface State<S extends State<S>> {

    /** What may happen next, a state each; of the very end, none. */
    List<S> next();

    /** Equal texts are equal states. */
    String fingerprint();
  }

  /** How much was seen. */
  public record Visited(int states, int ends, int longest) {}

  private record Seen(long high, long low) {}

  private final MessageDigest sha256;
  private final Set<Seen> seen = new HashSet<>();
  private final int most;

  private Explorer(int most) {
    this.most = most;
    try {
      sha256 = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  /**
   * Visits them all; fails if there are more than a limit.
   *
   * @param check holds of each state; is told of each once
   * @param end holds of the states after which nothing happens
   */
  public static <S extends State<S>> Visited visit(
      S first, int most, Consumer<S> check, Consumer<S> end) {
    return new Explorer(most).run(first, check, end);
  }

  private <S extends State<S>> Visited run(S first, Consumer<S> check, Consumer<S> end) {
    Deque<List<S>> open = new ArrayDeque<>();
    open.push(new ArrayList<>(List.of(first)));
    int ends = 0;
    int longest = 0;
    while (!open.isEmpty()) {
      List<S> branches = open.peek();
      if (branches.isEmpty()) {
        open.pop();
        continue;
      }
      S state = branches.remove(branches.size() - 1);
      if (!isNew(state.fingerprint())) {
        continue;
      }
      check.accept(state);
      List<S> next = state.next();
      if (next.isEmpty()) {
        ends++;
        end.accept(state);
      }
      open.push(new ArrayList<>(next));
      longest = Math.max(longest, open.size());
    }
    return new Visited(seen.size(), ends, longest);
  }

  private boolean isNew(String fingerprint) {
    byte[] hash = sha256.digest(fingerprint.getBytes(StandardCharsets.ISO_8859_1));
    java.nio.ByteBuffer bits = java.nio.ByteBuffer.wrap(hash);
    boolean isNew = seen.add(new Seen(bits.getLong(), bits.getLong()));
    if (seen.size() > most) {
      fail("more than " + most + " states");
    }
    return isNew;
  }
}
