package dev.coeval.sync.ntp.server;

import java.net.InetAddress;

/**
 * Who asks: the address, without the port, as bits and as a secret hash. A place to write into, one
 * a thread, so that a request needs no object.
 */
final class ClientKey {
  private final AddressHash addressHash;
  private long high;
  private long low;
  private long hash;

  ClientKey(AddressHash addressHash) {
    this.addressHash = addressHash;
  }

  ClientKey set(InetAddress address) {
    byte[] bytes = address.getAddress();
    high = AddressBits.high(bytes);
    low = AddressBits.low(bytes);
    hash = addressHash.of(high, low);
    return this;
  }

  long high() {
    return high;
  }

  long low() {
    return low;
  }

  long hash() {
    return hash;
  }
}
