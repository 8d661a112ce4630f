package dev.coeval.examples.hosts;

import dev.coeval.sync.ntp.packet.NtpPacket;

/** A reference identifier for people: letters at stratum 1, an address below. */
final class ReferenceText {

  private ReferenceText() {}

  static String of(NtpPacket packet) {
    int id = packet.reference().id();
    String text = packet.reference().text();
    if (packet.quality().stratum() == 1 && !text.isEmpty()) {
      return text;
    }
    return "%d.%d.%d.%d".formatted(id >>> 24, id >>> 16 & 0xFF, id >>> 8 & 0xFF, id & 0xFF);
  }
}
