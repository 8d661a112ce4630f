/**
 * What all binary forms of stamps are made of. Not exported: the codecs of the families are the
 * public side.
 *
 * <p>A form begins with one header byte, the kind of stamp in its upper five bits and the version
 * of the format in its lower three. Numbers that must sort as bytes are fixed and big-endian; all
 * others are varints of seven bits a byte, least significant group first, in their shortest form.
 * Names are their UTF-8 bytes after a varint length. Every value has exactly one form, so equal
 * stamps are equal bytes, and bytes that are accepted are the bytes that encoding gives again.
 *
 * <p>Reading never trusts a count: what is allocated is bounded by the bytes that are there.
 */
@NullMarked
package dev.coeval.logical.bytes;

import org.jspecify.annotations.NullMarked;
