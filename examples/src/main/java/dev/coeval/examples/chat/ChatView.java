package dev.coeval.examples.chat;

import dev.coeval.examples.network.Hosts;
import dev.coeval.examples.terminal.OutputOptions;
import dev.coeval.logical.vector.VectorTimestamp;
import dev.coeval.sync.machine.Report;
import dev.coeval.sync.order.broadcast.GroupEvent;
import java.net.InetSocketAddress;
import java.util.Set;
import java.util.SortedSet;
import java.util.StringJoiner;
import java.util.TreeSet;

/** What is printed of a conversation. Called by the loop's thread. */
final class ChatView {
  private final OutputOptions output;
  private final Set<String> known = new TreeSet<>();
  private final SortedSet<String> members = new TreeSet<>();
  private long shown;

  ChatView(OutputOptions output) {
    this.output = output;
  }

  void opened(InetSocketAddress address) {
    output.print(
        "Listening at " + Hosts.shown(address) + ".",
        "chat",
        "address",
        address.getAddress().getHostAddress(),
        "port",
        address.getPort());
  }

  /** Shows what a peer has published. */
  void show(Report report) {
    if (report instanceof ChatPeer.Said said) {
      said(said);
    } else if (report instanceof GroupEvent.Joined joined) {
      joined(joined);
    } else if (report instanceof GroupEvent.MemberJoined member) {
      known.add(member.actor());
      members.add(member.actor());
      member(member.actor(), "joined", "has joined, from " + member.peer());
    } else if (report instanceof GroupEvent.MemberLeft member) {
      members.remove(member.actor());
      String state = member.ofItsOwn() ? "left" : "removed";
      member(member.actor(), state, member.ofItsOwn() ? "has left" : "was removed");
    } else if (report instanceof GroupEvent.MemberSilent member) {
      member(member.actor(), "silent", "is silent: gone, cut off or slow; /remove if it is gone");
    } else if (report instanceof GroupEvent.MemberHeard member) {
      member(member.actor(), "heard", "is heard again");
    } else if (report instanceof GroupEvent.Ended ended && !ended.ofItsOwn()) {
      notice("the others have removed you; start again to come back");
    }
  }

  private void said(ChatPeer.Said said) {
    shown++;
    known.add(said.from());
    said.stamp().forEach((actor, count) -> known.add(actor));
    output.print(
        name(said.from()) + " " + shown(said.stamp()) + ": " + plain(said.text()),
        "message",
        "from",
        said.from(),
        "stamp",
        said.stamp().toMap(),
        "text",
        said.text());
  }

  private void joined(GroupEvent.Joined joined) {
    known.addAll(joined.members());
    members.addAll(joined.members());
    StringJoiner others = new StringJoiner(", ");
    members.stream()
        .filter(each -> !each.equals(joined.self()))
        .map(this::name)
        .forEach(others::add);
    output.print(
        "You are "
            + name(joined.self())
            + (others.length() == 0 ? ", alone so far" : ", with " + others)
            + ". Type a line and press Enter; /who, /remove NAME, /quit.",
        "joined",
        "self",
        joined.self(),
        "members",
        members);
  }

  private void member(String actor, String state, String words) {
    output.print("* " + name(actor) + " " + words, "member", "actor", actor, "state", state);
  }

  /** Something that only this peer has to know. */
  void notice(String words) {
    output.print("* " + words, "notice", "text", words);
  }

  void who() {
    StringJoiner all = new StringJoiner(", ");
    members.stream().map(this::name).forEach(all::add);
    output.print("* here are " + all, "who", "members", members);
  }

  /** The member that somebody means by a name, and only that; or none. */
  Set<String> meant(String name) {
    Set<String> found = new TreeSet<>(members);
    found.removeIf(actor -> !actor.equals(name) && !given(actor).equals(name));
    return found;
  }

  void left() {
    output.print(
        "You have left; " + shown + (shown == 1 ? " line was" : " lines were") + " shown.",
        "left",
        "messages",
        shown);
  }

  /** As {@code {ann=2, ben=1}}. */
  private String shown(VectorTimestamp stamp) {
    StringJoiner entries = new StringJoiner(", ", "{", "}");
    stamp.forEach((actor, count) -> entries.add(name(actor) + "=" + count));
    return entries.toString();
  }

  /** What an actor is called; with its incarnation only if there are two of that name. */
  private String name(String actor) {
    String given = given(actor);
    boolean only = known.stream().filter(each -> given(each).equals(given)).count() < 2;
    return plain(only ? given : actor);
  }

  static String given(String actor) {
    int dot = actor.lastIndexOf('.');
    return dot < 1 ? actor : actor.substring(0, dot);
  }

  /** What others send must not steer the terminal. */
  static String plain(String text) {
    StringBuilder plain = new StringBuilder(text.length());
    text.codePoints()
        .map(point -> Character.isISOControl(point) || isFormat(point) ? '\uFFFD' : point)
        .forEach(plain::appendCodePoint);
    return plain.toString();
  }

  private static boolean isFormat(int point) {
    int type = Character.getType(point);
    return type == Character.FORMAT
        || type == Character.LINE_SEPARATOR
        || type == Character.PARAGRAPH_SEPARATOR
        || type == Character.SURROGATE;
  }
}
