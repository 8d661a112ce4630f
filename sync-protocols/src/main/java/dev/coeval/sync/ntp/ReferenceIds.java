package dev.coeval.sync.ntp;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The reference identifier of an address (RFC 5905 section 7.3). */
final class ReferenceIds {

  /** What a node says that leads a group of orphans: 127.0.0.1. */
  static final int ORPHAN = 0x7F000001;

  private static final int IPV4_LENGTH = 4;

  private ReferenceIds() {}

  /** An IPv4 address is its own; of an IPv6 address, the first four bytes of its MD5 digest. */
  static int of(InetAddress address) {
    byte[] bytes = address.getAddress();
    return ByteBuffer.wrap(bytes.length == IPV4_LENGTH ? bytes : md5(bytes)).getInt();
  }

  private static byte[] md5(byte[] bytes) {
    try {
      return MessageDigest.getInstance("MD5").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has MD5", e);
    }
  }
}
