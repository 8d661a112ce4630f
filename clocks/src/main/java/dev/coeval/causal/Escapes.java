package dev.coeval.causal;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Undoes what {@link ShiVizWriter} does to names and texts. What is no escape stays as it is. */
final class Escapes {

  private static final int HEX = 16;

  private Escapes() {}

  static String name(String escaped) {
    if (escaped.indexOf('%') < 0) {
      return escaped;
    }
    byte[] units = escaped.getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream name = new ByteArrayOutputStream();
    for (int i = 0; i < units.length; i++) {
      int high = i + 2 < units.length ? Character.digit(units[i + 1], HEX) : -1;
      int low = i + 2 < units.length ? Character.digit(units[i + 2], HEX) : -1;
      if (units[i] == '%' && high >= 0 && low >= 0) {
        name.write(high * HEX + low);
        i += 2;
      } else {
        name.write(units[i]);
      }
    }
    return name.toString(StandardCharsets.UTF_8);
  }

  static String text(String escaped) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < escaped.length(); i++) {
      char unit = escaped.charAt(i);
      String meant = unit == '\\' && i + 1 < escaped.length() ? meant(escaped.charAt(i + 1)) : null;
      if (meant == null) {
        text.append(unit);
      } else {
        text.append(meant);
        i++;
      }
    }
    return text.toString();
  }

  /** What a backslash and a letter mean; null if nothing. */
  private static @Nullable String meant(char letter) {
    return switch (letter) {
      case 'n' -> "\n";
      case 'r' -> "\r";
      case 'x' -> "\u0085";
      case 'l' -> "\u2028";
      case 'p' -> "\u2029";
      case 'e' -> "";
      case '\\' -> "\\";
      default -> null;
    };
  }
}
