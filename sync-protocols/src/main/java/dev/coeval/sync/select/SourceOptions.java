package dev.coeval.sync.select;

/**
 * What the owner of a clock says about one of its sources, beside asking it.
 *
 * <p>The words and their meaning are those of chrony's configuration.
 *
 * @param prefer if it is selected, the time is taken from it and from others that are preferred,
 *     and from no other source
 * @param trust what sources of trust agree on holds against any number of others: those that share
 *     no time with them are falsetickers. Unlike chrony's, an ensemble with trusted sources of
 *     which none answers believes nobody else: what the others say first could rule out what is
 *     true
 * @param require unless at least one source of those that are required is selected, nothing is
 * @param noselect it is measured and reported, never selected; it has no vote either
 */
public record SourceOptions(boolean prefer, boolean trust, boolean require, boolean noselect) {

  /** A source like any other. */
  public static final SourceOptions NONE = new SourceOptions(false, false, false, false);

  /**
   * The time is taken from this source while it is selected.
   *
   * @return a copy
   */
  public SourceOptions preferred() {
    return new SourceOptions(true, trust, require, noselect);
  }

  /**
   * This source outvotes those that are not trusted.
   *
   * @return a copy
   */
  public SourceOptions trusted() {
    return new SourceOptions(prefer, true, require, noselect);
  }

  /**
   * Without this source, or another that is required, there is no time.
   *
   * @return a copy
   */
  public SourceOptions required() {
    return new SourceOptions(prefer, trust, true, noselect);
  }

  /**
   * This source is only looked at.
   *
   * @return a copy
   */
  public SourceOptions unselected() {
    return new SourceOptions(prefer, trust, require, true);
  }
}
