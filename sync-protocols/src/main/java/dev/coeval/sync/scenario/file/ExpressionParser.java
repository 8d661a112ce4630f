package dev.coeval.sync.scenario.file;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads an expression by recursive descent. From loose to tight: {@code or}, {@code and}, {@code
 * not}, comparisons, {@code + -}, {@code * / mod}, sign, {@code ^}; functions {@code min max abs
 * floor sqrt if(condition, then, else) uniform() exponential() normal()}.
 */
final class ExpressionParser {
  private static final Pattern TOKEN =
      Pattern.compile(
          "\\s*((?:\\d+\\.?\\d*|\\.\\d+)(?:[eE][+-]?\\d+)?|[A-Za-z_][A-Za-z_0-9]*|<=|>=|==|!=|\\S)");
  private static final Set<String> FUNCTIONS =
      Set.of("min", "max", "abs", "floor", "sqrt", "if", "uniform", "exponential", "normal");
  private static final int MAX_DEPTH = 64;

  private final String text;
  private final Set<String> names;
  private final List<String> tokens = new ArrayList<>();
  private int next;
  private int depth;

  private ExpressionParser(String text, Set<String> names) {
    this.text = text;
    this.names = names;
    Matcher matcher = TOKEN.matcher(text);
    while (matcher.find()) {
      tokens.add(matcher.group(1));
    }
  }

  /**
   * Reads an expression.
   *
   * @throws IllegalArgumentException with what is wrong and what is allowed
   */
  static Expression parse(String text, Set<String> names) {
    ExpressionParser parser = new ExpressionParser(text, names);
    ToDoubleFunction<Expression.Scope> code = parser.either();
    if (parser.next < parser.tokens.size()) {
      throw parser.unexpected();
    }
    return new Expression(text, code);
  }

  private ToDoubleFunction<Expression.Scope> either() {
    ToDoubleFunction<Expression.Scope> left = both();
    while (take("or")) {
      ToDoubleFunction<Expression.Scope> one = left;
      ToDoubleFunction<Expression.Scope> other = both();
      left = s -> one.applyAsDouble(s) != 0 || other.applyAsDouble(s) != 0 ? 1 : 0;
    }
    return left;
  }

  private ToDoubleFunction<Expression.Scope> both() {
    ToDoubleFunction<Expression.Scope> left = not();
    while (take("and")) {
      ToDoubleFunction<Expression.Scope> one = left;
      ToDoubleFunction<Expression.Scope> other = not();
      left = s -> one.applyAsDouble(s) != 0 && other.applyAsDouble(s) != 0 ? 1 : 0;
    }
    return left;
  }

  private ToDoubleFunction<Expression.Scope> not() {
    if (take("not")) {
      ToDoubleFunction<Expression.Scope> what = not();
      return s -> what.applyAsDouble(s) == 0 ? 1 : 0;
    }
    return comparison();
  }

  private ToDoubleFunction<Expression.Scope> comparison() {
    ToDoubleFunction<Expression.Scope> left = sum();
    String sign = peek();
    if (!Set.of("<", "<=", ">", ">=", "==", "!=").contains(sign)) {
      return left;
    }
    next++;
    ToDoubleFunction<Expression.Scope> right = sum();
    return s -> compare(sign, left.applyAsDouble(s), right.applyAsDouble(s)) ? 1 : 0;
  }

  private static boolean compare(String sign, double left, double right) {
    return switch (sign) {
      case "<" -> left < right;
      case "<=" -> left <= right;
      case ">" -> left > right;
      case ">=" -> left >= right;
      case "==" -> left == right;
      default -> left != right;
    };
  }

  private ToDoubleFunction<Expression.Scope> sum() {
    ToDoubleFunction<Expression.Scope> left = product();
    while (true) {
      ToDoubleFunction<Expression.Scope> one = left;
      if (take("+")) {
        ToDoubleFunction<Expression.Scope> other = product();
        left = s -> one.applyAsDouble(s) + other.applyAsDouble(s);
      } else if (take("-")) {
        ToDoubleFunction<Expression.Scope> other = product();
        left = s -> one.applyAsDouble(s) - other.applyAsDouble(s);
      } else {
        return left;
      }
    }
  }

  private ToDoubleFunction<Expression.Scope> product() {
    ToDoubleFunction<Expression.Scope> left = signed();
    while (true) {
      ToDoubleFunction<Expression.Scope> one = left;
      if (take("*")) {
        ToDoubleFunction<Expression.Scope> other = signed();
        left = s -> one.applyAsDouble(s) * other.applyAsDouble(s);
      } else if (take("/")) {
        ToDoubleFunction<Expression.Scope> other = signed();
        left = s -> one.applyAsDouble(s) / other.applyAsDouble(s);
      } else if (take("mod")) {
        ToDoubleFunction<Expression.Scope> other = signed();
        left = s -> modulo(one.applyAsDouble(s), other.applyAsDouble(s));
      } else {
        return left;
      }
    }
  }

  private static double modulo(double value, double by) {
    return value - by * Math.floor(value / by);
  }

  private ToDoubleFunction<Expression.Scope> signed() {
    if (++depth > MAX_DEPTH) {
      throw new IllegalArgumentException("'" + text + "' is nested too deeply");
    }
    ToDoubleFunction<Expression.Scope> result;
    if (take("-")) {
      ToDoubleFunction<Expression.Scope> what = signed();
      result = s -> -what.applyAsDouble(s);
    } else {
      take("+");
      result = power();
    }
    depth--;
    return result;
  }

  private ToDoubleFunction<Expression.Scope> power() {
    ToDoubleFunction<Expression.Scope> base = atom();
    if (!take("^")) {
      return base;
    }
    ToDoubleFunction<Expression.Scope> exponent = signed();
    return s -> Math.pow(base.applyAsDouble(s), exponent.applyAsDouble(s));
  }

  private ToDoubleFunction<Expression.Scope> atom() {
    String token = peek();
    if (token.isEmpty()) {
      throw unexpected();
    }
    char first = token.charAt(0);
    if (Character.isDigit(first) || (first == '.' && token.length() > 1)) {
      next++;
      double value = Double.parseDouble(token);
      return s -> value;
    }
    if (take("(")) {
      ToDoubleFunction<Expression.Scope> inner = either();
      expect(")");
      return inner;
    }
    if (!Character.isLetter(first)) {
      throw unexpected();
    }
    next++;
    return "(".equals(peek()) ? call(token) : name(token);
  }

  private ToDoubleFunction<Expression.Scope> name(String name) {
    if (!names.contains(name)) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "'%s' means nothing here; %s",
              name,
              names.isEmpty()
                  ? "a number is expected"
                  : "numbers and " + new TreeSet<>(names) + " are allowed"));
    }
    return s -> s.of(name);
  }

  private ToDoubleFunction<Expression.Scope> call(String name) {
    expect("(");
    List<ToDoubleFunction<Expression.Scope>> given = new ArrayList<>();
    while (!take(")")) {
      if (!given.isEmpty()) {
        expect(",");
      }
      given.add(either());
    }
    return Functions.named(name, given);
  }

  private boolean take(String token) {
    if (peek().equals(token)) {
      next++;
      return true;
    }
    return false;
  }

  private void expect(String token) {
    if (!take(token)) {
      throw unexpected();
    }
  }

  private String peek() {
    return next < tokens.size() ? tokens.get(next) : "";
  }

  private IllegalArgumentException unexpected() {
    String what = peek().isEmpty() ? "its end" : "'" + peek() + "'";
    return new IllegalArgumentException("'" + text + "' is no expression: unexpected " + what);
  }

  /** What may be called. */
  private static final class Functions {
    static ToDoubleFunction<Expression.Scope> named(
        String name, List<ToDoubleFunction<Expression.Scope>> given) {
      int wanted =
          switch (name) {
            case "min", "max" -> 2;
            case "if" -> 3;
            case "uniform", "exponential", "normal" -> 0;
            default -> 1;
          };
      if (!FUNCTIONS.contains(name) || given.size() != wanted) {
        throw new IllegalArgumentException(
            FUNCTIONS.contains(name)
                ? name + " takes " + wanted + " arguments, not " + given.size()
                : "no function '" + name + "'; allowed: " + new TreeSet<>(FUNCTIONS));
      }
      return s -> call(name, given, s);
    }

    private static double call(
        String name, List<ToDoubleFunction<Expression.Scope>> given, Expression.Scope s) {
      return switch (name) {
        case "min" -> Math.min(given.get(0).applyAsDouble(s), given.get(1).applyAsDouble(s));
        case "max" -> Math.max(given.get(0).applyAsDouble(s), given.get(1).applyAsDouble(s));
        case "abs" -> Math.abs(given.get(0).applyAsDouble(s));
        case "floor" -> Math.floor(given.get(0).applyAsDouble(s));
        case "sqrt" -> Math.sqrt(given.get(0).applyAsDouble(s));
        case "if" -> given.get(given.get(0).applyAsDouble(s) != 0 ? 1 : 2).applyAsDouble(s);
        case "uniform" -> s.random().nextDouble();
        case "exponential" -> s.exponential();
        default -> s.random().nextGaussian();
      };
    }
  }
}
